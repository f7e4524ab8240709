"""The school's agreement: proposed by one, settled by the other, accepted by each for themselves."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.dossier.content import accepted
from coaching.home import next_things
from coaching.lib.states import MoveRefused, StaleMove
from coaching.today import Today
from schools.models import Role, RoleHeld, School, SchoolAcceptance, SchoolAgreement, User
from schools.school_agreements import (
    accept,
    default_text,
    forget_acceptances,
    in_force,
    propose,
    settle,
    staff_now,
    standing_of,
    take_back,
)
from tests.people import Cast, again, make_membership, make_person, settle_in
from tests.schools.screens import as_

pytestmark = pytest.mark.django_db
AT = timezone.now()


def address(name: str, *args: int) -> str:
    return reverse(name, args=args)


def shown(person: User, school: School) -> str:
    reply = as_(again(person)).get(address("school_agreement", school.pk))
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


@pytest.fixture
def agreed(cast: Cast) -> SchoolAgreement:
    """Version 1 holds; nobody accepted it yet."""
    made = propose(cast.zandplaat, "De directeur ziet geen casussen.", seen=0, by=cast.karin, at=AT)
    settle(cast.zandplaat, made.pk, cast.hanneke, AT)
    return SchoolAgreement.objects.get(pk=made.pk)


# -- written together --------------------------------------------------------------------------------------


def test_it_starts_from_a_text_with_the_schools_own_terms(cast: Cast) -> None:
    School.objects.filter(pk=cast.zandplaat.pk).update(notes_kept_days=12, confidant="Joke Prins")
    shown_text = (
        as_(cast.hanneke).get(address("propose_school_agreement", cast.zandplaat.pk)).content.decode()
    )
    for words in (
        "na 12 dagen",
        "Joke Prins",
        "Niet voor beoordeling",
        "Wat de directeur niet ziet",
        "de 2 daarna",
    ):
        assert words in shown_text, words
    assert "%(" not in default_text(cast.zandplaat)


def test_one_proposes_the_other_says_yes_and_then_it_holds(cast: Cast) -> None:
    school, key = cast.zandplaat, str(uuid.uuid4())
    form = {"text": "Niets voor beoordeling.", "seen": 0, "once_key": key}
    for _time in range(2):
        as_(cast.karin).post(address("propose_school_agreement", school.pk), form)
    proposal = SchoolAgreement.objects.get()
    assert (proposal.version, proposal.proposed_as, in_force(school)) == (1, Role.COORDINATOR, None)
    assert "Niets voor beoordeling." not in shown(cast.noor, school), "a proposal is of those two"
    yes = address("settle_school_agreement", school.pk, proposal.pk)
    assert yes not in shown(cast.karin, school) and yes in shown(cast.hanneke, school)
    as_(cast.karin).post(yes)
    assert in_force(school) is None, "who proposed it does not settle it"
    as_(cast.hanneke).post(yes)
    assert in_force(school) == proposal and "Niets voor beoordeling." in shown(cast.noor, school)


def test_who_holds_both_roles_does_not_settle_alone(cast: Cast) -> None:
    RoleHeld.objects.create(membership=cast.hanneke.memberships.get(), role=Role.COORDINATOR)
    both = again(cast.hanneke)
    proposal = propose(cast.zandplaat, "Tekst", seen=0, by=both, at=AT)
    with pytest.raises(MoveRefused):
        settle(cast.zandplaat, proposal.pk, both, AT)
    settle(cast.zandplaat, proposal.pk, cast.karin, AT)
    assert in_force(cast.zandplaat) == proposal


def test_the_other_changes_it_first_and_the_first_says_yes(cast: Cast) -> None:
    first = propose(cast.zandplaat, "Eerst", seen=0, by=cast.karin, at=AT)
    second = propose(cast.zandplaat, "Daarna", seen=first.pk, by=cast.hanneke, at=AT)
    with pytest.raises(StaleMove):
        settle(cast.zandplaat, first.pk, cast.hanneke, AT)
    settle(cast.zandplaat, second.pk, cast.karin, AT)
    current = in_force(cast.zandplaat)
    assert current and (current.text, current.version) == ("Daarna", 1)
    old = SchoolAgreement.objects.replaced().get()
    assert (old.text, old.proposed_by, old.replaced_at) == ("Eerst", cast.karin, AT)
    for reader, sees in ((cast.karin, True), (cast.hanneke, True), (cast.noor, False), (cast.olaf, False)):
        page = as_(reader).get(address("school_agreement_versions", cast.zandplaat.pk)).content.decode()
        assert ("Eerst" in page) == sees and "Daarna" in page


def test_two_who_write_at_once_lose_nothing(cast: Cast, agreed: SchoolAgreement) -> None:
    propose(cast.zandplaat, "Van Karin", seen=agreed.pk, by=cast.karin, at=AT)
    form = {"text": "Van Hanneke", "seen": agreed.pk}
    reply = as_(cast.hanneke).post(address("propose_school_agreement", cast.zandplaat.pk), form)
    words = reply.content.decode()
    assert "Van Hanneke" in words and "Van Karin" in words and reply.context["form"].non_field_errors()
    assert SchoolAgreement.objects.proposed().get().text == "Van Karin"


@pytest.mark.parametrize(
    "form", [{"text": ""}, {"text": "x" * 8001}, {"text": "x", "seen": "een"}, {"text": "\x00"}]
)
def test_what_can_not_be_a_text_is_refused(cast: Cast, form: dict[str, Any]) -> None:
    reply = as_(cast.karin).post(address("propose_school_agreement", cast.zandplaat.pk), {"seen": 0, **form})
    assert reply.context["form"].errors and not SchoolAgreement.objects.exists()


# -- accepted one by one -----------------------------------------------------------------------------------


def test_each_says_yes_and_takes_it_back(cast: Cast, agreed: SchoolAgreement) -> None:
    school = cast.zandplaat
    for person in (cast.noor, cast.hanneke, cast.noor):
        as_(person).post(address("accept_school_agreement", school.pk, 1))
    assert "Je ging akkoord op" in shown(cast.noor, school)
    as_(cast.noor).post(address("take_back_acceptance", school.pk))
    assert SchoolAcceptance.objects.get().membership.person == cast.hanneke


@pytest.mark.parametrize("who", ["tom", "karin", "hanneke", "olaf"])
def test_what_others_read_stands_still_whoever_agrees_or_not(
    cast: Cast, agreed: SchoolAgreement, who: str
) -> None:
    """The page and the dossier: one after the other agrees, until all did; one takes it back."""
    school, onlooker = cast.zandplaat, getattr(cast, who)
    seen = [seen_by(onlooker, school)]
    for place in staff_now(school).exclude(person=onlooker).select_related("person"):
        accept(school, 1, place.person, AT)
        seen.append(seen_by(onlooker, school))
    take_back(school, cast.noor)
    assert {*seen, seen_by(onlooker, school)} == {seen[0]}
    assert ("10 collega's" in seen[0][0].replace("&#x27;", "'")) is (who != "olaf"), "how many are asked"
    assert "Aan 10 collega's is gevraagd" in seen[0][1].replace("’", "'")


def seen_by(person: User, school: School) -> tuple[str, str]:
    page = shown(person, school).partition("<main")[2].partition("</main>")[0]
    return re.sub(r'value="[^"]{20,}"', "", page), accepted(school, in_force(school))


def test_a_new_text_asks_everybody_anew(cast: Cast, agreed: SchoolAgreement) -> None:
    school = cast.zandplaat
    accept(school, 1, cast.noor, AT)
    newer = propose(school, "Versie twee", seen=agreed.pk, by=cast.hanneke, at=AT)
    assert standing_of(school, cast.noor).mine, "a proposal changes nothing"
    settle(school, newer.pk, cast.karin, AT)
    assert not standing_of(school, cast.noor).mine
    as_(cast.noor).post(address("accept_school_agreement", school.pk, 1))
    assert not standing_of(school, cast.noor).mine, "nobody agrees to a text that is no more"
    as_(cast.noor).post(address("accept_school_agreement", school.pk, 2))
    assert standing_of(school, cast.noor).mine
    both = as_(cast.tom).get(address("school_agreement_versions", school.pk)).content.decode()
    assert "De directeur ziet geen casussen." in both and "Versie twee" in both


def test_a_consultant_reads_the_text_and_no_names(cast: Cast, agreed: SchoolAgreement) -> None:
    accept(cast.zandplaat, 1, cast.noor, AT)
    words = shown(cast.olaf, cast.zandplaat)
    assert agreed.text in words and "Noor de Wit" not in words
    reply = as_(cast.olaf).post(address("accept_school_agreement", cast.zandplaat.pk, 1))
    assert reply.status_code == 403 and not SchoolAcceptance.objects.filter(membership__person=cast.olaf)


def test_who_left_is_counted_no_more(cast: Cast, agreed: SchoolAgreement) -> None:
    accept(cast.zandplaat, 1, cast.tom, AT)
    before = standing_of(cast.zandplaat, cast.tom)
    cast.tom.memberships.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    after = standing_of(cast.zandplaat, cast.tom)
    assert before.mine and not after.mine and after.asked == before.asked - 1
    accept(cast.zandplaat, 1, cast.noor, AT)
    assert forget_acceptances(timezone.localdate()) == 1
    assert SchoolAcceptance.objects.get().membership.person == cast.noor


@pytest.mark.parametrize(("who", "status"), [("bram", 403), ("vera", 404), (None, 302)])
def test_others_do_not_read_it(cast: Cast, agreed: SchoolAgreement, who: str | None, status: int) -> None:
    client = as_(getattr(cast, who)) if who else Client()
    assert client.get(address("school_agreement", cast.zandplaat.pk)).status_code == status


# -- home asks ---------------------------------------------------------------------------------------------


def titles(person: User) -> list[str]:
    return [thing.title for thing in next_things(Today(again(person), timezone.now()))]


def test_home_asks_once_and_no_longer_than_needed(cast: Cast, agreed: SchoolAgreement) -> None:
    settle_in(cast.ilse)
    title = "De afspraak van De Zandplaat"
    assert title in titles(cast.ilse) and title in titles(cast.hanneke)
    for person in (cast.ilse, cast.hanneke):
        accept(cast.zandplaat, 1, person, AT)
        assert title not in titles(person)
    assert title not in titles(cast.olaf), "who advises from outside is not asked"
    other = make_person("Elders Erbij", cast.duin)
    make_membership(other, cast.zandplaat, Role.TEACHER)
    assert title in titles(other)


def test_home_tells_the_other_of_a_proposal(cast: Cast, agreed: SchoolAgreement) -> None:
    propose(cast.zandplaat, "Versie twee", seen=agreed.pk, by=cast.hanneke, at=AT)
    title = "Een tekst voor de afspraak van De Zandplaat"
    assert (
        title in titles(cast.karin) and title not in titles(cast.hanneke) and title not in titles(cast.noor)
    )
