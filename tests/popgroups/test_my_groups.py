from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from popgroups.models import GroupMember, Meeting
from schools.models import Role, SchoolYear
from tests.people import Cast, make_group, make_meeting, make_membership, make_person
from tests.popgroups.conftest import Enter, statements

PAGE = reverse("my_groups")


def page(enter: Enter, user: Any) -> str:
    return enter(user).get(PAGE).content.decode()


def test_a_member_sees_the_group_its_people_and_the_next_meeting(cast: Cast, enter: Enter) -> None:
    make_meeting(cast.group, starts_at=timezone.now() - dt.timedelta(days=3))
    coming = make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=3))
    make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=30))
    text = page(enter, cast.noor)
    assert "Bovenbouw" in text
    assert "Esra, Lieke, Noor, Samir, Tom" in text
    assert reverse("meeting", args=[coming.pk]) in text
    assert text.count("/bijeenkomst/") == 1


def test_it_asks_for_the_agreement_until_accepted(cast: Cast, enter: Enter) -> None:
    assert "You have not agreed to the group" in page(enter, cast.noor)
    agreement = cast.group.current_agreement()
    assert agreement is not None
    agreement.accept(cast.group.members.get(membership__person=cast.noor), timezone.now())
    assert "You have not agreed to the group" not in page(enter, cast.noor)
    assert "You have not agreed to the group" in page(enter, cast.samir)


def test_a_new_version_is_asked_for_anew(cast: Cast, enter: Enter) -> None:
    agreement = cast.group.current_agreement()
    assert agreement is not None
    agreement.accept(cast.group.members.get(membership__person=cast.noor), timezone.now())
    cast.group.agreements.create(version=2, text="nieuw")
    assert "You have not agreed to the group" in page(enter, cast.noor)


def test_groups_that_ask_me_stand_on_top(cast: Cast, enter: Enter) -> None:
    GroupMember.objects.create(group=cast.group, membership=cast.ilse.memberships.get())
    text = page(enter, cast.ilse)
    assert "Bovenbouw would like you to join" in text
    assert "Noor" not in text


def test_without_a_group_it_says_whom_to_ask(cast: Cast, enter: Enter) -> None:
    text = page(enter, cast.ilse)
    assert "You are not in a group yet" in text
    assert "Karin Bos" in text


def test_a_coordinator_without_a_group_is_led_to_the_groups(cast: Cast, enter: Enter) -> None:
    assert reverse("school_groups", args=[cast.zandplaat.pk]) in page(enter, cast.karin)


def test_a_school_without_coordinator_says_so(cast: Cast, enter: Enter) -> None:
    assert "ask the director" in page(enter, cast.vera)


def test_who_left_no_longer_sees_the_group(cast: Cast, enter: Enter) -> None:
    assert "Bovenbouw" not in page(enter, cast.gone)


def test_an_earlier_year_stands_apart(cast: Cast, enter: Enter) -> None:
    cast.group.year = SchoolYear.objects.create(starts=2019)
    cast.group.save()
    text = page(enter, cast.noor)
    assert "Earlier school years" in text
    assert "2019–2020" in text


def test_anonymous_is_sent_to_log_in(client: Any, db: None) -> None:
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


def test_statements_do_not_grow(cast: Cast, enter: Enter) -> None:
    make_meeting(make_group(cast.zandplaat, "Groep 0", [cast.ilse]))
    client = enter(cast.ilse)
    with_one = statements(client, PAGE)
    for number in (1, 2):
        group = make_group(cast.zandplaat, f"Groep {number}", [cast.ilse, cast.late])
        make_meeting(group, starts_at=timezone.now() + dt.timedelta(days=number))
    assert statements(client, PAGE) == with_one <= 12


def test_one_person_in_two_schools_sees_both(cast: Cast, enter: Enter) -> None:
    make_group(cast.duin, "Onderbouw", [make_person("Wil Duin", cast.duin)])
    far = make_membership(cast.noor, cast.duin, Role.TEACHER)
    GroupMember.objects.create(group=cast.duin.groups.get(), membership=far, joined_on=timezone.localdate())
    text = page(enter, cast.noor)
    assert "Onderbouw" in text
    assert "Bovenbouw" in text
    assert Meeting.objects.count() == 0
