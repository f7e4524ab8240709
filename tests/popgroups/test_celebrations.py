"""Successes on the wall of a group: shared by their owner, read by members of today, taken back at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from popgroups.celebrations import celebrate, forget_celebrations, wall_of
from popgroups.models import Celebration
from portfolio.models import Entry
from schools.models import BoardDirector, Role, User
from tests.people import Cast, again, make_group, make_place
from tests.portfolio.test_files import add

NOW = timezone.now


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return Entry.objects.create(owner=cast.noor, kind="success", title="Stil startblokje", text="Het lukte!")


@pytest.fixture
def noor(cast: Cast, client: Client) -> Client:
    client.force_login(cast.noor)
    return client


def wall(cast: Cast, reader: User) -> str:
    browser = Client()
    browser.force_login(reader)
    return browser.get(reverse("group", args=[cast.group.pk])).content.decode()


def test_first_it_says_who_will_read_what(cast: Cast, noor: Client, entry: Entry) -> None:
    add(entry, "geheim.txt", b"alleen voor mij")
    text = noor.get(reverse("celebrate", args=[entry.pk])).content.decode()
    for name in (
        "Samir Haddou",
        "Tom Veenstra",
        "Lieke Jansen",
        "Esra Kaya",
        "Het lukte!",
        "Stil startblokje",
    ):
        assert name in text
    for name in ("Hanneke", "Karin", "Gerrit", "geheim.txt"):
        assert name not in text
    assert not Celebration.objects.exists()


def test_it_stands_on_the_wall_for_members_until_taken_back(cast: Cast, noor: Client, entry: Entry) -> None:
    address = reverse("celebrate", args=[entry.pk])
    for _twice in range(2):
        noor.post(address, {"group": cast.group.pk})
    shared = Celebration.objects.get()
    for reader in cast.members:
        text = wall(cast, reader)
        assert "Stil startblokje" in text and "Het lukte!" in text and "Gedeelde successen" in text
    assert "De leden van Bovenbouw" in noor.get(reverse("entry", args=[entry.pk])).content.decode()
    noor.post(reverse("take_back_celebration", args=[shared.pk]))
    assert "Stil startblokje" not in wall(cast, cast.tom)
    assert Entry.objects.filter(pk=entry.pk).exists()


def test_no_coordinator_director_or_guest_reads_the_wall(cast: Cast, entry: Entry) -> None:
    celebrate(cast.group, entry, NOW())
    for reader in (cast.karin, cast.hanneke, cast.olaf, cast.bram, cast.ilse, cast.gone, cast.vera):
        assert "Stil startblokje" not in wall(cast, reader)
        assert not Celebration.objects.visible_to(reader).exists()


def test_a_coordinator_who_is_a_member_reads_it(cast: Cast, entry: Entry) -> None:
    celebrate(cast.group, entry, NOW())
    make_place(cast.group, cast.karin)
    assert "Stil startblokje" in wall(cast, cast.karin)


def test_a_member_who_came_to_lead_the_school_reads_it_no_more(cast: Cast, entry: Entry) -> None:
    celebrate(cast.group, entry, NOW())
    cast.tom.memberships.get().roles.create(role=Role.DIRECTOR)
    assert not Celebration.objects.visible_to(again(cast.tom)).exists()


def test_the_head_of_the_board_reads_it_no_more_either(cast: Cast, entry: Entry) -> None:
    celebrate(cast.group, entry, NOW())
    assert Celebration.objects.visible_to(cast.tom).exists()
    BoardDirector.objects.create(board=cast.board, person=cast.tom)
    assert not Celebration.objects.visible_to(again(cast.tom)).exists()
    assert "Stil startblokje" not in wall(cast, cast.tom)


def test_who_left_the_group_or_the_school_reads_it_no_more(cast: Cast, entry: Entry) -> None:
    celebrate(cast.group, entry, NOW())
    cast.group.members.get(membership__person=cast.tom).leave(NOW())
    cast.samir.memberships.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    for reader in (cast.tom, cast.samir):
        assert not Celebration.objects.visible_to(again(reader)).exists()
        assert "Stil startblokje" not in wall(cast, reader)
    assert "Stil startblokje" in wall(cast, cast.lieke)


def test_its_owner_keeps_it_who_came_to_lead(cast: Cast, entry: Entry) -> None:
    """It is theirs to take back; the others still read it while the owner is a member."""
    shared = celebrate(cast.group, entry, NOW())
    cast.noor.memberships.get().roles.create(role=Role.DIRECTOR)
    assert list(Celebration.objects.visible_to(again(cast.noor))) == [shared]


def test_files_and_their_names_stay_off_the_wall(cast: Cast, entry: Entry) -> None:
    kept = add(entry, "geheim.txt", b"alleen voor mij")
    celebrate(cast.group, entry, NOW())
    assert "geheim.txt" not in wall(cast, cast.tom)
    browser = Client()
    browser.force_login(cast.tom)
    assert browser.get(reverse("file", args=[kept.pk])).status_code == 404
    assert browser.get(reverse("entry", args=[entry.pk])).status_code == 404


def test_answers_of_a_structured_success_are_read_too(cast: Cast, entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(structure="starr")
    entry.write_parts({"result": "Iedereen begon vanzelf"})
    celebrate(cast.group, entry, NOW())
    assert "Iedereen begon vanzelf" in wall(cast, cast.tom)


def test_leaving_the_group_takes_it_down(cast: Cast, entry: Entry) -> None:
    celebrate(cast.group, entry, NOW())
    cast.group.members.get(membership__person=cast.noor).leave(NOW())
    assert not Celebration.objects.exists()


def test_leaving_the_school_hides_it_and_the_night_takes_it_down(cast: Cast, entry: Entry) -> None:
    celebrate(cast.group, entry, NOW())
    theirs = Entry.objects.create(owner=cast.tom, kind="success", title="Van Tom")
    celebrate(cast.group, theirs, NOW())
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    cast.noor.memberships.update(valid_until=yesterday)
    assert "Stil startblokje" not in wall(cast, cast.tom)
    call_command("clean_up", verbosity=0)
    assert Celebration.objects.get().entry == theirs
    assert forget_celebrations() == 0


def test_what_is_no_success_any_more_is_not_on_the_wall(cast: Cast, entry: Entry) -> None:
    celebrate(cast.group, entry, NOW())
    Entry.objects.filter(pk=entry.pk).update(kind="reflection")
    assert wall_of(cast.group, cast.tom) == []


@pytest.mark.parametrize("kind", ["reflection", "proof", "feedback"])
def test_only_a_success_is_offered(noor: Client, entry: Entry, kind: str) -> None:
    Entry.objects.filter(pk=entry.pk).update(kind=kind)
    assert noor.get(reverse("celebrate", args=[entry.pk])).status_code == 403
    assert (
        reverse("celebrate", args=[entry.pk])
        not in noor.get(reverse("entry", args=[entry.pk])).content.decode()
    )


def test_another_group_is_refused(cast: Cast, noor: Client, entry: Entry) -> None:
    other = make_group(cast.zandplaat, "Onderbouw", [cast.ilse])
    noor.post(reverse("celebrate", args=[entry.pk]), {"group": other.pk})
    noor.post(reverse("celebrate", args=[entry.pk]), {"group": "abc"})
    assert not Celebration.objects.exists()


def test_nobody_takes_back_what_is_not_theirs(cast: Cast, entry: Entry) -> None:
    shared = celebrate(cast.group, entry, NOW())
    browser = Client()
    browser.force_login(cast.tom)
    assert browser.post(reverse("take_back_celebration", args=[shared.pk])).status_code == 403
    assert Celebration.objects.exists()


def test_deleting_the_entry_takes_it_down(cast: Cast, entry: Entry) -> None:
    celebrate(cast.group, entry, NOW())
    entry.erase()
    assert not Celebration.objects.exists()
