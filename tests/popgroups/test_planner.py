"""The year plan: a series from preview to concept to published, warnings, moving, and its cost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from popgroups.clashes import Agenda
from popgroups.models import GroupMember, LookBack, Meeting, MeetingState, PopGroup
from popgroups.planner import publish
from portfolio.models import ActionPlan
from schools.models import (
    Allotment,
    ClosedDays,
    Consent,
    Fte,
    HourLine,
    Membership,
    OutgoingMail,
    SchoolYear,
)
from tests.people import Cast, consent, make_group, make_meeting, make_person
from tests.popgroups.conftest import Enter, statements
from tests.popgroups.year import filled, keep, seen_on, shown, tuesday

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("start_of_year")]


# -- a series ----------------------------------------------------------------------------------------------


def test_a_preview_keeps_nothing(cast: Cast, karin: Client) -> None:
    _print, keys = shown(karin, cast, filled(cast))
    assert len(keys) == 7 and all(key.startswith(f"{cast.group.pk}:") for key in keys)
    assert not Meeting.objects.exists()


def test_a_series_is_kept_as_concept(cast: Cast, karin: Client, enter: Enter) -> None:
    text = keep(karin, cast, filled(cast)).content.decode()
    assert "7 meetings stand ready" in text and "7 meetings are not published yet" in text
    assert set(Meeting.objects.values_list("state", "minutes", "place")) == {("concept", 90, "lokaal 9")}
    assert {timezone.localtime(m.starts_at).strftime("%H:%M") for m in Meeting.objects.all()} == {"15:30"}
    assert not HourLine.objects.exists()
    seen = enter(cast.noor).get(reverse("group", args=[cast.group.pk])).content.decode()
    assert "lokaal 9" not in seen


def test_a_double_save_keeps_one_series(cast: Cast, karin: Client) -> None:
    form = filled(cast)
    keep(karin, cast, form)
    keep(karin, cast, form)
    assert Meeting.objects.count() == 7


def test_an_unticked_date_is_left_out(cast: Cast, karin: Client) -> None:
    form = filled(cast)
    print_, keys = shown(karin, cast, form)
    sent = {**form, "shown": print_, "save": "1", "keep": keys[1:]}
    karin.post(reverse("plan_series", args=[cast.zandplaat.pk]), sent)
    assert {f"{cast.group.pk}:{m.day}" for m in Meeting.objects.all()} == set(keys[1:])


def test_no_tick_at_all_is_said(cast: Cast, karin: Client) -> None:
    form = filled(cast)
    print_, _keys = shown(karin, cast, form)
    sent = {**form, "shown": print_, "save": "1"}
    reply = karin.post(reverse("plan_series", args=[cast.zandplaat.pk]), sent, follow=True)
    assert "No date was ticked" in reply.content.decode()
    assert not Meeting.objects.exists()


def test_other_dates_than_shown_are_shown_first(cast: Cast, karin: Client) -> None:
    """A study day was added while the preview stood on the screen; a made-up date is no way in."""
    form = filled(cast)
    print_, keys = shown(karin, cast, form)
    day = dt.date.fromisoformat(keys[0].split(":")[1])
    ClosedDays.objects.create(school=cast.zandplaat, name="Studiedag", first_day=day, last_day=day)
    sent = {**form, "shown": print_, "save": "1", "keep": [*keys, f"{cast.group.pk}:2026-12-25"]}
    text = karin.post(reverse("plan_series", args=[cast.zandplaat.pk]), sent).content.decode()
    assert "other dates than you saw before" in text
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"groups": []}, "Choose at least one group."),
        ({"groups": [999_999]}, "not one of the available choices"),
        ({"groups": ["x"]}, "is not a valid value"),
        ({"times": 0}, "greater than or equal to 1"),
        ({"times": 41}, "less than or equal to 40"),
        ({"times": "9" * 40}, "less than or equal to 40"),
        ({"times": ""}, "Fill in a number."),
        ({"rhythm": "weeks"}, "Fill in a number."),
        ({"rhythm": "weeks", "weeks": 27}, "less than or equal to 26"),
        ({"rhythm": "weeks", "weeks": 0}, "greater than or equal to 1"),
        ({"rhythm": "soms"}, "Select a valid choice."),
        ({"weekday": "7"}, "Select a valid choice."),
        ({"start": "25:00"}, "Enter a valid time."),
        ({"minutes": 0}, "greater than or equal to 5"),
        ({"first": "2027-07-10"}, "The last day comes before the first."),
        ({"first": "2025-07-10"}, "Choose a day in school year 2026–2027."),
        ({"last": "0001-01-01"}, "Choose a day in school year 2026–2027."),
        ({"place": "a\x00b"}, "Null characters are not allowed."),
        ({"place": "x" * 1_000_000}, "at most 120 characters"),
        ({"kind": "feest"}, "Select a valid choice."),
    ],
)
def test_bad_input_is_said(cast: Cast, karin: Client, changed: dict[str, Any], message: str) -> None:
    text = karin.post(
        reverse("plan_series", args=[cast.zandplaat.pk]), filled(cast, **changed)
    ).content.decode()
    assert message in text
    assert 'name="keep"' not in text


def test_a_group_of_another_school_is_no_choice(cast: Cast, karin: Client) -> None:
    other = make_group(cast.duin, "Elders", [cast.noor])
    text = karin.post(
        reverse("plan_series", args=[cast.zandplaat.pk]), filled(cast, groups=[other.pk])
    ).content.decode()
    assert "not one of the available choices" in text


def test_dates_of_one_series_warn_of_each_other(cast: Cast, karin: Client) -> None:
    other = make_group(cast.zandplaat, "Onderbouw", [cast.noor, cast.ilse])
    form = filled(cast, groups=[cast.group.pk, other.pk])
    text = karin.post(reverse("plan_series", args=[cast.zandplaat.pk]), form).content.decode()
    assert text.count("lokaal 9 is taken then.") == 14
    assert "Noor: Onderbouw then." in text and "Noor: Bovenbouw then." in text


# -- publishing --------------------------------------------------------------------------------------------


def test_publishing_shows_first_and_then_does(cast: Cast, karin: Client) -> None:
    keep(karin, cast, filled(cast))
    plan = ActionPlan.objects.create(owner=cast.tom, intention="Ik begin rustig.")
    waiting = LookBack.objects.create(group=cast.group, action_plan=plan)
    page = reverse("publish_plan", args=[cast.zandplaat.pk])
    assert "Publish" in karin.get(page).content.decode()
    assert Meeting.objects.filter(state="concept").count() == 7
    text = karin.post(page, seen_on(karin, page), follow=True).content.decode()
    assert "7 meetings are published." in text
    assert set(Meeting.objects.values_list("state", "sequence")) == {("planned", 0)}
    assert HourLine.objects.filter(kind="planned").count() == 7 * len(cast.members)
    waiting.refresh_from_db()
    assert waiting.meeting == Meeting.objects.order_by("starts_at").first()


def test_before_publishing_it_says_who_gets_what_and_what_it_takes(cast: Cast, karin: Client) -> None:
    """Tom works 0.4: of 15 hours he has 6, and seven meetings of 90 minutes take 10.5."""
    year = SchoolYear.of(timezone.localdate())
    Allotment.objects.create(school=cast.zandplaat, year=year, minutes=15 * 60)
    Fte.objects.create(
        membership=Membership.objects.get(person=cast.tom), valid_from=year.first_day, value="0.4"
    )
    keep(karin, cast, filled(cast))
    page = reverse("publish_plan", args=[cast.zandplaat.pk])
    text = " ".join(karin.get(page).content.decode().split())
    for words in ("5 colleagues get 35 mails", "10.5 hours more: 10.5 of 15 hours", "4.5 hours too many"):
        assert words in text
    assert "1 colleague goes over the hours set apart" in text
    Consent.objects.all().delete()
    text = karin.get(page).content.decode()
    assert "once the PMR has agreed" in text and "hours more" not in text


def test_the_hours_of_another_school_are_not_shown(cast: Cast, karin: Client) -> None:
    """Anna of Het Duin sits in a group of De Zandplaat; what she has left is her own school's to know."""
    anna = make_person("Anna Duinman", cast.duin)
    consent(cast.duin)
    GroupMember.objects.create(
        group=cast.group, membership=anna.memberships.get(), joined_on=dt.date(2026, 8, 1)
    )
    keep(karin, cast, filled(cast))
    text = " ".join(karin.get(reverse("publish_plan", args=[cast.zandplaat.pk])).content.decode().split())
    anna_part = text.split("Anna Duinman")[1].split("</li>")[0]
    assert "7 mails" in anna_part and "hours" not in anna_part
    assert "hours more" in text.split("Tom Veenstra")[1].split("</li>")[0]


def test_what_is_told_costs_the_same_for_more_people(cast: Cast, karin: Client) -> None:
    keep(karin, cast, filled(cast))
    page = reverse("publish_plan", args=[cast.zandplaat.pk])
    statements(karin, page)
    few = statements(karin, page)
    make_group(cast.zandplaat, "Onderbouw", [cast.ilse, cast.karin])
    keep(karin, cast, filled(cast, groups=list(PopGroup.objects.values_list("pk", flat=True)), weekday="4"))
    assert statements(karin, page) == few <= 21


def test_publishing_nothing_says_so(cast: Cast, karin: Client) -> None:
    text = karin.get(reverse("publish_plan", args=[cast.zandplaat.pk])).content.decode()
    assert "Everything has been published" in text


def test_two_coordinators_publish_at_once(cast: Cast, karin: Client) -> None:
    """The second publishes what is left, and nobody is told twice."""
    keep(karin, cast, filled(cast))
    first, second = list(Meeting.objects.order_by("pk")[:3]), list(Meeting.objects.all())
    assert publish(first, timezone.now()) == 3
    assert publish(second, timezone.now()) == 4
    assert HourLine.objects.filter(kind="planned").count() == 7 * len(cast.members)
    assert OutgoingMail.objects.exclude(calendar="").count() == 7 * len(cast.members)


@pytest.mark.parametrize("change", ["added", "moved", "dropped"])
def test_what_was_not_seen_is_not_published(cast: Cast, karin: Client, change: str) -> None:
    keep(karin, cast, filled(cast))
    page = reverse("publish_plan", args=[cast.zandplaat.pk])
    seen = seen_on(karin, page)
    meeting = Meeting.objects.earliest("starts_at")
    if change == "added":
        Meeting(group=cast.group, starts_at=tuesday(), minutes=60).propose()
    elif change == "moved":
        meeting.change(timezone.now(), place="aula")
    else:
        meeting.drop()
    text = karin.post(page, seen, follow=True).content.decode()
    assert "The plan changed meanwhile." in text
    assert not Meeting.objects.exclude(state="concept").exists()
    assert not OutgoingMail.objects.exclude(calendar="").exists()


def test_a_concept_is_moved_without_a_new_number_and_dropped_without_a_trace(
    cast: Cast, karin: Client
) -> None:
    meeting = Meeting(group=cast.group, starts_at=timezone.now() + dt.timedelta(days=14), minutes=60)
    meeting.propose()
    meeting.change(timezone.now(), minutes=75)
    assert Meeting.objects.get().sequence == 0 and not HourLine.objects.exists()
    karin.post(reverse("drop_meeting", args=[meeting.pk]))
    assert not Meeting.objects.exists()


def test_restoring_is_no_way_to_publish(cast: Cast, karin: Client) -> None:
    meeting = Meeting(group=cast.group, starts_at=timezone.now() + dt.timedelta(days=14), minutes=60)
    meeting.propose()
    karin.post(reverse("restore_meeting", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert meeting.is_concept


def test_what_is_published_is_not_dropped(cast: Cast, karin: Client) -> None:
    meeting = make_meeting(cast.group)
    text = karin.post(reverse("drop_meeting", args=[meeting.pk]), follow=True).content.decode()
    assert "You can cancel it." in text and Meeting.objects.exists()


def test_calendars_follow_what_moves_and_nothing_else(cast: Cast) -> None:
    meeting = make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=14))
    uid = meeting.uid
    meeting.change(timezone.now(), about_change="een nieuwe methode")
    assert meeting.sequence == 0
    meeting.change(timezone.now(), kind="training")
    assert meeting.sequence == 1, "its kind stands in the summary"
    meeting.change(timezone.now(), starts_at=meeting.starts_at + dt.timedelta(days=1))
    meeting.cancel(timezone.now())
    meeting.restore(timezone.now())
    meeting.change(timezone.now(), place="aula")
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.uid) == (5, uid)


# -- the page ----------------------------------------------------------------------------------------------


def test_the_page_says_all_in_words(cast: Cast, karin: Client) -> None:
    make_meeting(cast.group, starts_at=tuesday()).call_off(cast.tom, timezone.now())
    text = karin.get(reverse("planner", args=[cast.zandplaat.pk])).content.decode()
    for words in ("Year plan 2026–2027", cast.group.name, "1 can't come", "Tuesday 15 September"):
        assert words in text


def test_an_empty_year_says_what_to_do(cast: Cast, karin: Client) -> None:
    text = karin.get(reverse("planner", args=[cast.zandplaat.pk]), {"year": 2027}).content.decode()
    assert "No groups in this school year yet" in text


@pytest.mark.parametrize("year", ["", "x", "1900", "9" * 30])
def test_a_strange_year_is_this_year(cast: Cast, karin: Client, year: str) -> None:
    reply = karin.get(reverse("planner", args=[cast.zandplaat.pk]), {"year": year})
    assert "Year plan 2026–2027" in reply.content.decode()


def counted(client: Client, cast: Cast) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse("planner", args=[cast.zandplaat.pk])).status_code == 200
    return len(caught)


def test_fifty_groups_and_forty_weeks_ask_the_database_no_more_than_one(cast: Cast, karin: Client) -> None:
    make_meeting(cast.group, starts_at=tuesday())
    counted(karin, cast)  # the first visit also notes that the log-in is in use
    few = counted(karin, cast)
    people = [make_person(f"Persoon {n}", cast.zandplaat) for n in range(12)]
    for number in range(49):
        group = make_group(cast.zandplaat, f"Groep {number}", people[number % 4 : number % 4 + 6])
        Meeting.objects.bulk_create(
            Meeting(group=group, starts_at=tuesday() + dt.timedelta(weeks=week), place="aula")
            for week in range(40)
        )
    assert Meeting.objects.count() == 1 + 49 * 40
    assert counted(karin, cast) == few <= 21


def test_a_member_who_left_can_be_anywhere(cast: Cast) -> None:
    GroupMember.objects.filter(membership__person=cast.esra).update(left_on=dt.date(2026, 9, 1))
    Membership.objects.filter(person=cast.esra).update(work_days="")
    meeting = make_meeting(cast.group, starts_at=tuesday())
    agenda = Agenda(cast.zandplaat, dt.date(2026, 9, 1), dt.date(2026, 10, 1), whole=True)
    assert agenda.cannot(meeting) == []


def test_a_session_waits_until_its_meeting_is_published(cast: Cast, enter: Enter) -> None:
    Meeting(group=cast.group, starts_at=timezone.now(), minutes=60).propose()
    meeting = Meeting.objects.get(state=MeetingState.CONCEPT)
    assert enter(cast.noor).get(reverse("open_session", args=[meeting.pk])).status_code == 404
