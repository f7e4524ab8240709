"""Reminders: of what, to whom, how they come, and never the same one twice."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from coaching.intervision.models import Case
from coaching.intervision.roles import turns_in
from coaching.reminders import remind
from popgroups.models import GroupMember, Meeting, MeetingKind
from popgroups.notices import places_in, tell
from portfolio.models import ActionPlan
from schools.models import OutgoingMail, Reminder, ReminderChoice, Role, User
from tests.people import Cast, make_group, make_meeting, make_membership, make_session
from tests.popgroups.conftest import Enter, enter  # noqa: F401

MORNING = dt.datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Europe/Amsterdam"))
DAY = dt.timedelta(days=1)
SOON = "Binnenkort: Intervisie · Bovenbouw"
ALL = {"noor", "samir", "tom", "lieke", "esra"}


@pytest.fixture(autouse=True)
def a_monday_in_november() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


def meeting_in(cast: Cast, days: int, **values: Any) -> Meeting:
    starts_at = timezone.make_aware(dt.datetime.combine(MORNING.date() + days * DAY, dt.time(15, 30)))
    meeting = make_meeting(cast.group, starts_at=starts_at)
    Meeting.objects.filter(pk=meeting.pk).update(**values)
    meeting.refresh_from_db()
    return meeting


def plan_of(person: User, days: int, **values: Any) -> ActionPlan:
    due = MORNING.date() + days * DAY
    return ActionPlan.objects.create(owner=person, intention="GEHEIM", due=due, **values)


def choose(person: User, **values: Any) -> None:
    ReminderChoice.objects.create(person=person, **values)


def mails(at: dt.datetime = MORNING) -> dict[str, list[OutgoingMail]]:
    """What one run writes, by person."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    count = remind(at)
    found: dict[str, list[OutgoingMail]] = {}
    for mail in OutgoingMail.objects.exclude(pk__in=before).order_by("pk"):
        found.setdefault(mail.to.split(".")[0], []).append(mail)
    assert count == sum(map(len, found.values()))
    return found


# --- a meeting in two days ---


@pytest.mark.parametrize(("days", "told"), [(0, False), (1, True), (2, True)])
def test_a_meeting_within_two_days(cast: Cast, days: int, told: bool) -> None:
    meeting = meeting_in(cast, days)
    found = mails()
    assert set(found) == (ALL if told else set())
    for (mail,) in found.values():
        assert mail.subject == SOON and mail.school == cast.zandplaat
        assert "15.30–16.30" in mail.body and "lokaal 12" in mail.body
        assert f"http://localhost:8000{reverse('meeting', args=[meeting.pk])}" in mail.body


def test_nobody_is_reminded_of_the_same_twice(cast: Cast) -> None:
    meeting = meeting_in(cast, 2)
    assert set(mails()) == ALL
    assert mails() == {} and mails(MORNING + dt.timedelta(hours=3)) == {} and mails(MORNING + DAY) == {}
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=meeting.starts_at + DAY)
    assert set(mails(MORNING + DAY)) == ALL, "another day is another reminder"


def test_who_sits_in_a_group_twice_is_reminded_once(cast: Cast) -> None:
    """Somebody who works at two schools of a board; everybody else's reminders leave as well."""
    stay = make_membership(cast.noor, cast.duin, Role.TEACHER)
    GroupMember.objects.create(group=cast.group, membership=stay, joined_on=MORNING.date() - DAY)
    meeting_in(cast, 2)
    found = mails()
    assert set(found) == ALL and [mail.subject for mail in found["noor"]] == [SOON]
    assert Reminder.objects.count() == 5


def test_a_reminder_noted_at_the_same_moment_stops_nobody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting_in(cast, 2)
    mails()
    Reminder.objects.filter(person=cast.tom).delete()
    OutgoingMail.objects.all().delete()
    monkeypatch.setattr("coaching.reminders.not_yet", list)
    assert remind(MORNING) == 5 and Reminder.objects.count() == 5


def test_who_called_off_left_or_came_later_is_left_alone(cast: Cast) -> None:
    meeting = meeting_in(cast, 2)
    meeting.call_off(cast.noor, MORNING)
    GroupMember.objects.filter(membership__person=cast.tom).update(left_on=meeting.day)
    User.objects.filter(pk=cast.esra.pk).update(is_active=False)
    assert set(mails()) == {"samir", "lieke"}


@pytest.mark.parametrize("state", ["concept", "cancelled", "held"])
def test_only_what_is_planned(cast: Cast, state: str) -> None:
    meeting_in(cast, 2, state=state)
    assert mails() == {}


def test_it_says_whose_turn_it_is_to_that_person_alone(cast: Cast) -> None:
    before = make_meeting(cast.group, starts_at=MORNING - 20 * DAY)
    session = make_session(before, [cast.noor, cast.samir, cast.tom], running=True)
    session.close(seen=session.position, by=cast.noor, at=MORNING - 20 * DAY)
    meeting = meeting_in(cast, 2)
    Case.objects.create(presenter=cast.lieke, meeting=meeting, situation="GEHEIM")
    found = {who: mail.body for who, (mail,) in mails().items()}
    turns = {
        "begeleiden": [who for who, body in found.items() if "begeleiden" in body],
        "tijd te bewaken": [who for who, body in found.items() if "tijd te bewaken" in body],
        "casus voorbereid": [who for who, body in found.items() if "casus voorbereid" in body],
    }
    assert turns == {
        "begeleiden": ["samir"],  # Noor guided last
        "tijd te bewaken": ["noor"],
        "casus voorbereid": ["lieke"],
    }
    assert not [body for body in found.values() if "GEHEIM" in body]


def test_the_turn_is_never_that_of_somebody_who_left(cast: Cast) -> None:
    GroupMember.objects.filter(membership__person=cast.noor).update(left_on=MORNING.date() - DAY)
    meeting_in(cast, 2)
    found = {who: mail.body for who, (mail,) in mails().items()}
    assert [who for who, body in found.items() if "begeleiden" in body] == ["samir"]
    assert [who for who, body in found.items() if "tijd te bewaken" in body] == ["tom"]


def test_a_training_has_no_turns(cast: Cast) -> None:
    meeting_in(cast, 2, kind=MeetingKind.TRAINING)
    assert not [mail for (mail,) in mails().values() if "begeleiden" in mail.body]


def test_turns_of_many_groups_take_two_statements(cast: Cast, django_assert_num_queries: Any) -> None:
    groups = {make_group(cast.zandplaat, f"Groep {n}", [cast.noor, cast.tom]).pk for n in range(3)}
    places = places_in(groups)
    with django_assert_num_queries(2):
        turns = turns_in(places)
    assert {group: turns[group, cast.noor.pk] for group in groups} == dict.fromkeys(groups, "facilitator")


# --- a case, a plan ---


@pytest.mark.parametrize(("days", "told"), [(2, False), (3, True), (7, True), (8, False)])
def test_a_case_can_be_prepared_a_week_ahead(cast: Cast, days: int, told: bool) -> None:
    meeting = meeting_in(cast, days)
    Case.objects.create(presenter=cast.lieke, meeting=meeting, situation="Het is druk.")
    found = {who: mail for who, (mail,) in mails().items() if "casus voor" in mail.subject}
    assert set(found) == (ALL - {"lieke"} if told else set())
    for mail in found.values():
        assert reverse("case", args=[meeting.pk]) in mail.body


@pytest.mark.parametrize(("days", "told"), [(-4, False), (-3, True), (0, True), (1, False)])
def test_a_plan_to_look_back_on(cast: Cast, days: int, told: bool) -> None:
    plan = plan_of(cast.noor, days)
    plan_of(cast.tom, days, state="done")
    found = mails()
    assert set(found) == ({"noor"} if told else set())
    for (mail,) in found.values():
        assert "GEHEIM" not in mail.body + mail.subject
        assert reverse("plan", args=[plan.pk]) in mail.body
    if told:
        assert mails(MORNING + DAY) == {}


# --- as one chose ---


def test_together_it_is_one_mail_a_day(cast: Cast) -> None:
    meeting_in(cast, 2)
    plan_of(cast.noor, 0)
    (mail,) = mails()["noor"]
    assert mail.subject == "2 herinneringen voor jou"
    assert "Intervisie · Bovenbouw" in mail.body and "Hoe ging het met je plan?" in mail.body
    plan_of(cast.noor, 0)
    assert mails(MORNING + dt.timedelta(hours=2)) == {}
    (later,) = mails(MORNING + DAY)["noor"]
    assert later.subject == "Hoe ging het met je plan?"


def test_each_at_once_is_a_mail_each(cast: Cast) -> None:
    choose(cast.noor, bundled=False)
    meeting_in(cast, 2)
    plan_of(cast.noor, 0)
    assert len(mails()["noor"]) == 2
    plan_of(cast.noor, 0)
    assert len(mails(MORNING + dt.timedelta(hours=2))["noor"]) == 1


@pytest.mark.parametrize("kind", ["meeting", "plan", "case"])
def test_what_one_does_not_want_does_not_come(cast: Cast, kind: str) -> None:
    meeting_in(cast, 2)
    meeting_in(cast, 6)
    plan_of(cast.noor, 0)
    choose(cast.noor, bundled=False, **{kind: False})
    mails()
    keys = {row.key.split(":")[0] for row in Reminder.objects.filter(person=cast.noor)}
    assert keys == {"meeting", "plan", "case"} - {kind}


@pytest.mark.parametrize(("hour", "awake"), [(6, False), (7, True), (19, True), (20, False)])
def test_nothing_leaves_at_night(cast: Cast, hour: int, awake: bool) -> None:
    meeting_in(cast, 2)
    assert bool(mails(MORNING.replace(hour=hour))) == awake


def test_in_the_readers_language(cast: Cast) -> None:
    User.objects.filter(pk=cast.tom.pk).update(language="en")
    meeting_in(cast, 2)
    assert mails()["tom"][0].subject == "Soon: Intervision · Bovenbouw"


def test_the_number_of_statements_does_not_grow(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for days in (1, 2, 5, 6, 7):
        meeting_in(cast, days)
    for _plan in range(4):
        plan_of(cast.noor, 0)
    with django_assert_max_num_queries(17):  # the last one asks for milestones
        assert remind(MORNING) == 5


def test_the_command_reminds_and_tells_what_nobody_told(cast: Cast) -> None:
    meeting = meeting_in(cast, 10)
    tell([meeting], MORNING)
    assert OutgoingMail.objects.count() == 5
    cast.tom.memberships.update(valid_until=MORNING.date())
    plan_of(cast.noor, 0)
    out = StringIO()
    call_command("remind", stdout=out)
    assert "1 mails about meetings, 1 reminders." in out.getvalue()
    assert OutgoingMail.objects.get(calendar_method="CANCEL").to == cast.tom.email
    call_command("remind", stdout=out)
    assert "0 mails about meetings, 0 reminders." in out.getvalue()


# --- choosing ---


def test_the_page_shows_what_is_on_and_keeps_the_choice(cast: Cast, enter: Enter) -> None:  # noqa: F811
    client, page = enter(cast.noor), reverse("my_reminders")
    assert client.get(page).content.decode().count("checked") == 4
    for _time in range(2):
        client.post(page, {"plan": "on", "bundled": "False"})
    kept = ReminderChoice.objects.get()
    assert (kept.person, kept.meeting, kept.plan, kept.case, kept.bundled) == (
        cast.noor,
        False,
        True,
        False,
        False,
    )
    assert client.get(page).content.decode().count("checked") == 2
    assert page in client.get(reverse("profile")).content.decode()


@pytest.mark.parametrize("bundled", ["", "misschien", "2"])
def test_a_choice_that_is_none_is_refused(cast: Cast, enter: Enter, bundled: str) -> None:  # noqa: F811
    assert enter(cast.noor).post(reverse("my_reminders"), {"bundled": bundled}).status_code == 200
    assert not ReminderChoice.objects.exists()
