from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from popgroups.models import GroupMember, PopGroup
from popgroups.models.groups import size_warning
from schools.models import Role, RoleHeld
from tests.people import Cast, make_group, make_meeting, make_membership, make_person, make_place
from tests.popgroups.conftest import Enter, statements


def at(group: PopGroup) -> str:
    return reverse("group", args=[group.pk])


def days(count: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=count)


def test_a_member_sees_people_agreement_and_meetings(cast: Cast, enter: Enter) -> None:
    coming, past = make_meeting(cast.group, starts_at=days(7)), make_meeting(cast.group, starts_at=days(-7))
    text = enter(cast.noor).get(at(cast.group)).content.decode()
    for person in cast.members:
        assert person.name in text
    assert cast.gone.name not in text
    assert "Wat hier gezegd wordt, blijft hier." in text
    assert text.index(f"/bijeenkomst/{coming.pk}/") < text.index("1 earlier meeting")
    assert text.index("1 earlier meeting") < text.index(f"/bijeenkomst/{past.pk}/")
    assert "Leave the group" in text
    assert "Take out" not in text
    assert "Ask somebody in" not in text


def test_the_coordinator_manages_but_does_not_agree(cast: Cast, enter: Enter) -> None:
    text = enter(cast.karin).get(at(cast.group)).content.decode()
    assert "Take out" in text
    assert "Ask somebody in" in text
    assert "5 members have not agreed yet" in text
    assert "I agree" not in text
    assert "Change the text" not in text
    assert "Leave the group" not in text


def test_a_coordinator_who_is_a_member_can_do_both(cast: Cast, enter: Enter) -> None:
    make_place(cast.group, cast.karin)
    text = enter(cast.karin).get(at(cast.group)).content.decode()
    assert "Take out" in text
    assert "I agree" in text


def test_who_waits_sees_names_and_agreement_only(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    GroupMember.objects.create(group=cast.group, membership=cast.ilse.memberships.get())
    client = enter(cast.ilse)
    text = client.get(at(cast.group)).content.decode()
    assert "Bovenbouw would like you to join" in text
    assert "Noor de Wit" in text
    assert "Wat hier gezegd wordt, blijft hier." in text
    assert "/bijeenkomst" not in text
    assert "lokaal 12" not in text
    assert client.get(reverse("meeting", args=[meeting.pk])).status_code == 404
    for name in ("agreement_history", "change_agreement", "plan_meeting", "propose_member"):
        assert client.get(reverse(name, args=[cast.group.pk])).status_code == 403


def test_who_starts_later_waits_for_that_day(cast: Cast, enter: Enter) -> None:
    make_place(cast.group, cast.ilse, joined=timezone.localdate() + dt.timedelta(days=5))
    text = enter(cast.ilse).get(at(cast.group)).content.decode()
    assert "You are in from" in text
    assert "Coming meetings" not in text


def test_a_member_until_a_day_to_come_is_still_in(cast: Cast, enter: Enter) -> None:
    make_place(cast.group, cast.ilse, left=timezone.localdate() + dt.timedelta(days=1))
    text = enter(cast.ilse).get(at(cast.group)).content.decode()
    assert "until and including" in text
    assert "Coming meetings" in text


@pytest.mark.parametrize("who", ["gone", "ilse", "hanneke", "bram", "olaf", "vera"])
def test_nobody_else_finds_it(cast: Cast, enter: Enter, who: str) -> None:
    client = enter(getattr(cast, who))
    assert client.get(at(cast.group)).status_code == 404
    for name in ("rename_group", "propose_member", "agreement_history", "change_agreement", "plan_meeting"):
        assert client.get(reverse(name, args=[cast.group.pk])).status_code == 404


def test_a_coordinator_of_another_school_finds_nothing(cast: Cast, enter: Enter) -> None:
    other = make_person("Coba Elders", cast.duin, Role.COORDINATOR)
    assert enter(other).get(at(cast.group)).status_code == 404


def test_an_unknown_group_is_404(cast: Cast, enter: Enter) -> None:
    client = enter(cast.noor)
    assert client.get("/groepen/0/").status_code == 404
    assert client.get(f"/groepen/{10**30}/").status_code == 404


def test_the_coordinator_reads_the_size_warning(cast: Cast, enter: Enter) -> None:
    small = make_group(cast.zandplaat, "Klein", [cast.noor])
    assert "1 member: a POP-group works best" in enter(cast.karin).get(at(small)).content.decode()
    assert "works best" not in enter(cast.noor).get(at(small)).content.decode()


def test_a_colleague_of_another_school_stands_with_that_school(cast: Cast, enter: Enter) -> None:
    make_place(cast.group, make_person("Dirk Ver", cast.duin))
    text = enter(cast.noor).get(at(cast.group)).content.decode()
    assert text.count("Het Duin") == 1


def test_statements_do_not_grow(cast: Cast, enter: Enter) -> None:
    group = make_group(cast.zandplaat, "Proef", [cast.noor])
    GroupMember.objects.create(group=group, membership=cast.ilse.memberships.get())
    make_meeting(group)
    client = enter(cast.noor)
    with_one = statements(client, at(group))
    for number in range(2):
        make_place(group, make_person(f"Lid {number}", cast.duin))
        newcomer = make_membership(make_person(f"Nieuw {number}"), cast.duin, Role.TEACHER)
        GroupMember.objects.create(group=group, membership=newcomer)
        make_meeting(group, starts_at=days(number + 1))
    assert statements(client, at(group)) == with_one <= 12


def test_renaming(cast: Cast, enter: Enter) -> None:
    client = enter(cast.karin)
    answer = client.post(reverse("rename_group", args=[cast.group.pk]), {"name": "Groep 7/8", "kind": "team"})
    assert answer.headers["Location"] == at(cast.group)
    cast.group.refresh_from_db()
    assert (cast.group.name, cast.group.kind) == ("Groep 7/8", "team")


def test_renaming_to_a_taken_name_is_refused(cast: Cast, enter: Enter) -> None:
    make_group(cast.zandplaat, "Onderbouw", [])
    client = enter(cast.karin)
    form = {"name": "Onderbouw", "kind": "team"}
    text = client.post(reverse("rename_group", args=[cast.group.pk]), form).content.decode()
    assert "There is already a group with this name" in text
    assert "← Bovenbouw" in text
    cast.group.refresh_from_db()
    assert cast.group.name == "Bovenbouw"


def test_a_member_does_not_rename(cast: Cast, enter: Enter) -> None:
    assert enter(cast.noor).get(reverse("rename_group", args=[cast.group.pk])).status_code == 403


def test_who_left_the_school_finds_no_group_any_more(cast: Cast, enter: Enter) -> None:
    cast.tom.memberships.update(valid_until=days(-1).date())
    tom = enter(cast.tom)
    assert tom.get(at(cast.group)).status_code == 404
    assert cast.group.name not in tom.get(reverse("my_groups")).content.decode()
    assert "Tom Veenstra" not in enter(cast.noor).get(at(cast.group)).content.decode()


def test_a_place_of_somebody_who_left_the_school_can_still_be_ended(cast: Cast) -> None:
    cast.tom.memberships.update(valid_until=days(-1).date())
    place = GroupMember.objects.get(group=cast.group, membership__person=cast.tom)
    place.leave(timezone.now())
    place.refresh_from_db()
    assert place.left_on == timezone.localdate()


def test_a_member_who_became_director_is_not_among_people_they_lead(cast: Cast, enter: Enter) -> None:
    RoleHeld.objects.create(membership=cast.tom.memberships.get(), role=Role.DIRECTOR)
    assert enter(cast.tom).get(at(cast.group)).status_code == 404
    assert not cast.group.has_member(cast.tom) and cast.group.has_member(cast.noor)
    place = cast.group.place_of(cast.noor)
    assert cast.group.place_of(cast.tom) is None and place is not None and place.person == cast.noor


def test_directors_of_other_schools_sit_together(cast: Cast) -> None:
    there = make_person("Dirk Duin", cast.duin, Role.DIRECTOR)
    group = make_group(cast.zandplaat, "Directeuren", [cast.hanneke, there])
    assert group.has_member(cast.hanneke) and group.has_member(there)


@pytest.mark.parametrize(("size", "words"), [(3, "works best"), (4, ""), (8, ""), (9, "is a lot")])
def test_a_size_outside_four_to_eight_is_warned_about(size: int, words: str) -> None:
    assert words in size_warning(size) and bool(size_warning(size)) == bool(words)
