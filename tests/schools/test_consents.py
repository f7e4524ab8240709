from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from coaching.lib.states import MoveRefused
from schools.consents import WHILE_OFF, confirm, make_link, withdraw
from schools.hours import per_person_is_allowed
from schools.models import Consent, ConsentKind, ConsentLink, OutgoingMail, Role, RoleHeld, School, User
from schools.switches import allowing, allows
from tests.people import Cast, consent, make_person
from tests.schools.screens import as_

pytestmark = pytest.mark.usefixtures("house_mail")
PETRA = {"name": "Petra de Boer", "email": "petra.de.boer@example.org"}


@pytest.fixture(autouse=True)
def petra(cast: Cast) -> User:
    """A colleague who sits on the PMR."""
    return make_person("Petra de Boer", cast.zandplaat)


def asked(school: School, by: User, email: str = PETRA["email"]) -> str:
    return make_link(school, "Petra de Boer", email, by, timezone.now())[1]


@pytest.fixture
def token(cast: Cast) -> str:
    """A link for a school where nothing is on yet."""
    Consent.objects.all().delete()
    return asked(cast.zandplaat, cast.karin)


def page(token: str) -> str:
    return reverse("pmr_consent", args=[token])


# --- the page of the school ---


@pytest.mark.parametrize("who", ["noor", "karin", "hanneke"])
def test_every_member_reads_what_is_on_and_off(cast: Cast, who: str) -> None:
    Consent.objects.update(note="Vergadering van 3 november")
    gone = consent(cast.zandplaat, ConsentKind.SURVEYS)
    Consent.objects.filter(pk=gone.pk).update(given_by="Piet Oud", revoked_at=timezone.now())
    asked(cast.zandplaat, cast.karin)
    shown = as_(getattr(cast, who)).get(reverse("consents", args=[cast.zandplaat.pk])).content.decode()
    assert "Petra de Boer" in shown and "Vergadering van 3 november" in shown and "Piet Oud" in shown
    assert "Karin Bos" in shown and shown.count(PETRA["email"]) == 1, "an open link, with its address"
    assert (reverse("ask_consent", args=[cast.zandplaat.pk]) in shown) == (who in ("karin", "hanneke"))


@pytest.mark.parametrize(("who", "status"), [("bram", 403), ("vera", 404), (None, 302)])
def test_others_do_not_read_it(cast: Cast, who: str | None, status: int) -> None:
    client = as_(getattr(cast, who)) if who else Client()
    assert client.get(reverse("consents", args=[cast.zandplaat.pk])).status_code == status


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_does_not_grow_in_queries(cast: Cast, number: int, django_assert_num_queries: Any) -> None:
    for n in range(number):
        asked(cast.zandplaat, cast.karin, make_person(f"Pmr {n}", cast.zandplaat).email)
        row = consent(cast.zandplaat, ConsentKind.SURVEYS)
        Consent.objects.filter(pk=row.pk).update(revoked_at=timezone.now())
    client = as_(cast.noor)
    client.get(reverse("consents", args=[cast.zandplaat.pk]))
    with django_assert_num_queries(7):
        client.get(reverse("consents", args=[cast.zandplaat.pk]))


def test_colleagues_read_where_the_link_of_a_consent_went(cast: Cast, token: str) -> None:
    address, noor = reverse("consents", args=[cast.zandplaat.pk]), as_(cast.noor)
    Client().post(page(token), {"attendance": "on", "surveys": "on"})
    Client().post(reverse("pmr_withdraw", args=[token, "surveys"]))
    ConsentLink.objects.update(expires_at=timezone.now())
    later = make_person("Nog Iemand", cast.zandplaat).email
    make_link(cast.zandplaat, "Petra de Boer", later, cast.karin, timezone.now())
    shown = noor.get(address).content.decode()
    assert shown.count(PETRA["email"]) == 2, "one consent in force, one taken back"
    assert shown.count(later) == 1, "the open link alone: it came after the consents"


# --- asking ---


def test_who_comes_from_outside_reads_no_address(cast: Cast, token: str) -> None:
    Client().post(page(token), {"attendance": "on"})
    shown = as_(cast.olaf).get(reverse("consents", args=[cast.zandplaat.pk])).content.decode()
    assert "Petra de Boer" in shown, "who confirmed, as it stands in the dossier"
    assert "@example.org" not in shown.replace(cast.olaf.email, "") and PETRA["email"] not in shown


def test_a_coordinator_sends_the_link_once(cast: Cast) -> None:
    client, form = as_(cast.karin), PETRA | {"once_key": str(uuid.uuid4())}
    for _time in range(2):
        client.post(reverse("ask_consent", args=[cast.zandplaat.pk]), form)
    link, mail = ConsentLink.objects.get(), OutgoingMail.objects.get()
    assert mail.to == PETRA["email"] and "http://localhost:8000/instemming/" in mail.body
    assert link.expires_at - link.made_at == dt.timedelta(days=60)
    assert link.token_hash not in mail.body


@pytest.mark.parametrize("who", ["hanneke", "bram"])
def test_a_director_is_not_asked_for_the_pmr(cast: Cast, who: str) -> None:
    email = getattr(cast, who).email.upper()
    answer = as_(cast.karin).post(reverse("ask_consent", args=[cast.zandplaat.pk]), PETRA | {"email": email})
    assert answer.context["form"].errors["email"]
    assert not ConsentLink.objects.exists() and not OutgoingMail.objects.exists()


def test_nobody_asks_themselves(cast: Cast) -> None:
    form = PETRA | {"email": cast.karin.email}
    answer = as_(cast.karin).post(reverse("ask_consent", args=[cast.zandplaat.pk]), form)
    assert answer.context["form"].errors["email"] and not ConsentLink.objects.exists()


@pytest.mark.parametrize("whose", ["nobody", "elsewhere", "left", "consultant"])
def test_an_address_of_no_colleague_is_not_asked(cast: Cast, petra: User, whose: str) -> None:
    petra.memberships.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    emails = {"nobody": "bedacht@example.com", "elsewhere": cast.vera.email, "left": petra.email}
    form = PETRA | {"email": emails.get(whose, cast.olaf.email)}
    answer = as_(cast.hanneke).post(reverse("ask_consent", args=[cast.zandplaat.pk]), form)
    said = gettext("Fill in the address of a colleague of this school who sits on the PMR.")
    assert answer.context["form"].errors["email"] == [said]
    assert not ConsentLink.objects.exists() and not OutgoingMail.objects.exists()


def test_asking_again_kills_the_older_link(cast: Cast, token: str) -> None:
    newer = asked(cast.zandplaat, cast.karin)
    assert Client().get(page(token)).status_code == 410
    assert Client().get(page(newer)).status_code == 200


# --- the PMR's own page ---


def test_opening_confirms_nothing(cast: Cast, token: str) -> None:
    shown = Client().get(page(token)).content.decode()
    assert "De Zandplaat" in shown and all(f'name="{kind}"' in shown for kind in ConsentKind.values)
    assert not Consent.objects.exists()


def test_the_pmr_confirms_what_is_ticked(cast: Cast, token: str) -> None:
    form = {"attendance": "on", "note": "Besproken op 3 november"}
    assert Client().post(page(token), form)["Location"] == page(token)
    row = Consent.objects.get()
    assert (row.kind, row.given_by, row.note) == ("attendance", "Petra de Boer", "Besproken op 3 november")
    assert per_person_is_allowed(cast.zandplaat) and not per_person_is_allowed(cast.duin)
    Client().post(page(token), form)
    assert Consent.objects.count() == 1, "a second press changes nothing"


def test_the_same_link_takes_back(cast: Cast, token: str) -> None:
    Client().post(page(token), {"attendance": "on", "surveys": "on"})
    back = reverse("pmr_withdraw", args=[token, "attendance"])
    for _time in range(2):
        assert Client().post(back)["Location"] == page(token)
    assert not per_person_is_allowed(cast.zandplaat)
    assert [row.kind for row in Consent.objects.in_force()] == ["surveys"]
    Client().post(page(token), {"attendance": "on"})
    assert per_person_is_allowed(cast.zandplaat) and Consent.objects.count() == 3


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"note": "ja"},
        {"king": "on"},
        {"attendance": "on", "note": "x" * 301},
        {"attendance": "on", "note": "\x00"},
    ],
)
def test_nothing_ticked_or_nonsense_confirms_nothing(cast: Cast, token: str, form: dict[str, str]) -> None:
    answer = Client().post(page(token), form)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not Consent.objects.exists()


@pytest.mark.parametrize("how", ["expired", "unknown"])
def test_a_dead_link_confirms_and_tells_nothing(cast: Cast, token: str, how: str) -> None:
    dead = token
    if how == "expired":
        ConsentLink.objects.update(expires_at=timezone.now())
    else:
        dead = "x" * 43
    back = reverse("pmr_withdraw", args=[dead, "attendance"])
    consent(cast.zandplaat)
    for answer in (
        Client().get(page(dead)),
        Client().post(page(dead), {"surveys": "on"}),
        Client().post(back),
    ):
        assert answer.status_code == (410 if how == "expired" else 404)
        assert "Zandplaat" not in answer.content.decode()
    assert [row.kind for row in Consent.objects.in_force()] == ["attendance"]


def test_taking_back_is_by_post_and_of_known_kinds(cast: Cast, token: str) -> None:
    assert Client().get(reverse("pmr_withdraw", args=[token, "attendance"])).status_code == 405
    assert Client().post(reverse("pmr_withdraw", args=[token, "king"])).status_code == 404


def test_who_became_director_confirms_no_more(cast: Cast) -> None:
    dirk = make_person("Dirk Duin", cast.duin)
    token = asked(cast.duin, cast.karin, dirk.email)
    RoleHeld.objects.create(membership=dirk.memberships.get(), role=Role.DIRECTOR)
    answer = Client().post(page(token), {"surveys": "on"})
    assert answer.status_code == 200 and answer.context["form"].non_field_errors()
    with pytest.raises(MoveRefused):
        confirm(ConsentLink.objects.get(), ["surveys"], "", timezone.now())
    assert not Consent.objects.in_force().filter(school=cast.duin).exists()


def test_who_became_director_takes_nothing_back(cast: Cast) -> None:
    dirk = make_person("Dirk Duin", cast.duin)
    consent(cast.duin, ConsentKind.SURVEYS)
    token = asked(cast.duin, cast.karin, dirk.email)
    RoleHeld.objects.create(membership=dirk.memberships.get(), role=Role.DIRECTOR)
    Client().post(reverse("pmr_withdraw", args=[token, "surveys"]))
    with pytest.raises(MoveRefused):
        withdraw(ConsentLink.objects.get(), "surveys", timezone.now())
    assert Consent.objects.in_force().filter(school=cast.duin, kind="surveys").exists()


def no_colleague(petra: User, how: str) -> None:
    """The address of her link belongs to no colleague any more."""
    if how == "left":
        petra.memberships.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    elif how == "hired":
        RoleHeld.objects.create(membership=petra.memberships.get(), role=Role.CONSULTANT)
    elif how == "closed":
        User.objects.filter(pk=petra.pk).update(is_active=False)
    else:
        User.objects.filter(pk=petra.pk).update(email="petra@example.com")


NO_COLLEAGUE = pytest.mark.parametrize("how", ["left", "closed", "hired", "readdressed"])


@NO_COLLEAGUE
def test_who_is_no_colleague_any_more_confirms_nothing(cast: Cast, token: str, petra: User, how: str) -> None:
    no_colleague(petra, how)
    answer = Client().post(page(token), {"surveys": "on"})
    assert 'name="surveys"' not in answer.content.decode()
    with pytest.raises(MoveRefused):
        confirm(ConsentLink.objects.get(), ["surveys"], "", timezone.now())
    assert not Consent.objects.exists()


@NO_COLLEAGUE
def test_who_is_no_colleague_any_more_takes_back_and_reads_nothing_of_others(
    cast: Cast, token: str, petra: User, how: str
) -> None:
    Client().post(page(token), {"attendance": "on", "note": "Van mij"})
    other = consent(cast.zandplaat, ConsentKind.SURVEYS)
    Consent.objects.filter(pk=other.pk).update(given_by="Piet Oud", note="Van Piet")
    no_colleague(petra, how)
    back = reverse("pmr_withdraw", args=[token, "attendance"])
    shown = Client().get(page(token)).content.decode()
    assert back in shown and "Van mij" in shown and "intrekken wat aanstaat" in shown
    assert "Piet" not in shown and reverse("pmr_withdraw", args=[token, "surveys"]) in shown
    answer = Client().post(back, follow=True)
    assert answer.status_code == 200 and gettext("Taken back. It is off from now.") in answer.content.decode()
    assert [row.kind for row in Consent.objects.in_force()] == ["surveys"]
    ConsentLink.objects.update(expires_at=timezone.now())
    assert Client().post(reverse("pmr_withdraw", args=[token, "surveys"])).status_code == 410
    assert Consent.objects.in_force().exists(), "never after its term"


def test_a_link_of_one_school_does_nothing_elsewhere(cast: Cast, token: str) -> None:
    consent(cast.vaart)
    Client().post(reverse("pmr_withdraw", args=[token, "attendance"]))
    assert per_person_is_allowed(cast.vaart)


# --- what is on and off, in words; and a link that nobody can withhold ---


def test_the_page_says_what_is_on_and_what_stands_still(cast: Cast) -> None:
    shown = as_(cast.noor).get(reverse("consents", args=[cast.zandplaat.pk])).content.decode()
    on, off = shown.split("<strong>Aan:</strong>")[1].split("<strong>Uit:</strong>")
    assert "aanwezigheid" in on and "vragenlijsten en het overzicht" in off.split("</p>")[0]
    for kind in ConsentKind:
        part = shown.split(f'id="kind-{kind.value}"')[1].split("</section>")[0]
        assert "Wat gaat ermee open:" in part and str(WHILE_OFF[kind])[:40] in part
        assert ("Als het uitgaat:" in part) == (kind == ConsentKind.ATTENDANCE)


def test_each_switch_is_asked_by_one_rule(cast: Cast) -> None:
    schools = [cast.zandplaat, cast.duin, cast.vaart]
    for kind in ConsentKind:
        assert allows(cast.zandplaat, kind) == (kind == ConsentKind.ATTENDANCE)
    consent(cast.vaart, ConsentKind.OVERVIEW)
    assert allowing(schools, ConsentKind.OVERVIEW) == {cast.vaart.pk}
    Consent.objects.update(revoked_at=timezone.now())
    assert not any(allows(school, kind) for school in schools for kind in ConsentKind)


def renew(cast: Cast, person: User) -> str:
    """The answer's words."""
    address = reverse("renew_consent_link", args=[cast.zandplaat.pk])
    return as_(person).post(address, follow=True).content.decode()


def test_who_confirmed_gets_a_new_link_from_nobody_but_the_site(cast: Cast, token: str, petra: User) -> None:
    assert "is onderweg" not in renew(cast, petra) and ConsentLink.objects.count() == 1, "nothing confirmed"
    Client().post(page(token), {"attendance": "on"})
    ConsentLink.objects.update(expires_at=timezone.now() + dt.timedelta(milliseconds=1))
    shown = as_(petra).get(reverse("consents", args=[cast.zandplaat.pk])).content.decode()
    assert reverse("renew_consent_link", args=[cast.zandplaat.pk]) in shown
    assert f"is onderweg naar {PETRA['email']}" in renew(cast, petra)
    link, mail = ConsentLink.objects.latest("made_at"), OutgoingMail.objects.latest("pk")
    assert (link.email, link.made_by, mail.to) == (PETRA["email"], petra, PETRA["email"])
    withdraw(link, "attendance", timezone.now())
    assert not per_person_is_allowed(cast.zandplaat)
    renew(cast, petra)
    assert ConsentLink.objects.count() == 2, "nothing of hers is on any more"


@pytest.mark.parametrize("who", ["noor", "karin", "hanneke"])
def test_nobody_else_makes_themselves_a_link(cast: Cast, token: str, who: str) -> None:
    Client().post(page(token), {"attendance": "on"})
    person = getattr(cast, who)
    said = gettext("You did not confirm what is on now, so there is no link to send you again.")
    assert said in renew(cast, person) and ConsentLink.objects.count() == 1


def test_a_director_who_confirmed_once_gets_no_new_link(cast: Cast, token: str, petra: User) -> None:
    Client().post(page(token), {"attendance": "on"})
    RoleHeld.objects.create(membership=petra.memberships.get(), role=Role.DIRECTOR)
    said = gettext("A link for the PMR is only for staff of the school who don't direct it.")
    assert said.replace("'", "&#x27;") in renew(cast, petra) and ConsentLink.objects.count() == 1
