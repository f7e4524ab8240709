from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.lib.states import MoveRefused
from popgroups.models import PopGroup
from schools.models import BoardDirector, Membership, Role, School, SchoolYear, User
from tests.people import Cast, make_group, make_meeting, make_membership, make_person
from tests.popgroups.conftest import Enter, statements


def of(school: School) -> str:
    return reverse("school_groups", args=[school.pk])


def new(school: School) -> str:
    return reverse("new_group", args=[school.pk])


def place(person: User) -> Membership:
    return person.memberships.get()


def filled(*people: User | int | str, **changed: Any) -> dict[str, Any]:
    return {
        "name": "Middenbouw",
        "kind": "bouw",
        "year": SchoolYear.start_of(timezone.localdate()),
        "members": [place(p).pk if isinstance(p, User) else p for p in people],
        "once_key": str(uuid.uuid4()),
        **changed,
    }


def test_the_coordinator_sees_size_and_next_meeting(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    text = enter(cast.karin).get(of(cast.zandplaat)).content.decode()
    assert "5 members" in text
    assert reverse("meeting", args=[meeting.pk]) in text
    assert "works best" not in text


@pytest.mark.parametrize(
    ("size", "warning"), [(3, "3 members: a POP-group works best"), (9, "9 members is a lot")]
)
def test_an_unusual_size_is_said_in_words(cast: Cast, enter: Enter, size: int, warning: str) -> None:
    people = [make_person(f"Persoon {n}", cast.zandplaat) for n in range(size)]
    make_group(cast.zandplaat, "Anders", people)
    assert warning in enter(cast.karin).get(of(cast.zandplaat)).content.decode()


@pytest.mark.parametrize("size", [4, 8])
def test_four_to_eight_is_fine(cast: Cast, enter: Enter, size: int) -> None:
    PopGroup.objects.all().delete()
    make_group(cast.zandplaat, "Goed", [make_person(f"Persoon {n}", cast.zandplaat) for n in range(size)])
    text = enter(cast.karin).get(of(cast.zandplaat)).content.decode()
    assert f"{size} members" in text
    assert "tag-sun" not in text


def test_another_year_is_another_list(cast: Cast, enter: Enter) -> None:
    old = make_group(cast.zandplaat, "Vroeger", [])
    old.year = SchoolYear.objects.create(starts=2020)
    old.save()
    client = enter(cast.karin)
    assert "Vroeger" not in client.get(of(cast.zandplaat)).content.decode()
    assert "Vroeger" in client.get(of(cast.zandplaat), {"year": 2020}).content.decode()


@pytest.mark.parametrize("year", ["nee", "1", "\x00", "99999999999999999999999"])
def test_a_year_that_is_none_shows_this_year(cast: Cast, enter: Enter, year: str) -> None:
    assert "Bovenbouw" in enter(cast.karin).get(of(cast.zandplaat), {"year": year}).content.decode()


def test_without_groups_it_says_what_to_do(cast: Cast, enter: Enter) -> None:
    cast.group.delete()
    text = enter(cast.karin).get(of(cast.zandplaat)).content.decode()
    assert "No groups in this school year yet" in text
    assert new(cast.zandplaat) in text


@pytest.mark.parametrize("address", [of, new])
@pytest.mark.parametrize(
    ("who", "status"),
    [("noor", 403), ("hanneke", 403), ("bram", 403), ("olaf", 403), ("vera", 404)],
)
def test_only_the_coordinator_comes_in(cast: Cast, enter: Enter, who: str, status: int, address: Any) -> None:
    assert enter(getattr(cast, who)).get(address(cast.zandplaat)).status_code == status


@pytest.mark.parametrize("address", [of, new])
def test_a_coordinator_elsewhere_finds_nothing(cast: Cast, enter: Enter, address: Any) -> None:
    other = make_person("Coba Elders", cast.duin, Role.COORDINATOR)
    assert enter(other).get(address(cast.zandplaat)).status_code == 404


def test_statements_do_not_grow(cast: Cast, enter: Enter) -> None:
    make_meeting(cast.group)
    client = enter(cast.karin)
    with_one = statements(client, of(cast.zandplaat))
    for number in (1, 2):
        group = make_group(cast.zandplaat, f"Groep {number}", cast.members)
        make_meeting(group, starts_at=timezone.now() + dt.timedelta(days=number))
    assert statements(client, of(cast.zandplaat)) == with_one <= 12


def test_statements_of_the_form_do_not_grow(cast: Cast, enter: Enter) -> None:
    client = enter(cast.karin)
    before = statements(client, new(cast.zandplaat))
    for number in range(3):
        make_person(f"Nieuw {number}", cast.duin)
    assert statements(client, new(cast.zandplaat)) == before <= 12


def test_a_new_group_starts_with_its_members_and_agreement(cast: Cast, enter: Enter) -> None:
    School.objects.filter(pk=cast.zandplaat.pk).update(confidant="Fatma Yilmaz")
    other = make_person("Dirk Duin", cast.duin)
    answer = enter(cast.karin).post(new(cast.zandplaat), filled(cast.noor, cast.tom, cast.ilse, other))
    group = PopGroup.objects.get(name="Middenbouw")
    assert answer.headers["Location"] == reverse("group", args=[group.pk])
    assert {m.person for m in group.current_members()} == {cast.noor, cast.tom, cast.ilse, other}
    agreement = group.current_agreement()
    assert agreement is not None
    assert (agreement.version, agreement.made_by) == (1, cast.karin)
    assert "What is said here stays here" in agreement.text
    assert "Fatma Yilmaz" in agreement.text


def test_the_agreement_is_dutch_for_a_dutch_reader(cast: Cast, enter: Enter) -> None:
    client = enter(cast.karin)
    User.objects.filter(pk=cast.karin.pk).update(language="nl")
    client.post(new(cast.zandplaat), filled(cast.noor))
    agreement = PopGroup.objects.get(name="Middenbouw").current_agreement()
    assert agreement is not None
    assert "Wat we hier zeggen, blijft hier" in agreement.text
    assert "de vertrouwenspersoon van de school" in agreement.text


def test_sent_twice_it_is_one_group(cast: Cast, enter: Enter) -> None:
    client, form = enter(cast.karin), filled(cast.noor)
    client.post(new(cast.zandplaat), form)
    again = client.post(new(cast.zandplaat), form)
    assert again.headers["Location"] == of(cast.zandplaat)
    assert PopGroup.objects.filter(name="Middenbouw").count() == 1


def test_a_name_is_used_once_a_year(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.karin).post(new(cast.zandplaat), filled(cast.noor, name="Bovenbouw"))
    assert "There is already a group with this name" in answer.content.decode()
    assert PopGroup.objects.count() == 1


@pytest.mark.parametrize("leader", ["hanneke", "bram"])
def test_nobody_sits_with_people_they_lead(cast: Cast, enter: Enter, leader: str) -> None:
    if leader == "bram":
        make_membership(cast.bram, cast.duin, Role.TEACHER)
    boss = getattr(cast, leader)
    answer = enter(cast.karin).post(new(cast.zandplaat), filled(cast.noor, boss))
    assert f"{boss.name} leads Noor de Wit" in answer.content.decode()
    assert PopGroup.objects.count() == 1


def test_directors_of_several_schools_may_be_a_group(cast: Cast, enter: Enter) -> None:
    other = make_person("Doortje Duin", cast.duin, Role.DIRECTOR)
    enter(cast.karin).post(new(cast.zandplaat), filled(cast.hanneke, other))
    assert PopGroup.objects.get(name="Middenbouw").current_members().count() == 2


def test_who_once_led_may_be_in(cast: Cast, enter: Enter) -> None:
    BoardDirector.objects.filter(person=cast.bram).update(valid_until=dt.date(2021, 1, 1))
    make_membership(cast.bram, cast.duin, Role.TEACHER)
    enter(cast.karin).post(new(cast.zandplaat), filled(cast.noor, cast.bram))
    assert PopGroup.objects.filter(name="Middenbouw").exists()


@pytest.mark.parametrize("who", ["olaf", "vera"])
def test_no_consultant_and_nobody_of_another_board(cast: Cast, enter: Enter, who: str) -> None:
    answer = enter(cast.karin).post(new(cast.zandplaat), filled(cast.noor, getattr(cast, who)))
    text = answer.content.decode()
    assert "An external consultant can&#x27;t be in a group" in text
    assert getattr(cast, who).name not in text
    assert PopGroup.objects.count() == 1


def test_who_left_the_school_is_not_offered(cast: Cast, enter: Enter) -> None:
    Membership.objects.filter(person=cast.ilse).update(
        valid_until=timezone.localdate() - dt.timedelta(days=1)
    )
    client = enter(cast.karin)
    assert "Ilse Bakker" not in client.get(new(cast.zandplaat)).content.decode()
    client.post(new(cast.zandplaat), filled(cast.noor, cast.ilse))
    assert PopGroup.objects.count() == 1


def test_without_a_board_only_the_school_itself(cast: Cast, enter: Enter) -> None:
    make_person("Coba Vaart", cast.vaart, Role.TEACHER, Role.COORDINATOR)
    text = enter(User.objects.get(name="Coba Vaart")).get(new(cast.vaart)).content.decode()
    assert "Vera Elders" in text
    assert "Noor de Wit" not in text


@pytest.mark.parametrize("ids", [[0], ["x"], ["\x00"], ["9" * 40], ["-1"], ["1.5"], [""]])
def test_ids_that_are_nobody_are_refused(cast: Cast, enter: Enter, ids: list[Any]) -> None:
    answer = enter(cast.karin).post(new(cast.zandplaat), filled(*ids))
    assert answer.status_code == 200
    assert "is-invalid" in answer.content.decode()
    assert PopGroup.objects.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "x" * 81, "x" * 1_000_000])
def test_a_bad_name_is_refused_with_a_message(cast: Cast, enter: Enter, name: str) -> None:
    answer = enter(cast.karin).post(new(cast.zandplaat), filled(cast.noor, name=name))
    assert "Not saved yet" in answer.content.decode()
    assert PopGroup.objects.count() == 1


@pytest.mark.parametrize("name", ["Groep 🌱", "مجموعة", "Groep <b>Blauw</b>"])
def test_any_real_name_is_kept(cast: Cast, enter: Enter, name: str) -> None:
    client = enter(cast.karin)
    client.post(new(cast.zandplaat), filled(cast.noor, name=name))
    assert PopGroup.objects.filter(name=name).exists()
    assert "<b>Blauw</b>" not in client.get(of(cast.zandplaat)).content.decode()


def test_nothing_filled_in_says_what_is_needed(cast: Cast, enter: Enter) -> None:
    text = enter(cast.karin).post(new(cast.zandplaat), {}).content.decode()
    assert "Choose who is in the group." in text


def test_a_school_that_is_none_is_404(cast: Cast, enter: Enter) -> None:
    client = enter(cast.karin)
    assert client.get(f"/scholen/{10**30}/groepen/").status_code == 404
    assert client.get("/scholen/0/groepen/nieuw/").status_code == 404


@pytest.mark.parametrize("who", ["hanneke", "olaf"])
def test_the_verb_itself_refuses_too(cast: Cast, who: str) -> None:
    people = [place(cast.noor), place(getattr(cast, who))]
    year = SchoolYear.of(timezone.localdate())
    with pytest.raises(MoveRefused):
        PopGroup.found(
            cast.zandplaat, people, name="Stil", kind="team", year=year, by=cast.karin, at=timezone.now()
        )
    assert not PopGroup.objects.filter(name="Stil").exists()
    with pytest.raises(MoveRefused):
        cast.group.propose(place(getattr(cast, who)), timezone.now())
