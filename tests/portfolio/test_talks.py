"""Talks of two: what lies on the table, agreements both say yes to, and who reads none of it."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from coaching.feed import feed_of
from coaching.lib.states import MoveRefused
from portfolio import talks as verbs
from portfolio.document import digest_of, document_of
from portfolio.erasing import forget_talks, stray_drafts
from portfolio.models import (
    AgreedBefore,
    DevelopmentPlan,
    Goal,
    PlanVersion,
    Share,
    Talk,
    TalkPreparation,
    TalkState,
)
from portfolio.my_data import my_data
from portfolio.versions import end_shares, share_plan
from schools.drafts import save_draft
from schools.models import BoardDirector, Membership, OutgoingMail, Role, RoleHeld, SchoolYear, User
from tests.people import Cast, again, make_membership, make_person
from tests.portfolio.talking import AGREED, held, page, post, read

# -- on the table --------------------------------------------------------------------------------------------


def pop_given_to(owner: User, viewer: User) -> PlanVersion:
    plan = DevelopmentPlan.objects.create(owner=owner, year=SchoolYear.of(timezone.localdate()))
    Goal.objects.create(plan=plan, order=1, question="Hoe begin ik rustig?")
    seen, until = digest_of(document_of(plan)), timezone.localdate() + dt.timedelta(days=30)
    return share_plan(plan, [(viewer, "")], seen=seen, until=until, at=timezone.now())


def test_only_who_is_led_lays_a_shared_version_there_and_takes_it_back(
    cast: Cast, client: Client, planned: Talk
) -> None:
    version = pop_given_to(cast.samir, cast.hanneke)
    share = Share.objects.get(viewer=cast.hanneke)
    address, link = f"/gesprekken/{planned.pk}/op-tafel/", f"/pop/versie/{version.pk}/"
    assert link not in read(client, cast.hanneke, planned)
    assert post(client, cast.hanneke, address, version=share.pk).status_code == 403
    post(client, cast.samir, address, version=share.pk)
    assert link in read(client, cast.hanneke, planned) and link in read(client, cast.samir, planned)
    end_shares(version.plan, cast.hanneke, timezone.now())
    assert link not in read(client, cast.hanneke, planned)
    assert "niet meer gedeeld" in read(client, cast.samir, planned)
    seen, until = digest_of(document_of(version.plan)), timezone.localdate()
    share_plan(version.plan, [(cast.hanneke, "")], seen=seen, until=until, at=timezone.now())
    assert link not in read(client, cast.hanneke, planned), "shared anew is not laid on the table anew"


def test_what_is_shared_with_others_can_not_lie_there(cast: Cast, client: Client, planned: Talk) -> None:
    pop_given_to(cast.samir, cast.tom)
    other = pop_given_to(cast.noor, cast.hanneke)
    shares = [Share.objects.get(viewer=cast.tom), Share.objects.get(plan_version=other)]
    for share in shares:
        post(client, cast.samir, f"/gesprekken/{planned.pk}/op-tafel/", version=share.pk)
        planned.refresh_from_db()
        assert planned.on_table is None


# -- agreements ----------------------------------------------------------------------------------------------


def write(client: Client, who: User, talk: Talk, text: str, seen: int | None = None) -> Any:
    talk.refresh_from_db()
    seen = talk.agreements_version if seen is None else seen
    return post(client, who, f"/gesprekken/{talk.pk}/afspraken/", text=text, seen=seen)


def yes(client: Client, who: User, talk: Talk, seen: int | None = None) -> None:
    talk.refresh_from_db()
    seen = talk.agreements_version if seen is None else seen
    post(client, who, f"/gesprekken/{talk.pk}/zo-is-het/", seen=seen)


def test_both_say_yes_to_the_same_text_and_a_change_asks_both_again(
    cast: Cast, client: Client, planned: Talk
) -> None:
    write(client, cast.samir, planned, f"  {AGREED}\r\n\r\n")
    planned.refresh_from_db()
    assert planned.agreements == AGREED
    first = planned.agreements_version
    for who in (cast.samir, cast.hanneke):
        assert not verbs.is_agreed(planned, verbs.yeses_of(planned))
        yes(client, who, planned)
    assert verbs.is_agreed(planned, verbs.yeses_of(planned))
    assert "allebei akkoord" in read(client, cast.hanneke, planned)
    write(client, cast.hanneke, planned, AGREED + "\nNog iets")
    planned.refresh_from_db()
    assert verbs.yeses_of(planned) == []
    yes(client, cast.samir, planned, seen=first)
    assert verbs.yeses_of(planned) == [], "a yes to the text of before is none"
    yes(client, cast.samir, planned)
    assert [y.person for y in verbs.yeses_of(planned)] == [cast.samir]


def agree_on(client: Client, cast: Cast, talk: Talk, text: str = AGREED) -> None:
    write(client, cast.samir, talk, text)
    for who in (cast.samir, cast.hanneke):
        yes(client, who, talk)


@pytest.mark.parametrize("instead", ["Toch maar geen lesbezoeken", ""])
def test_what_both_agreed_on_stays_readable_when_one_changes_it_later(
    cast: Cast, client: Client, planned: Talk, instead: str
) -> None:
    agree_on(client, cast, planned)
    held(cast, planned)
    OutgoingMail.objects.all().delete()
    write(client, cast.hanneke, planned, instead)
    old = planned.agreed_before.get()
    assert (old.text, old.changed_by) == (AGREED, cast.hanneke) and old.person_said_at <= old.leader_said_at
    for who in (cast.samir, cast.hanneke):
        text = read(client, who, planned)
        assert "Wat jullie eerder afspraken" in text and "Twee lesbezoeken" in text
        assert ("is weggehaald" in text) == (not instead)
    assert "Gewijzigd door Hanneke Smit" in read(client, cast.samir, planned)
    mail = OutgoingMail.objects.get()
    assert mail.person == cast.samir and "Hanneke Smit heeft gewijzigd" in mail.body
    assert "lesbezoeken" not in mail.subject + mail.body
    assert f"/gesprekken/{planned.pk}/" in page(client, cast.samir, "/"), "home asks to look at it"
    yes(client, cast.samir, planned)
    assert [each.person for each in verbs.yeses_of(planned)] == [cast.samir]
    assert not Talk.objects.unsettled_for(cast.samir, timezone.now()).exists()


def test_only_what_both_agreed_on_is_kept_and_it_goes_with_the_talk(
    cast: Cast, client: Client, planned: Talk
) -> None:
    write(client, cast.hanneke, planned, "Een begin")
    yes(client, cast.hanneke, planned)
    write(client, cast.samir, planned, AGREED)
    assert not planned.agreed_before.exists()
    agree_on(client, cast, planned)
    for text in ("Anders", "Nog anders"):
        agree_on(client, cast, planned, text)
    assert [old.text for old in planned.agreed_before.all()] == ["Anders", AGREED]
    told = my_data(cast.samir)["talks"][0]["agreed_before"]
    assert [each["text"] for each in told] == ["Anders", AGREED] and told[0]["changed_by"] == "me"
    planned.delete()
    assert not AgreedBefore.objects.exists()


def test_two_who_write_at_once_lose_nothing(cast: Cast, client: Client, planned: Talk) -> None:
    seen = planned.agreements_version
    write(client, cast.hanneke, planned, "Van Hanneke", seen)
    reply = write(client, cast.samir, planned, "Van Samir", seen)
    text = unescape(reply.content.decode())
    assert reply.status_code == 409 and "Van Hanneke" in text and "Van Samir" in text
    planned.refresh_from_db()
    assert planned.agreements == "Van Hanneke"
    write(client, cast.samir, planned, "Van beiden", reply.context["page"].agreements["seen"].value())
    planned.refresh_from_db()
    assert planned.agreements == "Van beiden"


def test_a_list_is_short_and_comes_once_the_date_stands(cast: Cast, client: Client, talk: Talk) -> None:
    assert write(client, cast.samir, talk, AGREED).status_code == 409
    verbs.accept(talk, cast.samir, talk.sequence, timezone.now())
    for text in ("\n".join("abcdefghijk"), "x" * 2001):
        assert write(client, cast.samir, talk, text).status_code == 422
    talk.refresh_from_db()
    assert talk.agreements == ""
    yes(client, cast.samir, talk)
    assert not talk.yeses.exists(), "there is nothing to say yes to"


def test_what_both_agreed_on_goes_into_the_pop_by_its_owner_alone(
    cast: Cast, client: Client, planned: Talk
) -> None:
    address, year = f"/gesprekken/{planned.pk}/naar-mijn-pop/", SchoolYear.of(timezone.localdate())
    write(client, cast.hanneke, planned, AGREED)
    yes(client, cast.samir, planned)
    plan = DevelopmentPlan.objects.create(owner=cast.samir, year=year, agreements="Cursus mag")
    post(client, cast.samir, address)
    plan.refresh_from_db()
    assert plan.agreements == "Cursus mag", "the other has still to say yes"
    yes(client, cast.hanneke, planned)
    assert post(client, cast.hanneke, address).status_code == 403
    for _press in (1, 2):
        post(client, cast.samir, address)
        plan.refresh_from_db()
        assert plan.agreements == f"Cursus mag\n{AGREED}" and plan.version == 2
    plan.delete()
    with pytest.raises(MoveRefused):
        verbs.into_pop(planned, timezone.now())


# -- for oneself -----------------------------------------------------------------------------------------------


def test_a_preparation_is_for_whoever_is_led_and_nobody_else(
    cast: Cast, client: Client, planned: Talk
) -> None:
    address = f"/gesprekken/{planned.pk}/voorbereiding/"
    post(client, cast.samir, address, preparation="Ik wil meer tijd", seen=0)
    assert "Ik wil meer tijd" in read(client, cast.samir, planned)
    assert "Ik wil meer tijd" not in read(client, cast.hanneke, planned)
    assert "Mijn voorbereiding" not in read(client, cast.hanneke, planned)
    assert post(client, cast.hanneke, address, preparation="Geheim", seen=0).status_code == 403
    twice = post(client, cast.samir, address, preparation="Op een ander scherm", seen=0)
    text = unescape(twice.content.decode())
    assert twice.status_code == 409 and "Ik wil meer tijd" in text and "Op een ander scherm" in text
    assert TalkPreparation.objects.get().text == "Ik wil meer tijd"
    assert not TalkPreparation.objects.visible_to(cast.hanneke).exists()


# -- who reads it ----------------------------------------------------------------------------------------------


def test_nobody_but_the_two_finds_it(cast: Cast, client: Client, planned: Talk) -> None:
    director = make_person("Nieuwe Directeur", cast.zandplaat, Role.DIRECTOR)
    for person in (cast.karin, cast.noor, cast.bram, cast.olaf, cast.vera, director):
        page(client, person, f"/gesprekken/{planned.pk}/", 404)
        assert f"/gesprekken/{planned.pk}/" not in page(client, person, "/gesprekken/")
        assert f"/gesprekken/{planned.pk}/" not in page(client, person, "/")
    for person in (cast.samir, cast.hanneke):
        assert f"/gesprekken/{planned.pk}/" in page(client, person, "/gesprekken/")
        assert f"/gesprekken/{planned.pk}/" in page(client, person, "/")


@pytest.mark.parametrize("ends", ["the role", "their stay", "the stay of the other"])
def test_who_leads_no_more_reads_nothing_and_the_other_keeps_it(
    cast: Cast, client: Client, planned: Talk, ends: str
) -> None:
    write(client, cast.hanneke, planned, AGREED)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if ends == "the role":
        RoleHeld.objects.filter(membership__person=cast.hanneke).update(role=Role.TEACHER)
    else:
        person = cast.hanneke if ends == "their stay" else cast.samir
        Membership.objects.filter(person=person).update(valid_until=yesterday)
    page(client, cast.hanneke, f"/gesprekken/{planned.pk}/", 404)
    assert planned.uid not in feed_of(again(cast.hanneke), timezone.now())[0].decode()
    text = read(client, cast.samir, planned)
    assert "Twee lesbezoeken" in text and "kan deze pagina niet meer openen" in text
    assert write(client, cast.samir, planned, "Anders").status_code == 409
    yes(client, cast.samir, planned)
    planned.refresh_from_db()
    assert planned.agreements == AGREED and not planned.yeses.exists()
    post(client, cast.samir, f"/gesprekken/{planned.pk}/gaat-niet-door/", seen=planned.sequence)
    planned.refresh_from_db()
    assert planned.state == TalkState.CANCELLED
    gone = OutgoingMail.objects.get(person=cast.hanneke, key__endswith="cancelled")
    assert "/gesprekken/" not in gone.body + gone.calendar, "no page to go to"


def test_who_leads_is_asked_as_everywhere(cast: Cast, talk: Talk) -> None:
    """``led`` of a talk and Membership.objects.led_by say the same of everybody."""
    make_membership(cast.vera, cast.duin, Role.DIRECTOR)
    BoardDirector.objects.create(board=cast.board, person=cast.late, valid_from=dt.date(2020, 1, 1))
    for leader in User.objects.all():
        Talk.objects.update(leader=leader)
        for person in User.objects.exclude(pk=leader.pk):
            Talk.objects.update(person=person)
            led = Membership.objects.led_by(leader).filter(person=person).exists()
            assert Talk.objects.visible_to(leader).exists() == led, (leader, person)


# -- what goes -------------------------------------------------------------------------------------------------


def test_talks_go_after_their_term_and_some_time_after_leaving(cast: Cast, planned: Talk) -> None:
    verbs.prepare(planned, "Voor mij", 0)
    now = timezone.now()
    assert forget_talks(now) == 0
    Membership.objects.filter(person=cast.samir).update(valid_until=timezone.localdate(now))
    assert forget_talks(now + dt.timedelta(days=80)) == 0
    with transaction.atomic():
        assert forget_talks(now + dt.timedelta(days=100)) == 1
        assert not TalkPreparation.objects.exists() and not Talk.objects.exists()
        save_draft(cast.samir, f"talk:{planned.pk}:preparation", "Nog iets", 1, now)
        assert [draft.text for draft in stray_drafts()] == ["Nog iets"]
        transaction.set_rollback(True)
    Membership.objects.filter(person=cast.samir).update(valid_until=None)
    assert forget_talks(now + dt.timedelta(days=4 * 366)) == 1


def test_an_erased_leader_leaves_the_agreements(cast: Cast, client: Client, planned: Talk) -> None:
    write(client, cast.hanneke, planned, AGREED)
    for who in (cast.samir, cast.hanneke):
        yes(client, who, planned)
    cast.hanneke.delete()
    text = read(client, cast.samir, planned)
    assert "Twee lesbezoeken" in text and "Hanneke Smit" not in text
    assert planned.pk in [talk.pk for talk in Talk.objects.visible_to(cast.samir)]
    assert "een collega" in page(client, cast.samir, "/gesprekken/")
