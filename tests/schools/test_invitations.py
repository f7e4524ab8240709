from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.lib.states import MoveRefused, StaleMove
from schools.invitations import accept, by_token, invite, resend, revoke
from schools.models import Invitation, Membership, OutgoingMail, Role, RoleHeld, User
from tests.people import Cast, again, make_person
from tests.schools.screens import as_

pytestmark = pytest.mark.usefixtures("house_mail")
PASSWORD = "zeven-zeilen-zand"
SANNE = {"name": "Sanne Visser", "password": PASSWORD}


@pytest.fixture
def token(cast: Cast) -> str:
    return sent(cast)


def sent(cast: Cast, email: str = "sanne@example.org", role: str = Role.COORDINATOR) -> str:
    words = "Sanne <b>Visser", email, role, "ib"
    return invite(cast.zandplaat, *words, cast.karin, timezone.now())[1]


def url(token: str) -> str:
    return reverse("invitation", args=[token])


# --- the function ---


def test_the_token_is_only_in_the_mail(cast: Cast, token: str) -> None:
    row, mail = Invitation.objects.get(), OutgoingMail.objects.get()
    assert len(row.token_hash) == 64 and token not in str(vars(row))
    assert f"http://localhost:8000{url(token)}" in mail.body and "Sanne <b>Visser" in mail.body
    assert row.expires_at - row.made_at == dt.timedelta(days=14)


def test_only_a_director_makes_a_director(cast: Cast) -> None:
    with pytest.raises(MoveRefused):
        sent(cast, role=Role.DIRECTOR)
    assert not Invitation.objects.exists() and not OutgoingMail.objects.exists()


def test_sending_again_kills_the_old_link(cast: Cast, token: str) -> None:
    row = Invitation.objects.get()
    with pytest.raises(MoveRefused):
        resend(row, row.made_at + dt.timedelta(seconds=59))
    new = resend(row, row.made_at + dt.timedelta(seconds=61))
    assert by_token(token) is None and by_token(new) == row
    assert OutgoingMail.objects.count() == 2 and new in OutgoingMail.objects.latest("pk").body


def test_an_answer_to_a_link_that_died_meanwhile_is_refused(cast: Cast, token: str) -> None:
    seen = by_token(token)
    assert seen is not None
    resend(Invitation.objects.get(), seen.made_at + dt.timedelta(minutes=5))
    with pytest.raises(StaleMove):
        accept(seen, timezone.now(), name="Sanne")
    assert not User.objects.filter(email="sanne@example.org").exists()


def test_two_schools_at_the_same_moment_make_one_account(cast: Cast, token: str) -> None:
    seen = by_token(token)
    assert seen is not None
    make_person("Sanne").__class__.objects.filter(email="sanne@example.org").update(name="Er al")
    with pytest.raises(StaleMove):
        accept(seen, timezone.now(), name="Sanne")
    assert Invitation.objects.get().accepted_at is None
    assert User.objects.get(email="sanne@example.org").name == "Er al"


# --- a new person ---


def test_opening_shows_and_changes_nothing(cast: Cast, token: str) -> None:
    answer = Client().get(url(token))
    page = answer.content.decode()
    assert "De Zandplaat" in page and "Karin Bos" in page and "Sanne &lt;b&gt;Visser" in page
    assert "no-store" in answer["Cache-Control"]
    Client().head(url(token))
    assert Invitation.objects.get().accepted_at is None and not User.objects.filter(name="Sanne").exists()


def test_accepting_makes_a_member_and_logs_in(cast: Cast, token: str) -> None:
    client = Client()
    answer = client.post(url(token), SANNE)
    assert answer["Location"] == reverse("home")
    sanne = User.objects.get(email="sanne@example.org")
    assert sanne.check_password(PASSWORD) and sanne.name == "Sanne Visser"
    assert client.session["_auth_user_id"] == str(sanne.pk)
    place = sanne.memberships.get()
    assert (place.school, place.function, place.valid_from) == (cast.zandplaat, "ib", timezone.localdate())
    assert [held.role for held in place.roles.all()] == ["coordinator"]
    assert EmailAddress.objects.get(user=sanne).verified


def test_a_password_is_not_needed(cast: Cast, token: str) -> None:
    Client().post(url(token), {"name": "Sanne Visser", "password": ""})
    assert not User.objects.get(email="sanne@example.org").has_usable_password()


@pytest.mark.parametrize(
    "bad",
    [
        {"password": "kort"},
        {"password": "sanne@example.org"},
        {"password": "password123"},
        {"password": PASSWORD + "\x00"},
        {"name": ""},
        {"name": "https://evil.example"},
        {"name": "N" * 121},
    ],
)
def test_a_bad_answer_is_said_and_can_be_mended(cast: Cast, token: str, bad: dict[str, str]) -> None:
    answer = Client().post(url(token), SANNE | bad)
    assert answer.status_code == 200 and set(answer.context["form"].errors) == set(bad)
    assert Invitation.objects.get().is_open(timezone.now())


def test_the_role_and_address_can_not_be_raised_in_the_form(cast: Cast, token: str) -> None:
    more = {"role": "director", "roles": "director", "email": "x@example.org", "school": cast.vaart.pk}
    Client().post(url(token), SANNE | more)
    held = RoleHeld.objects.get(membership__person__email="sanne@example.org")
    assert (held.role, held.membership.school) == ("coordinator", cast.zandplaat)


def test_a_link_works_once(cast: Cast, token: str) -> None:
    client = Client()
    client.post(url(token), SANNE)
    assert Client().post(url(token), {"name": "Iemand anders"}).status_code == 410
    assert User.objects.filter(email="sanne@example.org").count() == 1
    assert client.get(url(token))["Location"] == reverse("home"), "who accepted just goes on"


# --- somebody with an account ---


def test_who_has_an_account_logs_in_first(cast: Cast) -> None:
    link = url(sent(cast, cast.vera.email))
    page = Client().get(link).content.decode()
    assert f"{reverse('account_login')}?next={link}" in page
    Client().post(link, SANNE)
    assert Invitation.objects.get().accepted_at is None and again(cast.vera).name == "Vera Elders"


def test_logging_in_leads_back_to_the_invitation(cast: Cast) -> None:
    cast.vera.set_password(PASSWORD)
    cast.vera.save()
    link = url(sent(cast, cast.vera.email))
    form = {"login": cast.vera.email, "password": PASSWORD, "next": link}
    assert Client().post(f"{reverse('account_login')}?next={link}", form)["Location"] == link


def test_the_owner_accepts_with_one_button(cast: Cast) -> None:
    link = url(sent(cast, cast.vera.email, Role.TEACHER))
    client = as_(cast.vera)
    assert 'name="password"' not in client.get(link).content.decode()
    assert client.post(link, {})["Location"] == reverse("home")
    assert {place.school for place in cast.vera.memberships.all()} == {cast.vaart, cast.zandplaat}
    assert client.post(link, {})["Location"] == reverse("home")
    assert cast.vera.memberships.count() == 2


def test_another_account_is_asked_to_log_out(cast: Cast, token: str) -> None:
    client = as_(cast.vera)
    for answer in (client.get(url(token)), client.post(url(token), SANNE)):
        page = answer.content.decode()
        assert reverse("account_logout") in page and url(token) in page
        assert "sanne@example.org" not in page
    assert Invitation.objects.get().accepted_at is None and cast.vera.memberships.count() == 1


def test_who_left_comes_back_with_a_new_membership(cast: Cast) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(person=cast.tom).update(valid_until=yesterday)
    as_(cast.tom).post(url(sent(cast, cast.tom.email, Role.TEACHER)), {})
    assert cast.tom.memberships.count() == 2
    assert cast.tom.memberships.get(valid_until=None).valid_from == timezone.localdate()


def test_the_function_refuses_another_person(cast: Cast, token: str) -> None:
    seen = by_token(token)
    assert seen is not None
    with pytest.raises(MoveRefused):
        accept(seen, timezone.now(), person=cast.vera)
    assert Invitation.objects.get().accepted_at is None


# --- links that don't work ---


@pytest.mark.parametrize("how", ["expired", "used", "revoked", "unknown"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_dead_link_tells_nothing(cast: Cast, token: str, how: str, method: str) -> None:
    now = timezone.now()
    changes = {"expired": {"expires_at": now}, "used": {"accepted_at": now}, "revoked": {"revoked_at": now}}
    Invitation.objects.update(**changes.get(how, {}))
    answer = getattr(Client(), method)(url("x" * 43 if how == "unknown" else token))
    assert answer.status_code == (404 if how == "unknown" else 410)
    page = answer.content.decode()
    assert not re.search("Zandplaat|Karin|Sanne|sanne@", page)
    assert not User.objects.filter(email="sanne@example.org").exists()


def test_dead_links_look_alike(cast: Cast, token: str) -> None:
    revoke(Invitation.objects.get(), timezone.now())
    dead, unknown = Client().get(url(token)), Client().get(url("onzin"))
    csrf = re.compile(r'X-CSRFToken": "\w+"|value="\w{64}"|/uitnodiging/[\w-]+/')
    assert csrf.sub("", dead.content.decode()) == csrf.sub("", unknown.content.decode())


@pytest.mark.parametrize("token", ["%00", "%F0%9F%98%80", "..", "a" * 5000, "%ED%A0%80"])
def test_odd_tokens_are_unknown(db: None, token: str) -> None:
    assert Client().get(f"/uitnodiging/{token}/").status_code == 404


def test_the_page_takes_few_queries(cast: Cast, token: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        Client().get(url(token))
