from __future__ import annotations

import datetime as dt
import uuid
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from popgroups.models import GroupMember, PopGroup
from portfolio.models import ActionPlan, Share
from portfolio.sharing import share
from schools.models import BoardDirector, HourLine, Role, RoleHeld, User
from tests.people import Cast, make_group, make_meeting, make_person, make_place
from tests.popgroups.conftest import Enter

TODAY = timezone.localdate


def asked_in(group: PopGroup, person: User) -> GroupMember:
    return group.propose(person.memberships.get(), timezone.now())


def place_of(cast: Cast, person: User) -> GroupMember:
    return cast.group.members.get(membership__person=person)


def ask(client: Any, group: PopGroup, membership: Any, **changed: Any) -> Any:
    form = {"membership": membership, "once_key": str(uuid.uuid4()), **changed}
    return client.post(reverse("propose_member", args=[group.pk]), form)


def test_asked_in_is_not_in_yet(cast: Cast, enter: Enter) -> None:
    answer = ask(enter(cast.karin), cast.group, cast.ilse.memberships.get().pk)
    assert answer.url == reverse("group", args=[cast.group.pk])
    assert GroupMember.objects.awaiting().get().person == cast.ilse
    assert not cast.group.has_member(cast.ilse)


def test_asking_twice_is_asking_once(cast: Cast, enter: Enter) -> None:
    client, key = enter(cast.karin), str(uuid.uuid4())
    for _time in range(2):
        ask(client, cast.group, cast.ilse.memberships.get().pk, once_key=key)
    ask(client, cast.group, cast.ilse.memberships.get().pk)
    assert cast.group.members.filter(membership__person=cast.ilse).count() == 1


def test_a_director_is_not_asked_in_with_people_they_lead(cast: Cast, enter: Enter) -> None:
    answer = ask(enter(cast.karin), cast.group, cast.hanneke.memberships.get().pk)
    assert "Hanneke Smit leads" in answer.content.decode()
    assert not GroupMember.objects.awaiting().exists()


@pytest.mark.parametrize("who", ["olaf", "vera", "noor"])
def test_a_consultant_a_stranger_and_a_member_are_not_on_the_list(cast: Cast, enter: Enter, who: str) -> None:
    answer = ask(enter(cast.karin), cast.group, getattr(cast, who).memberships.get().pk)
    assert "Choose colleagues who work here now" in answer.content.decode()
    assert not GroupMember.objects.awaiting().exists()


@pytest.mark.parametrize("membership", ["", "0", "x", "\x00", "9" * 40])
def test_an_id_that_is_nobody_is_refused(cast: Cast, enter: Enter, membership: str) -> None:
    assert "is-invalid" in ask(enter(cast.karin), cast.group, membership).content.decode()


def test_a_member_does_not_ask_others_in(cast: Cast, enter: Enter) -> None:
    assert ask(enter(cast.noor), cast.group, cast.ilse.memberships.get().pk).status_code == 403


def test_in_an_empty_group_the_first_is_in_at_once(cast: Cast) -> None:
    assert asked_in(make_group(cast.zandplaat, "Leeg", []), cast.ilse).joined_on == TODAY()


def test_the_newcomer_is_in_when_everybody_said_welcome(cast: Cast, enter: Enter) -> None:
    make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=9))
    place = asked_in(cast.group, cast.ilse)
    address = reverse("welcome_member", args=[place.pk])
    for number, person in enumerate(cast.members, start=1):
        assert not cast.group.has_member(cast.ilse)
        client = enter(person)
        text = client.get(reverse("group", args=[cast.group.pk])).content.decode()
        assert f"{number - 1} of 5 members have said welcome" in text
        answer = client.post(address, follow=True).content.decode()
        expected = "Ilse is in the group now." if number == 5 else "You have welcomed Ilse."
        assert expected in answer
    assert cast.group.has_member(cast.ilse)
    assert HourLine.objects.filter(membership__person=cast.ilse).count() == 1


def test_one_member_counts_once(cast: Cast, enter: Enter) -> None:
    place = asked_in(cast.group, cast.ilse)
    client = enter(cast.noor)
    for _time in range(5):
        client.post(reverse("welcome_member", args=[place.pk]))
    assert place.welcomed_by.count() == 1
    assert not cast.group.has_member(cast.ilse)
    text = client.get(reverse("group", args=[cast.group.pk])).content.decode()
    assert "You said welcome" in text


def test_the_last_who_did_not_answer_leaves(cast: Cast) -> None:
    place = asked_in(cast.group, cast.ilse)
    for person in cast.members[:-1]:
        assert not place.welcome(person, timezone.now())
    place_of(cast, cast.members[-1]).leave(timezone.now())
    assert cast.group.has_member(cast.ilse)


@pytest.mark.parametrize("why", ["school", "board", "closed"])
def test_nobody_waits_for_a_member_to_whom_the_group_is_closed(cast: Cast, why: str) -> None:
    """Who came to lead the others can't say welcome any more, nor who has no account."""
    place, esra = asked_in(cast.group, cast.ilse), place_of(cast, cast.esra)
    if why == "school":
        RoleHeld.objects.create(membership=esra.membership, role=Role.DIRECTOR)
    elif why == "board":
        BoardDirector.objects.create(board=cast.board, person=cast.esra)
    else:
        User.objects.filter(pk=cast.esra.pk).update(is_active=False)
    for person in (cast.noor, cast.samir, cast.tom):
        assert not place.welcome(person, timezone.now())
    assert place.welcome(cast.lieke, timezone.now())


def test_who_waits_for_nobody_any_more_is_in_within_the_hour(cast: Cast) -> None:
    """All others had said welcome before the last one left the school or came to lead it."""
    place = asked_in(cast.group, cast.ilse)
    for person in cast.members[:-1]:
        assert not place.welcome(person, timezone.now())
    call_command("remind", stdout=StringIO())
    assert not cast.group.has_member(cast.ilse)
    RoleHeld.objects.create(membership=place_of(cast, cast.members[-1]).membership, role=Role.DIRECTOR)
    call_command("remind", stdout=StringIO())
    assert cast.group.has_member(cast.ilse)


@pytest.mark.parametrize("why", ["school", "closed"])
def test_where_nobody_can_say_welcome_a_newcomer_waits(cast: Cast, why: str) -> None:
    """Until the members who can't are out: then the group is empty, and the newcomer its first."""
    group = make_group(cast.zandplaat, "Klein", [cast.noor, cast.samir])
    place, members = asked_in(group, cast.ilse), list(group.current_members())
    for member in members:
        if why == "school":
            RoleHeld.objects.create(membership=member.membership, role=Role.DIRECTOR)
        else:
            User.objects.filter(pk=member.person.pk).update(is_active=False)
    call_command("remind", stdout=StringIO())
    place.refresh_from_db()
    assert place.joined_on is None and not place.welcomed_by.exists()
    for member in members:
        member.leave(timezone.now())
    assert group.has_member(cast.ilse)


def test_a_welcome_after_the_question_was_withdrawn_is_refused(cast: Cast, enter: Enter) -> None:
    place = asked_in(cast.group, cast.ilse)
    place.leave(timezone.now())
    answer = enter(cast.noor).post(reverse("welcome_member", args=[place.pk]), follow=True)
    assert "no longer asked" in answer.content.decode()
    assert not place.welcomed_by.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("ilse", 403), ("karin", 403), ("gone", 404), ("hanneke", 404), ("vera", 404)]
)
def test_only_members_welcome(cast: Cast, enter: Enter, who: str, status: int) -> None:
    place = asked_in(cast.group, cast.ilse)
    answer = enter(getattr(cast, who)).post(reverse("welcome_member", args=[place.pk]))
    assert answer.status_code == status
    assert not place.welcomed_by.exists()


def test_a_welcome_is_a_post(cast: Cast, enter: Enter) -> None:
    place = asked_in(cast.group, cast.ilse)
    assert enter(cast.noor).get(reverse("welcome_member", args=[place.pk])).status_code == 405


def leave(cast: Cast, client: Any, person: User) -> Any:
    return client.post(reverse("end_membership", args=[place_of(cast, person).pk]))


def test_leaving_asks_first(cast: Cast, enter: Enter) -> None:
    client = enter(cast.noor)
    text = client.get(reverse("end_membership", args=[place_of(cast, cast.noor).pk])).content.decode()
    assert "Leave Bovenbouw?" in text
    assert cast.group.has_member(cast.noor)


def test_leaving_closes_the_group_and_ends_what_was_shared(cast: Cast, enter: Enter) -> None:
    now, via = timezone.now(), f"group:{cast.group.pk}"
    mine = ActionPlan.objects.create(owner=cast.noor, intention="Ik vraag door")
    other = ActionPlan.objects.create(owner=cast.samir, intention="Ik wacht")
    share(mine, cast.samir, until=None, at=now, via=via)
    share(other, cast.noor, until=None, at=now, via=via)
    share(other, cast.tom, until=None, at=now, via=via)
    share(mine, cast.tom, until=None, at=now)
    meeting = make_meeting(cast.group, starts_at=now + dt.timedelta(days=9))
    meeting.book_planned()
    client = enter(cast.noor)
    assert leave(cast, client, cast.noor).url == reverse("my_groups")
    assert client.get(reverse("group", args=[cast.group.pk])).status_code == 404
    assert {(s.viewer, s.via) for s in Share.objects.in_force()} == {(cast.tom, via), (cast.tom, "")}
    assert not HourLine.objects.filter(membership__person=cast.noor).exists()
    assert HourLine.objects.filter(membership__person=cast.samir).exists()


def test_who_is_asked_may_say_no(cast: Cast, enter: Enter) -> None:
    asked_in(cast.group, cast.ilse)
    leave(cast, enter(cast.ilse), cast.ilse)
    assert not GroupMember.objects.awaiting().exists()


def test_the_coordinator_takes_somebody_out(cast: Cast, enter: Enter) -> None:
    client = enter(cast.karin)
    answer = leave(cast, client, cast.tom)
    assert answer.url == reverse("group", args=[cast.group.pk])
    assert not cast.group.has_member(cast.tom)
    leave(cast, client, cast.tom)
    assert place_of(cast, cast.tom).left_on == TODAY()


@pytest.mark.parametrize(("who", "status"), [("samir", 403), ("gone", 404), ("hanneke", 404), ("vera", 404)])
def test_nobody_takes_another_out(cast: Cast, enter: Enter, who: str, status: int) -> None:
    assert leave(cast, enter(getattr(cast, who)), cast.tom).status_code == status
    assert cast.group.has_member(cast.tom)


def set_dates(cast: Cast, client: Any, place: GroupMember, first: Any, last: Any) -> Any:
    form = {"first_day": first, "last_day": last}
    return client.post(reverse("member_dates", args=[place.pk]), form)


def test_from_until(cast: Cast, enter: Enter) -> None:
    last = TODAY() + dt.timedelta(days=10)
    plan = ActionPlan.objects.create(owner=cast.noor, intention="Ik vraag door")
    share(plan, cast.samir, until=None, at=timezone.now(), via=f"group:{cast.group.pk}")
    place = place_of(cast, cast.noor)
    set_dates(cast, enter(cast.karin), place, TODAY(), last)
    place.refresh_from_db()
    assert (place.joined_on, place.left_on) == (TODAY(), last + dt.timedelta(days=1))
    assert cast.group.has_member(cast.noor)
    assert cast.group.current_members(last).filter(pk=place.pk).exists()
    assert not cast.group.current_members(last + dt.timedelta(days=1)).filter(pk=place.pk).exists()
    assert Share.objects.get().until == last


def test_an_end_in_the_past_ends_at_once(cast: Cast, enter: Enter) -> None:
    place = place_of(cast, cast.noor)
    set_dates(cast, enter(cast.karin), place, place.joined_on, TODAY() - dt.timedelta(days=3))
    assert not cast.group.has_member(cast.noor)


def test_who_left_is_not_put_back_silently(cast: Cast, enter: Enter) -> None:
    place = place_of(cast, cast.gone)
    text = set_dates(cast, enter(cast.karin), place, place.joined_on, "").content.decode()
    assert "is not in the group" in text
    assert not cast.group.has_member(cast.gone)


def test_who_waits_is_not_put_in_silently(cast: Cast, enter: Enter) -> None:
    place = asked_in(cast.group, cast.ilse)
    text = set_dates(cast, enter(cast.karin), place, TODAY(), "").content.decode()
    assert "is not in the group" in text
    assert not cast.group.has_member(cast.ilse)


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("", "", "This field is required."),
        ("2026-11-10", "2026-11-09", "The last day comes before the first."),
        ("0001-01-01", "", "Check the year of this date."),
        ("2026-11-10", "9999-12-31", "Check the year of this date."),
        ("geen datum", "", "Enter a valid date."),
    ],
)
def test_dates_that_cannot_be(cast: Cast, enter: Enter, first: str, last: str, message: str) -> None:
    place = place_of(cast, cast.noor)
    assert message in set_dates(cast, enter(cast.karin), place, first, last).content.decode()
    assert place.left_on is None


def test_a_member_does_not_set_dates(cast: Cast, enter: Enter) -> None:
    place = place_of(cast, cast.noor)
    assert enter(cast.noor).get(reverse("member_dates", args=[place.pk])).status_code == 403


def test_a_member_until_tomorrow_is_not_asked_in_again(cast: Cast) -> None:
    make_place(cast.group, cast.ilse, left=TODAY() + dt.timedelta(days=1))
    assert "already in the group" in cast.group.refusal(cast.ilse.memberships.get())


def test_one_person_sits_in_a_group_once(cast: Cast) -> None:
    person = make_person("Twee Scholen", cast.duin)
    make_place(cast.group, person)
    second = person.memberships.create(school=cast.zandplaat)
    assert "already in the group" in cast.group.refusal(second)
