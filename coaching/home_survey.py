"""Home: a survey that runs. Everybody who is asked reads the same, until it closes: nobody knows who answered."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.lib.markup import day
from schools.models import SurveyWave
from schools.surveys import ASKED, NOT_ASKED

from .home_next import Next
from .today import Today


def running_survey(today: Today) -> SurveyWave | None:
    not_asked = {school.pk for school in today.user.schools_as(*NOT_ASKED)}
    schools = [school for school in today.user.schools_as(*ASKED) if school.pk not in not_asked]
    if not schools:
        return None
    running = SurveyWave.objects.running(today.day).filter(school__in=schools)
    return running.select_related("school").order_by("closes", "pk").first()


def survey_to_answer(today: Today) -> Next | None:
    wave = running_survey(today)
    if wave is None:
        return None
    return Next(
        label=_("Three minutes"),
        title=_("Short survey of %(school)s") % {"school": wave.school.name},
        text=_("Open until %(day)s, and anonymous. Answered already? The site does not know, so this stays.")
        % {"day": day(wave.closes)},
        url=reverse("survey_results", args=[wave.school_id]) + "#nu",
        action=_("To the survey"),
        quiet=True,
    )
