from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from schools.invitations import already_invited, already_member
from schools.models import Fte, Invitation, OutgoingMail, Role, School
from schools.pasted import read_lines
from tests.people import Cast, make_person
from tests.schools.screens import as_, edit, membership_of, roles, url

pytestmark = pytest.mark.usefixtures("house_mail")
NEW = {"name": "Sanne Visser", "email": "Sanne@Example.org", "role": "teacher", "function": "teacher"}


def waiting(school: School, number: int = 1) -> list[Invitation]:
    then = timezone.now() - dt.timedelta(hours=1)
    return [
        Invitation.objects.create(
            school=school,
            name=f"Wachter {n}",
            email=f"wachter{n}@example.org",
            token_hash=f"{n}",
            made_at=then,
            expires_at=then + dt.timedelta(days=14),
        )
        for n in range(number)
    ]


# --- the list ---


@pytest.mark.parametrize("who", ["karin", "hanneke"])
def test_the_list_shows_people_and_invitations(cast: Cast, who: str) -> None:
    Fte.objects.create(
        membership=membership_of(cast.noor), valid_from=dt.date(2020, 1, 1), value=Decimal("0.6")
    )
    waiting(cast.zandplaat)
    page = as_(getattr(cast, who)).get(url("colleagues", cast.zandplaat.pk)).content.decode()
    assert "Noor de Wit" in page and "Wachter 0" in page and "wtf 0,6 " in " ".join(page.split())
    assert "Vera Elders" not in page


@pytest.mark.parametrize(
    ("who", "status"), [("noor", 403), ("olaf", 403), ("bram", 403), ("vera", 404), (None, 302)]
)
@pytest.mark.parametrize(
    "page", ["colleagues", "invite_colleague", "paste_colleagues", "send_pasted", "ask_consent"]
)
def test_others_do_not_manage_people(cast: Cast, who: str | None, status: int, page: str) -> None:
    client = as_(getattr(cast, who)) if who else Client()
    assert client.post(url(page, cast.zandplaat.pk), NEW).status_code == status
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("noor", 403), ("olaf", 403), ("vera", 404)])
@pytest.mark.parametrize("page", ["membership", "end_stay"])
def test_others_do_not_change_a_membership(cast: Cast, who: str, status: int, page: str) -> None:
    client = as_(getattr(cast, who))
    form = edit(cast.tom, roles=["coordinator"], last_day=timezone.localdate())
    assert client.post(url(page, membership_of(cast.tom).pk), form).status_code == status
    assert roles(cast.tom) == {"teacher"}


def test_the_list_of_another_school_does_not_exist(cast: Cast) -> None:
    for school in (cast.vaart.pk, cast.duin.pk, 10**30):
        assert as_(cast.karin).get(url("colleagues", school)).status_code == 404
    assert as_(cast.karin).get(url("membership", membership_of(cast.vera).pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_does_not_grow_in_queries(cast: Cast, number: int, django_assert_num_queries: Any) -> None:
    waiting(cast.zandplaat, number)
    for n in range(number - 1):
        make_person(f"Extra {n}", cast.zandplaat)
    client = as_(cast.karin)
    client.get(url("colleagues", cast.zandplaat.pk))
    with django_assert_num_queries(7):
        client.get(url("colleagues", cast.zandplaat.pk))


# --- inviting one ---


def test_a_coordinator_invites(cast: Cast) -> None:
    answer = as_(cast.karin).post(url("invite_colleague", cast.zandplaat.pk), NEW, follow=True)
    made = Invitation.objects.get()
    assert (made.email, made.role, made.made_by, made.school) == (
        "sanne@example.org",
        "teacher",
        cast.karin,
        cast.zandplaat,
    )
    assert "Sanne Visser" in answer.content.decode()
    mail = OutgoingMail.objects.get()
    assert mail.to == "sanne@example.org" and "/uitnodiging/" in mail.body and "Karin Bos" in mail.body


def test_a_double_submit_makes_one_invitation(cast: Cast) -> None:
    client, form = as_(cast.karin), NEW | {"once_key": str(uuid.uuid4())}
    for _time in range(2):
        assert client.post(url("invite_colleague", cast.zandplaat.pk), form).status_code == 302
    assert Invitation.objects.count() == OutgoingMail.objects.count() == 1


def test_only_a_director_invites_a_director(cast: Cast) -> None:
    page = url("invite_colleague", cast.zandplaat.pk)
    assert b'value="director"' not in as_(cast.karin).get(page).content.split(b"id_function")[0]
    assert as_(cast.karin).post(page, NEW | {"role": "director"}).status_code == 200
    assert not Invitation.objects.exists()
    as_(cast.hanneke).post(page, NEW | {"role": "director"})
    assert Invitation.objects.get().role == Role.DIRECTOR


@pytest.mark.parametrize("email", ["noor.de.wit@example.org", "NOOR.de.wit@Example.org"])
def test_a_member_is_not_invited_again(cast: Cast, email: str) -> None:
    answer = as_(cast.karin).post(url("invite_colleague", cast.zandplaat.pk), NEW | {"email": email})
    assert answer.status_code == 200 and "Sanne Visser" in answer.content.decode()
    assert not Invitation.objects.exists() and not OutgoingMail.objects.exists()


def test_an_invited_address_is_not_invited_again(cast: Cast) -> None:
    client = as_(cast.karin)
    client.post(url("invite_colleague", cast.zandplaat.pk), NEW)
    assert client.post(url("invite_colleague", cast.zandplaat.pk), NEW).status_code == 200
    assert Invitation.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"email": "a@example.org\r\nBcc: b@example.org"},
        {"email": "a@example.org\x00"},
        {"email": "no address"},
        {"name": "https://evil.example"},
        {"name": "N" * 121},
        {"name": ""},
        {"role": "king"},
        {"once_key": "no key"},
    ],
)
def test_nonsense_invites_nobody(cast: Cast, bad: dict[str, str]) -> None:
    answer = as_(cast.karin).post(url("invite_colleague", cast.zandplaat.pk), NEW | bad)
    assert (
        answer.status_code == 200 and b"is-invalid" in answer.content
    ) or b"alert-danger" in answer.content
    assert not Invitation.objects.exists() and not OutgoingMail.objects.exists()


def test_a_name_can_not_add_a_header_or_a_link(cast: Cast) -> None:
    name = "Sanne\r\nBcc: x@example.org\x00 https://evil.example"
    as_(cast.karin).post(url("invite_colleague", cast.zandplaat.pk), NEW | {"name": name})
    assert Invitation.objects.get().name == "Sanne Bcc:"
    mail = OutgoingMail.objects.get()
    assert "evil" not in mail.body and "\n" not in mail.subject and mail.to == "sanne@example.org"


# --- pasting lines ---

LINES = """Sanne Visser; sanne@example.org
Bart Mol,bart@example.org

"Els Prins"\tels@example.org
alleen een naam
Karel; geen adres
Noor; noor.de.wit@example.org
Wachter; wachter0@example.org
Nog een Sanne; SANNE@example.org
; niemand@example.org"""


def test_pasted_lines_are_shown_before_anything_is_sent(cast: Cast) -> None:
    waiting(cast.zandplaat)
    answer = as_(cast.karin).post(url("paste_colleagues", cast.zandplaat.pk), {"lines": LINES})
    assert [line.email for line in answer.context["good"]] == [
        "sanne@example.org",
        "bart@example.org",
        "els@example.org",
    ]
    assert [line.number for line in answer.context["wrong"]] == [5, 6, 7, 8, 9, 10]
    assert len({line.problem for line in answer.context["wrong"]}) == 5
    assert all(line.problem in answer.content.decode() for line in answer.context["wrong"])
    assert not OutgoingMail.objects.exists()


def test_sending_invites_the_good_lines_and_keeps_the_wrong_ones(cast: Cast) -> None:
    waiting(cast.zandplaat)
    answer = as_(cast.karin).post(url("send_pasted", cast.zandplaat.pk), {"lines": LINES})
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {
        "sanne@example.org",
        "bart@example.org",
        "els@example.org",
    }
    assert set(Invitation.objects.exclude(name="Wachter 0").values_list("role", flat=True)) == {"teacher"}
    kept = answer.context["form"].initial["lines"]
    assert "alleen een naam" in kept and "Sanne Visser" not in kept


def test_pasted_lines_sent_twice_are_sent_once(cast: Cast) -> None:
    client, form = as_(cast.karin), {"lines": "Bart;bart@example.org", "once_key": str(uuid.uuid4())}
    for _time in range(2):
        answer = client.post(url("send_pasted", cast.zandplaat.pk), form)
        assert answer.status_code == 302 and answer["Location"] == url("colleagues", cast.zandplaat.pk)
    assert OutgoingMail.objects.count() == 1


def test_a_line_somebody_else_invited_meanwhile_stays_with_its_reason(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schools.views.colleagues.judged", lambda _school, text: read_lines(text))
    waiting(cast.zandplaat)
    lines = "Wachter;wachter0@example.org\nBart;bart@example.org\nNoor;noor.de.wit@example.org"
    answer = as_(cast.karin).post(url("send_pasted", cast.zandplaat.pk), {"lines": lines})
    assert answer.status_code == 200
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == ["bart@example.org"]
    problems = {line.email: line.problem for line in answer.context["wrong"]}
    assert problems == {
        "wachter0@example.org": already_invited(),
        "noor.de.wit@example.org": already_member(),
    }
    assert all(problem in answer.content.decode() for problem in problems.values())
    assert "bart@example.org" not in answer.context["form"].initial["lines"]


@pytest.mark.parametrize(
    "lines", ["", "\x00", "Bart;bart@example.org\x00", "a;b@example.org\n" * 201, "x" * 9000]
)
def test_lines_that_can_not_be_read_send_nothing(cast: Cast, lines: str) -> None:
    client = as_(cast.karin)
    answer = client.post(url("paste_colleagues", cast.zandplaat.pk), {"lines": lines})
    assert answer.status_code == 200 and answer.context["form"].errors["lines"]
    assert client.post(url("send_pasted", cast.zandplaat.pk), {"lines": lines}).status_code == 302
    assert not OutgoingMail.objects.exists()


def test_sending_is_by_post_alone(cast: Cast) -> None:
    assert as_(cast.karin).get(url("send_pasted", cast.zandplaat.pk)).status_code == 405


# --- invitations that wait ---


def test_sending_again_makes_a_new_link(cast: Cast) -> None:
    invitation = waiting(cast.zandplaat)[0]
    as_(cast.karin).post(url("resend_invitation", invitation.pk))
    again = Invitation.objects.get()
    assert again.token_hash != invitation.token_hash and again.expires_at > invitation.expires_at
    assert OutgoingMail.objects.get().to == invitation.email
    as_(cast.karin).post(url("resend_invitation", invitation.pk))
    assert OutgoingMail.objects.count() == 1, "a second press within the minute sends nothing"


def test_withdrawing_an_invitation(cast: Cast) -> None:
    invitation, client = waiting(cast.zandplaat)[0], as_(cast.karin)
    client.post(url("revoke_invitation", invitation.pk))
    assert Invitation.objects.get().revoked_at is not None
    for verb in ("revoke_invitation", "resend_invitation"):
        assert client.post(url(verb, invitation.pk), follow=True).status_code == 200
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("verb", ["resend_invitation", "revoke_invitation"])
@pytest.mark.parametrize(("who", "status"), [("noor", 404), ("olaf", 404), ("vera", 404), ("bram", 404)])
def test_others_do_not_touch_invitations(cast: Cast, verb: str, who: str, status: int) -> None:
    invitation = waiting(cast.zandplaat)[0]
    assert as_(getattr(cast, who)).post(url(verb, invitation.pk)).status_code == status
    assert as_(cast.karin).get(url(verb, invitation.pk)).status_code == 405
    assert Invitation.objects.waiting().filter(token_hash=invitation.token_hash).exists()
