"""Addresses around the school year: calendar and plan, hours, calendar mail, staff lists."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from popgroups.models import Meeting
from popgroups.planner import YearPlan
from popgroups.planner_forms import mark_of
from schools.feeds import make_feed
from schools.models import Fte, OutgoingMail, SchoolYear, TaskCode
from schools.staff_lists import judge
from tests.scene import Scene
from tests.walk_row import EVERYBODY, MANAGERS, MEMBERS, SCHOOL, STAFF, page, public, verb


def begun(scene: Scene) -> None:
    Meeting.objects.filter(pk=scene.later.pk).update(starts_at=scene.at - dt.timedelta(hours=1))


def seen_plan(scene: Scene) -> dict[str, Any]:
    year = SchoolYear(starts=SchoolYear.start_of(scene.at.date()))
    plan = YearPlan(scene.school, year, scene.at)
    groups = {row.group.pk for row in plan.waiting}
    return {"seen": plan.concepts_seen, "groups": list(groups), "shown": mark_of(groups)}


PLANNING = [
    page("school_calendar", "dates", STAFF, "board", of="school"),
    page(
        "add_closed_days",
        "dates",
        "coordinator",
        SCHOOL,
        of="school",
        post={"name": "Studiedag", "kind": "study", "first_day": "2027-01-12"},
    ),
    page("change_closed_days", "dates", "coordinator", SCHOOL, of="days"),
    verb("remove_closed_days", "dates", "coordinator", SCHOOL, of="days"),
    page(
        "instead_of_holiday",
        "dates",
        "coordinator",
        SCHOOL,
        of="school",
        parts={"holiday": "holiday"},
        post={"choice": "open"},
    ),
    page(
        "lesson_hours",
        "dates",
        "coordinator",
        SCHOOL,
        of="school",
        post={"starts_1": "08:30", "ends_1": "14:15"},
    ),
    page("work_days", "people", MANAGERS, STAFF, of="membership", post={"days": ["1", "2"]}),
    page("planner", "dates", "coordinator", SCHOOL, of="school"),
    page("plan_series", "dates", "coordinator", SCHOOL, of="school"),
    page("publish_plan", "dates", "coordinator", SCHOOL, of="school", post=seen_plan),
    page("meeting", "dates", "coordinator", of="concept"),
    page("change_meeting", "dates", "coordinator", of="concept"),
    page(
        "hold_meeting", "attendance", f"{MEMBERS} coordinator", "director", of="later", post={}, before=begun
    ),
    verb("drop_meeting", "dates", "coordinator", of="concept"),
]
NOT_TOM = "facilitator presenter late gone asked elsewhere director consultant guest was_guest"
VISIT = {"activity": "visit", "day": str(timezone.localdate()), "minutes": "0,75"}
TERMS = {"minutes": "15", "task_code": "INT", "preparation": "15", "facilitator_extra": "0"}
LESS = {"minutes": "0,5", "reason": "Eerder weg."}
HOURS = [
    page("my_hours", "attendance", EVERYBODY),
    page("person_hours", "attendance", "coordinator participant", NOT_TOM, of="membership"),
    page("book_hours", "attendance", "coordinator participant", NOT_TOM, of="membership", post=VISIT),
    page("correct_hours", "attendance", "coordinator participant", of="line", post=LESS),
    verb("undo_hours", "attendance", "participant", "coordinator", of="visit"),
    page("school_hours", "attendance", MANAGERS, SCHOOL, of="school"),
    page("school_hours_csv", "attendance", "coordinator", SCHOOL, of="school"),
    page("school_hours_xlsx", "attendance", "coordinator", SCHOOL, of="school"),
    page("allotment", "attendance", "coordinator", SCHOOL, of="school", post=TERMS),
]


def has_feed(scene: Scene) -> None:
    """Somebody follows their meetings in a calendar of their own."""
    scene.extra["feed_token"] = make_feed(scene.cast.noor, scene.at)


def has_stuck_mail(scene: Scene) -> None:
    scene.extra["stuck"] = OutgoingMail.objects.create(
        to="vol@example.org",
        subject="Uitnodiging",
        body="Kom je?",
        message_id="<vast@example.org>",
        school=scene.school,
        made_at=scene.at - dt.timedelta(days=1),
        tries=4,
    )


CALENDAR_MAIL = [
    page("my_calendar", "account", EVERYBODY),
    verb("make_my_feed", "account", EVERYBODY),
    verb("stop_my_feed", "account", EVERYBODY, before=has_feed),
    page(
        "my_reminders",
        "account",
        EVERYBODY,
        post={"meeting": "on", "bundled": "False"},
    ),
    public("calendar_feed", "dates", parts={"token": "feed_token"}, before=has_feed),
    page("stuck_mail", "people", "coordinator", SCHOOL, of="school", before=has_stuck_mail),
    verb("retry_mail", "people", "coordinator", of="stuck", before=has_stuck_mail),
]


def previewed(scene: Scene) -> dict[str, Any]:
    """What the preview of the waiting staff list posts."""
    day = scene.at.date()
    seen = judge(scene.staff_list, timezone.localdate()).fingerprint
    return {"seen": seen, "lines": [2], "fte_from": str(day), "last_day": str(day)}


STAFF_LISTS = [
    page(
        "staff_lists",
        "people",
        MANAGERS,
        SCHOOL,
        of="school",
        post=lambda s: {"file": SimpleUploadedFile("personeel.csv", b"Naam;E-mail\nSam;sam@example.org")},
    ),
    page("staff_columns", "people", MANAGERS, of="staff_list", post={"name": 0, "email": 1, "function": ""}),
    page("staff_list", "people", MANAGERS, of="staff_list"),
    page("staff_list", "people", MANAGERS, of="done_list"),
    verb("carry_out_list", "people", MANAGERS, of="staff_list", post=previewed),
    verb("undo_list", "people", MANAGERS, of="done_list"),
    verb("discard_list", "people", MANAGERS, of="staff_list"),
]


def has_code(scene: Scene) -> None:
    """A task code that no meeting is booked on."""
    scene.extra["code"] = TaskCode.objects.create(school=scene.school, code="SCHOLING")


CODE = {"code": "KIJK", "name": "Bij elkaar kijken", "activities": ["visit"]}
TASK_CODES = [
    page("task_codes", "attendance", "coordinator", SCHOOL, of="school", post=CODE),
    page("change_task_code", "attendance", "coordinator", SCHOOL, of="code", post=CODE, before=has_code),
    verb("remove_task_code", "attendance", "coordinator", SCHOOL, of="code", before=has_code),
]


def has_fte(scene: Scene) -> None:
    row = Fte(membership=scene.membership, valid_from=scene.at.date(), value=Decimal("0.6"))
    row.save()
    scene.extra["fte"] = row


RESTORE = [verb("restore_closed_days", "dates", "coordinator", SCHOOL, of="school", silent=True)]
FTES = [
    page(
        "change_fte",
        "people",
        MANAGERS,
        STAFF,
        of="fte",
        post={"value": "0,5", "valid_from": "2026-09-01"},
        before=has_fte,
    ),
    verb("remove_fte", "people", MANAGERS, STAFF, of="fte", before=has_fte),
]
PUT_BACK = [verb("put_back_meeting", "dates", "coordinator", SCHOOL, of="school", silent=True)]
YEAR = [*PLANNING, *HOURS, *CALENDAR_MAIL, *STAFF_LISTS, *TASK_CODES, *FTES, *RESTORE, *PUT_BACK]
