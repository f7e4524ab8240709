"""Addresses of the survey. Two of them are public: the questions, which are opened with a link of one's own and
know nobody, and the thanks. What came out is the same for everybody at school.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from schools.models import SurveyWave
from tests.scene import Scene
from tests.walk_row import SCHOOL, STAFF, page, public, verb

NOT_COORDINATOR = " ".join(role for role in STAFF.split() if role != "coordinator")

SURE = {"sure": "1"}


def far_ahead(scene: Scene) -> dict[str, Any]:
    first = timezone.localdate(scene.at) + dt.timedelta(days=300)
    return {"kind": "later", "opens": str(first), "closes": str(first + dt.timedelta(days=9))}


def open_for_days(scene: Scene) -> None:
    """Long enough for a reminder."""
    before = timezone.localdate(scene.at) - dt.timedelta(days=5)
    SurveyWave.objects.filter(pk=scene.open_wave.pk).update(opens=before)


SURVEY = [
    page("survey_results", "survey", STAFF, "board", of="school"),
    page("survey_csv", "survey", STAFF, "board", of="school"),
    page("plan_survey", "survey", "coordinator", SCHOOL, of="school", post=far_ahead),
    page(
        "remind_survey",
        "survey",
        "coordinator",
        NOT_COORDINATOR,
        of="open_wave",
        post=SURE,
        before=open_for_days,
    ),
    page("close_survey", "survey", "coordinator", NOT_COORDINATOR, of="open_wave", post=SURE),
    verb("drop_survey", "survey", "coordinator", NOT_COORDINATOR, of="planned_wave"),
    verb("my_survey", "survey", STAFF, of="open_wave", silent=True),
    page("board_surveys", "survey", "board"),
    page("board_surveys_csv", "survey", "board"),
    public("answer_survey", "survey", parts={"token": "survey_token"}, post={"pride.strengths": "4"}),
    public("survey_thanks", "survey"),
]
