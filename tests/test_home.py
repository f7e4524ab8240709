from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from coaching.home import Next, next_things
from coaching.today import Today
from popgroups.models import Agreement, Answer, GroupMember, LookBack, Meeting, MeetingKind, MeetingState
from portfolio.models import ActionPlan, PlanState
from portfolio.sharing import share
from schools.hours import record_hours
from schools.models import (
    Allotment,
    Consent,
    ConsentKind,
    Invitation,
    LineKind,
    Role,
    RoleHeld,
    SchoolYear,
    User,
)
from tests.people import (
    Cast,
    again,
    consent,
    make_group,
    make_meeting,
    make_membership,
    make_person,
    make_place,
    make_session,
    settle_in,
)

DAY = dt.timedelta(days=1)


def things(person: User) -> list[Next]:
    return next_things(Today(again(person), timezone.now()))


def home(client: Client, person: User) -> str:
    client.force_login(again(person))
    response = client.get(reverse("home"))
    assert response.status_code == 200
    return response.content.decode()


def agree_all(cast: Cast) -> None:
    """Every member accepts the agreement, so that it no longer asks for attention."""
    agreement = cast.group.agreements.get()
    for place in cast.group.members.all():
        agreement.accept(place, timezone.now())


def held(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)


def plan_of(person: User, **more: Any) -> ActionPlan:
    return ActionPlan.objects.create(owner=person, intention="Ik begin met een startblokje", **more)


def meeting_in(cast: Cast, ahead: dt.timedelta, **changes: Any) -> Meeting:
    meeting = make_meeting(cast.group, starts_at=timezone.now() + ahead)
    Meeting.objects.filter(pk=meeting.pk).update(**changes) if changes else None
    return meeting


# -- the greeting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "word"), [(8, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening")]
)
def test_the_greeting_follows_the_clock_on_the_wall(cast: Cast, hour: int, word: str) -> None:
    at = timezone.make_aware(dt.datetime(2026, 11, 24, hour, 30))
    with translation.override("en"):
        assert Today(cast.noor, at).greeting == f"Good {word} Noor"


# -- the next thing of a colleague, in order ---------------------------------------------------------------


def test_a_session_to_walk_into_comes_first(cast: Cast, client: Client) -> None:
    session = make_session(make_meeting(cast.group), cast.members, running=True)
    plan_of(cast.tom, due=timezone.localdate() - DAY)
    thing = things(cast.tom)[0]
    assert thing.url == reverse("session", args=[session.pk])
    assert "Bovenbouw" in thing.title and ": Noor" in thing.text and "lokaal 12" in thing.text
    assert thing.url in home(client, cast.tom)


def test_a_closed_or_forgotten_session_does_not_come_first(cast: Cast) -> None:
    agree_all(cast)
    forgotten = make_session(make_meeting(cast.group, starts_at=timezone.now() - 2 * DAY), cast.members)
    assert reverse("session", args=[forgotten.pk]) not in [thing.url for thing in things(cast.noor)]


@pytest.mark.parametrize(
    ("ahead", "kind", "first", "second"),
    [
        (dt.timedelta(minutes=25), MeetingKind.INTERVISION, "open_session", "case"),
        (6 * DAY, MeetingKind.INTERVISION, "case", "meeting"),
        (6 * DAY, MeetingKind.TRAINING, "meeting", ""),
    ],
)
def test_a_meeting_within_two_weeks_asks_to_prepare_or_to_come(
    cast: Cast, ahead: dt.timedelta, kind: str, first: str, second: str
) -> None:
    meeting = meeting_in(cast, ahead, kind=kind)
    thing = things(cast.noor)[0]
    assert thing.url == reverse(first, args=[meeting.pk])
    assert thing.also_url == (reverse(second, args=[meeting.pk]) if second else "")


def test_a_meeting_called_off_or_cancelled_asks_nothing(cast: Cast) -> None:
    agree_all(cast)
    for person in (cast.noor, cast.tom):
        settle_in(person)
    meeting = meeting_in(cast, 6 * DAY)
    place = cast.group.members.get(membership__person=cast.noor)
    Answer.objects.create(meeting=meeting, member=place, comes=False)
    assert things(cast.noor)[0].url == reverse("my_groups")
    assert things(cast.tom)[0].url == reverse("case", args=[meeting.pk])
    meeting.cancel(timezone.now())
    assert things(cast.tom)[0].url == reverse("my_groups")


def test_then_the_agreement_in_its_newest_version(cast: Cast) -> None:
    meeting_in(cast, 20 * DAY)
    agreement_url = reverse("group", args=[cast.group.pk]) + "#agreement"
    assert things(cast.noor)[0].url == agreement_url
    agree_all(cast)
    assert things(cast.noor)[0].url != agreement_url
    Agreement.objects.create(group=cast.group, version=2, text="Nieuw")
    assert things(cast.noor)[0].url == agreement_url


def test_then_a_newcomer_until_welcomed(cast: Cast) -> None:
    agree_all(cast)
    newcomer = GroupMember.objects.create(group=cast.group, membership=cast.ilse.memberships.get())
    assert "Ilse Bakker" in things(cast.noor)[0].title
    newcomer.welcome(cast.noor, timezone.now())
    assert "Ilse Bakker" not in things(cast.noor)[0].title
    assert "Ilse Bakker" in things(cast.tom)[0].title


@pytest.mark.parametrize(("due", "asks"), [(-1, True), (0, True), (1, False), (None, False)])
def test_then_a_plan_to_look_back_on(cast: Cast, due: int | None, asks: bool) -> None:
    agree_all(cast)
    plan = plan_of(cast.noor, due=None if due is None else timezone.localdate() + due * DAY)
    plan_of(cast.noor, due=timezone.localdate() - DAY, state=PlanState.DONE)
    plan_of(cast.tom, due=timezone.localdate() - DAY)
    asked = things(cast.noor)[0].url == reverse("plan", args=[plan.pk]) + "#hoe-ging-het"
    assert asked is asks


def test_a_plan_the_group_will_look_back_on_waits_for_that_meeting(cast: Cast, client: Client) -> None:
    agree_all(cast)
    settle_in(cast.noor)
    meeting = meeting_in(cast, 20 * DAY)
    plan = plan_of(cast.noor, due=timezone.localdate() - DAY)
    LookBack.objects.create(group=cast.group, action_plan=plan, meeting=meeting)
    assert things(cast.noor)[0].url == reverse("meeting", args=[meeting.pk])
    assert Today(cast.noor, timezone.now()).plans[0].look_back_on == meeting.day
    assert plan.intention in home(client, cast.noor)


def test_otherwise_the_next_date_else_what_to_do(cast: Cast) -> None:
    agree_all(cast)
    for person in (cast.noor, cast.ilse):
        settle_in(person)
    assert things(cast.noor)[0].url == reverse("my_groups")
    meeting = meeting_in(cast, 20 * DAY)
    assert things(cast.noor)[0].url == reverse("meeting", args=[meeting.pk])
    assert things(cast.ilse)[0].url == reverse("plan_new")


@pytest.mark.parametrize("who", ["olaf", "bram", "gone", "vera"])
def test_whoever_is_in_no_group_sees_nothing_of_it(cast: Cast, client: Client, who: str) -> None:
    meeting_in(cast, 6 * DAY)
    make_session(make_meeting(cast.group), cast.members)
    person = getattr(cast, who)
    text = home(client, person)
    assert "Bovenbouw" not in text
    assert len(things(person)) == 1


# -- the coordinator ---------------------------------------------------------------------------------------


def test_a_coordinator_leads_with_a_meeting_without_a_place(cast: Cast) -> None:
    bare = meeting_in(cast, 6 * DAY, place="")
    meeting_in(cast, 40 * DAY, place="")
    assert things(cast.karin)[0].url == reverse("change_meeting", args=[bare.pk])
    Meeting.objects.filter(pk=bare.pk).update(link="https://bellen.example/1")
    assert things(cast.karin)[0].url != reverse("change_meeting", args=[bare.pk])


def test_then_with_a_plan_that_waits_to_be_published(cast: Cast) -> None:
    meeting = Meeting(group=cast.group, starts_at=timezone.now() + 80 * DAY, minutes=60)
    meeting.propose()
    waiting = reverse("publish_plan", args=[cast.zandplaat.pk])
    assert things(cast.karin)[0].url.startswith(waiting)
    meeting.publish()
    assert not things(cast.karin)[0].url.startswith(waiting)


def test_who_left_the_school_does_not_count_in_the_size_of_a_group(cast: Cast) -> None:
    cast.tom.memberships.update(valid_until=timezone.localdate() - DAY)
    sizes = [group.size for group in Today(again(cast.karin), timezone.now()).groups]
    assert sizes == [cast.group.current_members().count()] == [4]


def test_a_group_one_became_director_of_asks_for_nothing(cast: Cast) -> None:
    assert Today(again(cast.tom), timezone.now()).unaccepted is not None
    RoleHeld.objects.create(membership=cast.tom.memberships.get(), role=Role.DIRECTOR)
    assert Today(again(cast.tom), timezone.now()).unaccepted is None


@pytest.mark.parametrize("people", [3, 9])
def test_then_with_a_group_of_unusual_size(cast: Cast, people: int) -> None:
    others = [make_person(f"Persoon {number}", cast.zandplaat) for number in range(people)]
    group = make_group(cast.zandplaat, "Anders", others)
    make_place(group, make_person("Vertrokken", cast.zandplaat), left=timezone.localdate() - DAY)
    thing = things(cast.karin)[0]
    assert thing.url == reverse("group", args=[group.pk]) and str(people) in thing.label


def test_then_with_invitations_that_wait_longer_than_a_week(cast: Cast) -> None:
    for days, name in ((8, "Wacht Lang"), (2, "Wacht Kort")):
        Invitation.objects.create(
            school=cast.zandplaat,
            email=f"w{days}@example.org",
            name=name,
            token_hash=str(days),
            made_at=timezone.now() - days * DAY,
            expires_at=timezone.now() + 6 * DAY,
        )
    thing = things(cast.karin)[0]
    assert thing.url == reverse("colleagues", args=[cast.zandplaat.pk])
    assert thing.text == "Wacht Lang"


def test_then_with_the_first_group_to_make(cast: Cast) -> None:
    person = make_person("Coen Duin", cast.duin, Role.COORDINATOR)
    assert things(person)[0].url == reverse("new_group", args=[cast.duin.pk])


def test_a_coordinator_who_is_a_member_reads_their_own_thing_next(cast: Cast) -> None:
    make_place(cast.group, cast.karin)
    bare = meeting_in(cast, 6 * DAY, place="")
    urls = [thing.url for thing in things(cast.karin)]
    assert urls[:2] == [reverse("change_meeting", args=[bare.pk]), reverse("case", args=[bare.pk])]


# -- the director ------------------------------------------------------------------------------------------


def test_a_director_leads_with_no_group_then_with_consent(cast: Cast) -> None:
    director = make_person("Dirk Duin", cast.duin, Role.DIRECTOR)
    assert things(director)[0].url == reverse("colleagues", args=[cast.duin.pk])
    make_group(cast.duin, "Team", [make_person(f"Duin {n}", cast.duin) for n in range(4)])
    assert things(director)[0].url == reverse("consents", args=[cast.duin.pk])
    consent(cast.duin)
    assert things(director)[0].url == reverse("who_sees_what")
    Consent.objects.filter(school=cast.duin).update(revoked_at=timezone.now())
    assert things(director)[0].url == reverse("consents", args=[cast.duin.pk])


def test_a_director_sees_dates_and_counts_only(cast: Cast, client: Client) -> None:
    meeting_in(cast, 6 * DAY)
    meeting_in(cast, 60 * DAY)
    plan = plan_of(cast.noor)
    LookBack.objects.create(group=cast.group, action_plan=plan)
    text = home(client, cast.hanneke)
    assert len(Today(again(cast.hanneke), timezone.now()).school_dates) == 1
    for hidden in (plan.intention, "Noor de Wit", "Bovenbouw", "lokaal 12"):
        assert hidden not in text


# -- what stands ready -------------------------------------------------------------------------------------


def test_hours_show_only_where_the_pmr_agreed(cast: Cast, client: Client) -> None:
    membership = cast.noor.memberships.get()
    today = timezone.localdate()
    record_hours(membership, kind=LineKind.HELD, day=today, minutes=90, source="meeting:1")
    record_hours(membership, kind=LineKind.PLANNED, day=today, minutes=45, source="meeting:2")
    assert "<strong>1,5</strong>" in home(client, cast.noor)
    assert Today(cast.noor, timezone.now()).hours == {"held": 90, "planned": 45}
    Consent.objects.update(revoked_at=timezone.now())
    assert Today(cast.noor, timezone.now()).hours is None
    assert "<strong>1,5</strong>" not in home(client, cast.noor)


@pytest.mark.parametrize(("now", "planned"), [("2027-06-15", 0), ("2027-08-15", 45)])
def test_hours_are_of_one_school_year(cast: Cast, now: str, planned: int) -> None:
    membership, day = cast.noor.memberships.get(), dt.date.fromisoformat(now)
    record_hours(membership, kind=LineKind.HELD, day=day, minutes=90, source="meeting:1")
    september = dt.date(2027, 9, 7)
    record_hours(membership, kind=LineKind.PLANNED, day=september, minutes=45, source="meeting:2")
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
    today = Today(cast.noor, at)
    assert today.hours == {"held": 90, "planned": planned}
    Allotment.objects.create(school=cast.zandplaat, year=SchoolYear.of(day), minutes=900)
    balance = today.balance
    assert balance and (balance.held, balance.planned) == (90, planned), "both say the same"


def test_hours_show_what_is_left_once_the_school_set_some_apart(cast: Cast, client: Client) -> None:
    membership, today = cast.noor.memberships.get(), timezone.localdate()
    record_hours(membership, kind=LineKind.HELD, day=today, minutes=90, source="meeting:1")
    Allotment.objects.create(school=cast.zandplaat, year=SchoolYear.of(today), minutes=900)
    text = home(client, cast.noor)
    assert "1,5 van 15 uur besteed, 0 gepland" in text and "nog 13,5 uur over" in text
    assert reverse("my_hours") in text
    Consent.objects.update(revoked_at=timezone.now())
    assert "van 15 uur" not in home(client, cast.noor)


def test_what_is_shared_with_me_stands_there_until_it_ends(cast: Cast, client: Client) -> None:
    plan = plan_of(cast.noor)
    given = share(plan, cast.tom, until=timezone.localdate(), at=timezone.now())
    assert reverse("plan", args=[plan.pk]) in home(client, cast.tom)
    given.revoke(timezone.now())
    assert reverse("plan", args=[plan.pk]) not in home(client, cast.tom)


def test_a_held_meeting_leaves_the_agenda(cast: Cast) -> None:
    meeting = meeting_in(cast, -dt.timedelta(hours=1))
    assert Today(cast.noor, timezone.now()).meetings == [meeting]
    held(meeting)
    assert Today(cast.noor, timezone.now()).meetings == []


def test_beside_the_dates_is_the_way_to_ones_own_calendar(cast: Cast, client: Client) -> None:
    page = home(client, cast.noor)
    agenda = page.partition("<h2>Agenda</h2>")[2].partition("</section>")[0]
    assert f'href="{reverse("my_calendar")}"' in agenda and "In mijn eigen agenda" in agenda


def fill(cast: Cast, person: User, number: int) -> None:
    meeting_in(cast, (number + 1) * DAY, place="")
    plan_of(person, due=timezone.localdate() + DAY)
    theirs = plan_of(cast.samir)
    share(theirs, person, until=None, at=timezone.now())
    others = [make_person(f"Groepslid {number} {n}", cast.zandplaat) for n in range(4)]
    make_group(cast.zandplaat, f"Groep {number}", [*others, person])


@pytest.mark.parametrize("roles", [(), (Role.COORDINATOR,), (Role.COORDINATOR, Role.DIRECTOR)])
def test_home_costs_the_same_with_more_rows(cast: Cast, client: Client, roles: tuple[Role, ...]) -> None:
    person = make_person("Wie Veel", cast.zandplaat, Role.TEACHER, *roles)
    make_place(cast.group, person)
    counts = []
    for number in range(3):
        fill(cast, person, number)
        home(client, person)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("home"))
        counts.append(len(captured))
    # Who coordinates and directs as well has what all of them have.
    assert counts[0] == counts[2] <= (22 if Role.DIRECTOR in roles else 17)


def test_somebody_in_two_schools_coordinates_each(cast: Cast) -> None:
    make_membership(cast.karin, cast.duin, Role.COORDINATOR)
    assert things(cast.karin)[0].url == reverse("new_group", args=[cast.duin.pk])


def test_the_label_says_when_in_words(cast: Cast) -> None:
    with time_machine.travel(timezone.now().replace(hour=8, minute=0) + DAY, tick=False):
        labels = []
        for ahead in (dt.timedelta(minutes=25), dt.timedelta(hours=5), DAY, 6 * DAY):
            meeting = meeting_in(cast, ahead)
            labels.append(things(cast.noor)[0].label)
            meeting.delete()
    assert len(set(labels)) == 4 and "25" in labels[0] and "6" in labels[3]


def test_a_director_sees_numbers_once_the_pmr_agreed(cast: Cast) -> None:
    make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=3))
    browser = Client()
    browser.force_login(cast.hanneke)
    page = browser.get("/").content.decode()
    assert "Komende bijeenkomsten" in page and "in aantallen" not in page
    Consent.objects.create(school=cast.zandplaat, kind=ConsentKind.OVERVIEW, given_by="Petra de Boer")
    assert "in aantallen" in browser.get("/").content.decode()
