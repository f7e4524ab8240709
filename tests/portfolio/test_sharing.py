from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from portfolio.models import ActionPlan, Entry, EntryKind, Share
from portfolio.sharing import colleagues_of, share_plan
from tests.people import Cast, make_group, make_person, make_place


def test_colleagues_are_those_of_ones_school_with_its_name(cast: Cast) -> None:
    found = {person.name: vars(person)["school"] for person in colleagues_of(cast.noor)}
    assert found["Samir Haddou"] == found["Ilse Bakker"] == found["Hanneke Smit"] == "De Zandplaat"
    for outside in (cast.noor, cast.vera, cast.olaf, cast.bram):
        assert outside.name not in found


def test_members_of_ones_group_from_another_school_are_colleagues_while_they_are_in_it(cast: Cast) -> None:
    daan, eva = make_person("Daan Duin", cast.duin), make_person("Eva Duin", cast.duin)
    make_group(cast.zandplaat, "IB", [cast.noor, daan])
    make_place(cast.group, eva, left=timezone.localdate())
    names = [person.name for person in colleagues_of(cast.noor)]
    assert names.count("Daan Duin") == 1 and "Eva Duin" not in names
    assert "Noor de Wit" in [person.name for person in colleagues_of(daan)]


def test_who_left_the_school_is_no_colleague(cast: Cast) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    cast.tom.memberships.update(valid_until=yesterday)
    assert "Tom Veenstra" not in [person.name for person in colleagues_of(cast.noor)]


def test_a_consultant_does_not_learn_who_works_at_the_school(cast: Cast, client: Client) -> None:
    assert not colleagues_of(cast.olaf).exists()
    plan = ActionPlan.objects.create(owner=cast.olaf, intention="Ik vraag door.")
    client.force_login(cast.olaf)
    assert "Lieke" not in client.get(f"/actieplan/{plan.pk}/").content.decode()


@pytest.mark.parametrize("leaver", ["noor", "tom"])
def test_a_share_opens_nothing_once_giver_or_viewer_left_the_school(
    cast: Cast, client: Client, leaver: str
) -> None:
    plan = ActionPlan.objects.create(owner=cast.noor, intention="Ik tel eerst af.")
    share_plan(plan, cast.tom, until=None, at=timezone.now())
    client.force_login(cast.tom)
    assert client.get(f"/actieplan/{plan.pk}/").status_code == 200
    assert plan.intention in client.get("/").content.decode()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    getattr(cast, leaver).memberships.update(valid_until=yesterday)
    for address in (f"/actieplan/{plan.pk}/", f"/actieplan/{plan.pk}/pdf/"):
        assert client.get(address).status_code == 404
    assert plan.intention not in client.get("/").content.decode()


@pytest.mark.parametrize("leaver", ["noor", "tom"])
def test_a_shared_entry_does_not_outlive_being_colleagues(cast: Cast, leaver: str) -> None:
    entry = Entry.objects.create(owner=cast.noor, kind=EntryKind.SUCCESS, title="Het startblokje werkt")
    Share.objects.create(entry=entry, viewer=cast.tom)
    assert list(Entry.objects.visible_to(cast.tom)) == [entry]
    getattr(cast, leaver).memberships.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    assert not Entry.objects.visible_to(cast.tom).exists()
    assert list(Entry.objects.visible_to(cast.noor)) == [entry]
