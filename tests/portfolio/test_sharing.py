from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from portfolio.models import ActionPlan, Entry, EntryKind, Share
from portfolio.sharing import colleagues_of, share, with_rests
from schools.models import BoardDirector, Role, RoleHeld, User
from tests.people import Cast, make_group, make_membership, make_person, make_place


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
    share(plan, cast.tom, until=None, at=timezone.now())
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
    Share.objects.create(owner=entry.owner, entry=entry, viewer=cast.tom)
    assert list(Entry.objects.visible_to(cast.tom)) == [entry]
    getattr(cast, leaver).memberships.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    assert not Entry.objects.visible_to(cast.tom).exists()
    assert list(Entry.objects.visible_to(cast.noor)) == [entry]


RESTS = "leads your school by now"


@pytest.mark.parametrize("leads", ["school", "board"])
def test_what_a_colleague_was_trusted_with_closes_when_they_come_to_lead(
    cast: Cast, client: Client, leads: str
) -> None:
    """By every way in, and the owner reads so; shared again it is given to the director, and opens."""
    cast.noor.language = "en"
    cast.noor.save()
    plan = ActionPlan.objects.create(owner=cast.noor, intention="Ik tel eerst af.")
    entry = Entry.objects.create(owner=cast.noor, kind=EntryKind.SUCCESS, title="Het startblokje werkt")
    share(plan, cast.tom, until=None, at=timezone.now())
    Share.objects.create(owner=entry.owner, entry=entry, viewer=cast.tom)
    assert sees(cast.tom, plan, client)
    if leads == "board":
        BoardDirector.objects.create(board=cast.board, person=cast.tom)
    else:
        RoleHeld.objects.create(membership=cast.tom.memberships.get(), role=Role.DIRECTOR)
    assert not sees(cast.tom, plan, client)
    assert not Entry.objects.visible_to(cast.tom).exists()
    client.force_login(cast.noor)
    page = client.get(f"/actieplan/{plan.pk}/").content.decode()
    assert RESTS in page and "Only you see this plan." in page
    share(plan, cast.tom, until=None, at=timezone.now())
    assert sees(cast.tom, plan, client)
    client.force_login(cast.noor)
    page = client.get(f"/actieplan/{plan.pk}/").content.decode()
    assert RESTS not in page and "You and one colleague see this plan." in page


def sees(person: User, plan: ActionPlan, client: Client) -> bool:
    """Page, card on paper and home agree."""
    client.force_login(person)
    page = client.get(f"/actieplan/{plan.pk}/").status_code == 200
    listed = plan.intention in client.get("/").content.decode()
    assert (client.get(f"/actieplan/{plan.pk}/pdf/").status_code == 200) == listed == page
    return page


def test_a_share_with_a_director_stays_one_when_they_lead_no_more(cast: Cast) -> None:
    plan = ActionPlan.objects.create(owner=cast.noor, intention="Ik tel eerst af.")
    assert share(plan, cast.hanneke, until=None, at=timezone.now()).as_leader
    assert list(ActionPlan.objects.visible_to(cast.hanneke)) == [plan]
    RoleHeld.objects.filter(membership__person=cast.hanneke).update(role=Role.TEACHER)
    assert list(ActionPlan.objects.visible_to(cast.hanneke)) == [plan]


def test_a_director_elsewhere_is_a_colleague_as_before(cast: Cast) -> None:
    """They lead nobody of this school: what their colleagues here share with them stays open."""
    plan = ActionPlan.objects.create(owner=cast.noor, intention="Ik tel eerst af.")
    share(plan, cast.tom, until=None, at=timezone.now())
    make_membership(cast.tom, cast.duin, Role.DIRECTOR)
    assert list(ActionPlan.objects.visible_to(cast.tom)) == [plan]


@pytest.mark.parametrize("head", ["director", "board"])
def test_shares_of_before_stay_open_to_who_led_when_they_were_given(cast: Cast, head: str) -> None:
    leader = cast.hanneke if head == "director" else cast.bram
    plan = ActionPlan.objects.create(owner=cast.samir, intention="Ik ga rustig beginnen.")
    for viewer in (leader, cast.tom):
        Share.objects.create(owner=plan.owner, action_plan=plan, viewer=viewer)
    import_module("portfolio.migrations.0002_share_as_leader").keep_what_leaders_were_trusted_with(apps, None)
    assert [share.viewer for share in Share.objects.filter(as_leader=True)] == [leader]


def test_the_owner_is_told_that_a_share_opens_nothing_when_they_are_apart(cast: Cast) -> None:
    today, tomorrow = timezone.localdate(), timezone.localdate() + dt.timedelta(days=1)
    eva = make_person("Eva Duin", cast.duin)
    make_place(cast.group, eva)
    plan = ActionPlan.objects.create(owner=cast.noor, intention="Ik tel eerst af.")
    share(plan, eva, until=None, at=timezone.now(), via=f"group:{cast.group.pk}")
    share(plan, cast.tom, until=None, at=timezone.now())
    for day, names in ((today, ["Eva Duin", "Tom Veenstra"]), (tomorrow, ["Tom Veenstra"])):
        assert [row.viewer.name for row in opens(plan, cast.noor, day)] == names
        eva.memberships.update(valid_until=today)
    cast.tom.memberships.update(valid_until=today)
    assert not opens(plan, cast.noor, tomorrow)


def opens(plan: ActionPlan, owner: User, day: dt.date) -> list[Share]:
    """What the panel of the owner shows as open, which is what opens for its viewers."""
    rows = with_rests(plan.shares.all(), owner, day).filter(rests=False, apart=False).order_by("pk")
    assert [row.pk for row in rows] == [row.pk for row in plan.shares.order_by("pk") if is_open(row, day)]
    return list(rows)


def is_open(row: Share, day: dt.date) -> bool:
    return Share.objects.open_to(row.viewer, day).filter(pk=row.pk).exists()
