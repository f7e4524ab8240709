"""A POP is shared as a version: frozen, numbered, signed by two, and what changed between two of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from coaching.lib.states import MoveRefused, StaleMove
from portfolio.document import digest_of, document_of
from portfolio.models import DevelopmentPlan, Entry, Goal, PlanVersion, Share, SignatureKind
from portfolio.sharing import share
from portfolio.versions import share_plan, sign, take_back
from schools.models import OutgoingMail, Role, RoleHeld, SchoolYear, User
from tests.people import Cast, again, make_membership

pytestmark = pytest.mark.django_db
QUESTION = "Hoe kan ik rustig starten?"


@pytest.fixture
def pop(cast: Cast) -> DevelopmentPlan:
    plan = DevelopmentPlan.objects.create(owner=cast.samir, year=SchoolYear.of(timezone.localdate()))
    Goal.objects.create(plan=plan, order=1, question=QUESTION)
    return plan


def shared_with(plan: DevelopmentPlan, *viewers: User) -> PlanVersion:
    plan = DevelopmentPlan.objects.get(pk=plan.pk)
    until = timezone.localdate() + dt.timedelta(days=30)
    given_to = [(viewer, "") for viewer in viewers]
    return share_plan(plan, given_to, seen=digest_of(document_of(plan)), until=until, at=timezone.now())


def rewrite(plan: DevelopmentPlan, question: str) -> None:
    Goal.objects.filter(plan=plan, order=1).update(question=question)


def address(version: PlanVersion, rest: str = "") -> str:
    return f"/pop/versie/{version.pk}/{rest}"


def text_of(client: Client, person: User, url: str, status: int = 200) -> str:
    client.force_login(person)
    reply = client.get(url)
    assert reply.status_code == status
    return str(reply.content.decode())


# -- sharing -----------------------------------------------------------------------------------------------


def test_the_list_before_sharing_is_what_is_shared(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    page = text_of(client, cast.samir, f"/pop/{pop.pk}/delen/?viewer={cast.hanneke.pk}")
    assert QUESTION in page and "Hanneke Smit" in page and "Ilse Bakker" not in page
    assert not PlanVersion.objects.exists()
    told = {"viewers": [cast.hanneke.pk], "until": "2099-01-01", "seen": digest_of(document_of(pop))}
    reply = client.post(f"/pop/{pop.pk}/delen/", told)
    version = PlanVersion.objects.get()
    assert reply["Location"] == address(version)
    assert QUESTION in text_of(client, cast.hanneke, address(version))
    pop.refresh_from_db()
    assert pop.state == "shared" and pop.moves.get().after == "shared"


def test_a_plan_changed_between_list_and_button_is_shown_again(
    cast: Cast, client: Client, pop: DevelopmentPlan
) -> None:
    seen = digest_of(document_of(pop))
    rewrite(pop, "Hoe zeg ik nee?")
    client.force_login(cast.samir)
    told = {"viewers": [cast.hanneke.pk], "until": "2099-01-01", "seen": seen}
    reply = client.post(f"/pop/{pop.pk}/delen/", told)
    assert reply.status_code == 409 and "Hoe zeg ik nee?" in reply.content.decode()
    assert not PlanVersion.objects.exists() and not Share.objects.exists()
    now = digest_of(document_of(DevelopmentPlan.objects.get(pk=pop.pk)))
    assert now in reply.content.decode()
    assert client.post(f"/pop/{pop.pk}/delen/", {**told, "seen": now}).status_code == 302
    assert PlanVersion.objects.get().content["goals"][0]["question"] == "Hoe zeg ik nee?"


def test_a_group_is_a_quick_way_to_pick_its_members_of_today(
    cast: Cast, client: Client, pop: DevelopmentPlan
) -> None:
    page = text_of(client, cast.samir, f"/pop/{pop.pk}/delen/?group={cast.group.pk}")
    assert all(person.name in page for person in (cast.noor, cast.tom, cast.lieke, cast.esra))
    assert cast.gone.name not in page and cast.ilse.name not in page
    told = {"viewers": [cast.noor.pk, cast.ilse.pk], "until": "2099-01-01", "group": cast.group.pk}
    client.post(f"/pop/{pop.pk}/delen/", {**told, "seen": digest_of(document_of(pop))})
    via = dict(Share.objects.values_list("viewer__name", "via"))
    assert via == {"Noor de Wit": f"group:{cast.group.pk}", "Ilse Bakker": ""}


@pytest.mark.parametrize(
    "query",
    [
        "viewer=999",
        "viewer=",
        "group=999",
        "viewer=een",
        "group=" + "9" * 40,
        "viewer={vera}",
        "viewer={olaf}",
    ],
)
def test_nobody_else_can_be_picked(cast: Cast, client: Client, pop: DevelopmentPlan, query: str) -> None:
    query = query.format(vera=cast.vera.pk, olaf=cast.olaf.pk)
    page = text_of(client, cast.samir, f"/pop/{pop.pk}/delen/?{query}")
    assert QUESTION not in page and "Vera Elders" not in page


@pytest.mark.parametrize(
    "told", [{"viewers": []}, {"until": "2020-01-01"}, {"until": "gisteren"}, {"group": "7"}]
)
def test_a_refused_sharing_shares_nothing(
    cast: Cast, client: Client, pop: DevelopmentPlan, told: dict[str, object]
) -> None:
    client.force_login(cast.samir)
    right = {"viewers": [cast.tom.pk], "until": "2099-01-01", "seen": digest_of(document_of(pop))}
    assert client.post(f"/pop/{pop.pk}/delen/", {**right, **told}).status_code == 422
    assert not Share.objects.exists() and not PlanVersion.objects.exists()


def test_who_gets_it_is_told_once_that_there_is_something_to_read(cast: Cast, pop: DevelopmentPlan) -> None:
    shared_with(pop, cast.hanneke)
    shared_with(pop, cast.hanneke)
    mail = OutgoingMail.objects.get()
    assert (mail.person, mail.school) == (cast.hanneke, None)
    assert "/gedeeld-met-mij/" in mail.body and QUESTION not in mail.body


def test_what_is_written_later_is_in_no_shared_version(
    cast: Cast, client: Client, pop: DevelopmentPlan
) -> None:
    version = shared_with(pop, cast.hanneke)
    rewrite(pop, "Iets van mij alleen")
    assert "Iets van mij alleen" not in text_of(client, cast.hanneke, address(version))
    assert "Iets van mij alleen" in text_of(client, cast.samir, f"/pop/{pop.pk}/verschil/")


def test_sharing_an_unchanged_plan_again_is_the_same_version(cast: Cast, pop: DevelopmentPlan) -> None:
    assert shared_with(pop, cast.hanneke) == shared_with(pop, cast.tom)
    rewrite(pop, "Anders")
    assert shared_with(pop, cast.tom).number == 2


def test_sharing_again_begins_with_the_same_people_and_day(
    cast: Cast, client: Client, pop: DevelopmentPlan
) -> None:
    shared_with(pop, cast.hanneke, cast.tom)
    rewrite(pop, "Anders")
    page = text_of(client, cast.samir, f"/pop/{pop.pk}/delen/?again=1")
    assert (
        "Hanneke Smit" in page and "Tom Veenstra" in page and "Ilse Bakker" not in page and "Anders" in page
    )
    assert (timezone.localdate() + dt.timedelta(days=30)).isoformat() in page


def test_freezing_needs_what_was_seen(cast: Cast, pop: DevelopmentPlan) -> None:
    with pytest.raises(StaleMove):
        share_plan(pop, [(cast.tom, "")], seen="", until=timezone.localdate(), at=timezone.now())


def test_taking_back_ends_every_version_at_once(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    first = shared_with(pop, cast.hanneke, cast.tom)
    rewrite(pop, "Anders")
    second = shared_with(pop, cast.hanneke)
    assert text_of(client, cast.hanneke, address(second, f"verschil/{first.pk}/"))
    share = Share.objects.get(plan_version=second, viewer=cast.hanneke)
    client.force_login(cast.samir)
    client.post(f"/delen/{share.pk}/intrekken/")
    for version in (first, second):
        text_of(client, cast.hanneke, address(version), status=404)
    text_of(client, cast.hanneke, address(second, f"verschil/{first.pk}/"), status=404)
    text_of(client, cast.tom, address(first))


def test_openings_are_the_owners_to_see(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    version = shared_with(pop, cast.hanneke)
    assert "nog niet geopend" in text_of(client, cast.samir, address(version))
    text_of(client, cast.hanneke, address(version))
    assert "nog niet geopend" not in text_of(client, cast.samir, address(version))


def test_all_that_is_shared_with_me_is_on_one_page(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    version = shared_with(pop, cast.hanneke)
    for page in ("/gedeeld-met-mij/", "/"):
        assert address(version) in text_of(client, cast.hanneke, page)
        assert address(version) not in text_of(client, cast.tom, page)


# -- signatures --------------------------------------------------------------------------------------------


def test_teacher_and_director_each_sign_and_neither_undoes_the_other(
    cast: Cast, client: Client, pop: DevelopmentPlan
) -> None:
    version = shared_with(pop, cast.hanneke)
    for person, verb in ((cast.samir, "opgesteld"), (cast.hanneke, "besproken")):
        client.force_login(person)
        client.post(address(version, f"{verb}/"))
    kinds = {signature.kind: signature for signature in version.signatures.all()}
    assert {kind: s.person for kind, s in kinds.items()} == {
        "drawn_up": cast.samir,
        "discussed": cast.hanneke,
    }
    pop.refresh_from_db()
    assert pop.state == "discussed"
    assert client.post(f"/handtekening/{kinds['drawn_up'].pk}/weg/").status_code == 403
    client.force_login(cast.samir)
    assert client.post(f"/handtekening/{kinds['discussed'].pk}/weg/").status_code == 403
    assert version.signatures.count() == 2
    client.force_login(cast.hanneke)
    client.post(f"/handtekening/{kinds['discussed'].pk}/weg/")
    pop.refresh_from_db()
    assert pop.state == "shared" and version.signatures.get().kind == "drawn_up"


@pytest.mark.parametrize("who", ["tom", "karin", "samir"])
def test_only_who_leads_the_owner_says_it_was_discussed(cast: Cast, pop: DevelopmentPlan, who: str) -> None:
    version = shared_with(pop, cast.hanneke, cast.tom, cast.karin)
    with pytest.raises(MoveRefused):
        sign(version, SignatureKind.DISCUSSED, getattr(cast, who), timezone.now())


def test_nobody_but_the_owner_drew_it_up(cast: Cast, pop: DevelopmentPlan) -> None:
    version = shared_with(pop, cast.hanneke)
    with pytest.raises(MoveRefused):
        sign(version, SignatureKind.DRAWN_UP, cast.hanneke, timezone.now())


def test_a_colleague_who_came_to_lead_reads_and_signs_nothing(
    cast: Cast, client: Client, pop: DevelopmentPlan
) -> None:
    version = shared_with(pop, cast.tom)
    RoleHeld.objects.create(membership=cast.tom.memberships.get(), role=Role.DIRECTOR)
    text_of(client, cast.tom, address(version), status=404)
    with pytest.raises(MoveRefused):
        sign(version, SignatureKind.DISCUSSED, again(cast.tom), timezone.now())


def test_a_signature_stands_once_and_under_the_newest_version_given(cast: Cast, pop: DevelopmentPlan) -> None:
    at, first = timezone.now(), shared_with(pop, cast.hanneke)
    sign(first, SignatureKind.DISCUSSED, cast.hanneke, at)
    with pytest.raises(MoveRefused):
        sign(first, SignatureKind.DISCUSSED, cast.hanneke, at)
    rewrite(pop, "Anders")
    second = shared_with(pop, cast.hanneke)
    pop.refresh_from_db()
    assert pop.state == "shared"  # what is new was not talked over yet
    take_back(first.signatures.get(), at)
    pop.refresh_from_db()
    assert pop.state == "shared"
    with pytest.raises(MoveRefused):
        sign(first, SignatureKind.DISCUSSED, cast.hanneke, at)
    assert sign(second, SignatureKind.DISCUSSED, cast.hanneke, at).version == second


def test_whom_else_it_was_talked_over_with_is_for_its_owner(
    cast: Cast, client: Client, pop: DevelopmentPlan
) -> None:
    version = shared_with(pop, cast.hanneke, cast.tom)
    sign(version, SignatureKind.DISCUSSED, cast.hanneke, timezone.now())
    assert "Hanneke Smit" not in text_of(client, cast.tom, address(version))
    for person in (cast.hanneke, cast.samir):
        assert "Hanneke Smit" in text_of(client, person, address(version))


# -- ends ----------------------------------------------------------------------------------------------------


def test_who_leads_no_more_reads_no_agreements(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    DevelopmentPlan.objects.filter(pk=pop.pk).update(agreements="walnotenboom")
    version = shared_with(pop, cast.hanneke)
    assert "walnotenboom" in text_of(client, cast.hanneke, address(version))
    RoleHeld.objects.filter(membership__person=cast.hanneke).update(role=Role.TEACHER)
    assert "walnotenboom" not in text_of(client, cast.hanneke, address(version))


@pytest.mark.parametrize("leaver", ["tom", "samir"])
def test_what_goes_via_a_group_ends_with_the_place_at_school(
    cast: Cast, pop: DevelopmentPlan, leaver: str
) -> None:
    """Also for who still works elsewhere with the other."""
    for person in (cast.tom, cast.samir):
        make_membership(person, cast.duin)
    version = shared_with(pop)
    share(version, cast.tom, until=None, at=timezone.now(), via=f"group:{cast.group.pk}")
    assert version in PlanVersion.objects.visible_to(cast.tom)
    person = getattr(cast, leaver)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    person.memberships.filter(school=cast.zandplaat).update(valid_until=yesterday)
    assert version not in PlanVersion.objects.visible_to(cast.tom)


def test_one_end_date_counts_for_all_versions(cast: Cast, pop: DevelopmentPlan) -> None:
    shared_with(pop, cast.hanneke)
    rewrite(pop, "Anders")
    plan = DevelopmentPlan.objects.get(pk=pop.pk)
    today = timezone.localdate()
    seen = digest_of(document_of(plan))
    share_plan(plan, [(cast.hanneke, "")], seen=seen, until=today, at=timezone.now())
    assert set(Share.objects.values_list("until", flat=True)) == {today}


def test_a_version_is_taken_away_by_its_owner_alone(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    version = shared_with(pop, cast.hanneke)
    sign(version, SignatureKind.DISCUSSED, cast.hanneke, timezone.now())
    client.force_login(cast.hanneke)
    assert client.post(address(version, "weg/")).status_code == 403
    assert "weg" in text_of(client, cast.samir, address(version, "weg/"))
    client.post(address(version, "weg/"))  # asks first
    assert PlanVersion.objects.exists()
    client.post(address(version, "weg/"), {"sure": "1"})
    pop.refresh_from_db()
    assert not PlanVersion.objects.exists() and not Share.objects.exists() and pop.state == "concept"


def test_an_erased_example_stands_in_no_version(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    entry = Entry.objects.create(owner=cast.samir, kind="success", title="pruimenboom")
    pop.goals.get().proof.add(entry)
    version = shared_with(pop, cast.hanneke)
    assert "pruimenboom" in text_of(client, cast.hanneke, address(version))
    entry.erase()
    assert "pruimenboom" not in text_of(client, cast.hanneke, address(version))


def test_hours_are_said_as_dutch_says_them(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    """One and a half hour is "1,5 uur"."""
    DevelopmentPlan.objects.update(agreed_minutes=90)
    Goal.objects.get().actions.create(what="Kijken", minutes=150)
    page = text_of(client, cast.samir, f"/pop/{pop.pk}/delen/?viewer={cast.hanneke.pk}")
    assert "1,5 uur<" in page and "2,5 uur " in page and "uren" not in page.split("pop-document")[1]
