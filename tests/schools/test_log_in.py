"""Logging in and out, and everything around it, by the pages people see."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.models import OutgoingMail, User
from tests.people import make_person

PASSWORD = "zeepaardje-12"
OWN_PAGE = "account_email"  # any page behind log-in


@pytest.fixture
def noor(db: None, settings: Any) -> User:
    settings.EMAIL_BACKEND = "schools.outbox.OutboxBackend"  # pytest-django puts its own in place
    settings.SITE_URL = "https://coaching.example/"
    cache.clear()
    person = make_person("Noor de Wit")
    person.set_password(PASSWORD)
    person.language = "en"
    person.save()
    return person


@pytest.fixture
def browser() -> Client:
    return in_english(Client())


def in_english(browser: Client) -> Client:
    browser.cookies["django_language"] = "en"
    return browser


def log_in(browser: Client, email: str, password: str = PASSWORD) -> Any:
    return browser.post(reverse("account_login"), {"login": email, "password": password})


def is_in(browser: Client) -> bool:
    return browser.get(reverse(OWN_PAGE)).status_code == 200


def last_mail() -> OutgoingMail:
    mail = OutgoingMail.objects.first()
    assert mail
    return mail


def ask_code(browser: Client, email: str) -> Any:
    return browser.post(reverse("account_request_login_code"), {"email": email}, follow=True)


def mailed_code() -> str:
    found = re.search(r"^\s*([A-Z]{4}-[A-Z]{4})\s*$", last_mail().body, re.MULTILINE)
    assert found, last_mail().body
    return found[1]


def mailed_link() -> str:
    found = re.search(r"^(https?://\S+/\S+)$", last_mail().body, re.MULTILINE)
    assert found, last_mail().body
    return found[1]


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


# --- Password ---


def test_password_opens_the_house(browser: Client, noor: User) -> None:
    answer = log_in(browser, "NOOR.de.wit@example.org")
    assert answer["Location"] == reverse("home")
    assert is_in(browser)


def test_log_in_leads_to_the_page_asked_for(browser: Client, noor: User) -> None:
    sent_away = browser.get(reverse("account_change_password"))
    assert sent_away["Location"].startswith(reverse("account_login"))
    answer = browser.post(
        sent_away["Location"], {"login": noor.email, "password": PASSWORD, "next": "/wachtwoord/"}
    )
    assert answer["Location"] == "/wachtwoord/"


def test_wrong_password_says_what_to_do(browser: Client, noor: User) -> None:
    answer = log_in(browser, noor.email, "not-this-one")
    assert "do not belong together" in answer.content.decode()
    assert 'aria-invalid="true"' not in answer.content.decode()  # it does not say which of the two
    assert not is_in(browser)


def test_an_unknown_address_gets_the_answer_of_a_wrong_password(browser: Client, noor: User) -> None:
    def errors(email: str) -> Any:
        return log_in(browser, email, "not-this-one").context["form"].errors

    assert errors("nobody@example.org") == errors(noor.email)


def test_five_wrong_close_one_account_and_not_the_school(browser: Client, noor: User) -> None:
    other = make_person("Tom Veenstra")
    other.set_password(PASSWORD)
    other.save()
    for _ in range(5):
        log_in(browser, noor.email, "not-this-one")
    refused = log_in(browser, noor.email)
    assert "Wait five minutes" in refused.content.decode()
    assert not is_in(browser)
    colleague = in_english(Client())
    log_in(colleague, other.email)
    assert is_in(colleague)


def test_a_closed_account_does_not_open(browser: Client, noor: User) -> None:
    User.objects.update(is_active=False)
    answer = log_in(browser, noor.email)
    assert answer["Location"] == reverse("account_inactive")
    assert "This account is closed" in browser.get(answer["Location"]).content.decode()
    assert not is_in(browser)


# --- Code by e-mail ---


def test_code_opens_the_house(browser: Client, noor: User) -> None:
    page = ask_code(browser, noor.email)
    assert "Look in the mail of <strong>noor.de.wit@example.org</strong>" in page.content.decode()
    assert last_mail().to == noor.email
    code = mailed_code().replace("-", " ").lower()
    answer = browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer["Location"] == reverse("home")
    assert is_in(browser)


def test_code_mail_is_in_the_language_of_its_reader(browser: Client, noor: User) -> None:
    browser.cookies["django_language"] = "nl"
    ask_code(browser, noor.email)
    assert last_mail().subject == "Your code to log in"


def test_code_is_refused_when_wrong_and_ends_after_three(browser: Client, noor: User) -> None:
    ask_code(browser, noor.email)
    code, confirm = mailed_code(), reverse("account_confirm_login_code")
    assert "That is not the code" in browser.post(confirm, {"code": "AAAA-AAAA"}).content.decode()
    for _ in range(2):
        browser.post(confirm, {"code": "AAAA-AAAA"})
    browser.post(confirm, {"code": code})
    assert not is_in(browser)


def test_code_is_too_old_after_ten_minutes(browser: Client, noor: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask_code(browser, noor.email)
        clock.shift(timedelta(minutes=10, seconds=1))
        browser.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
        assert not is_in(browser)


def test_a_new_code_can_be_asked_and_the_old_one_ends(browser: Client, noor: User) -> None:
    ask_code(browser, noor.email)
    old, confirm = mailed_code(), reverse("account_confirm_login_code")
    browser.post(confirm, {"action": "resend"})
    assert mailed_code() != old
    browser.post(confirm, {"code": old})
    assert not is_in(browser)
    browser.post(confirm, {"code": mailed_code()})
    assert is_in(browser)


def test_asking_a_code_for_an_unknown_address_looks_the_same(browser: Client, noor: User) -> None:
    known = ask_code(browser, noor.email)
    unknown = ask_code(in_english(Client()), "nobody@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    plain = re.compile(r'[\w.]+@example\.org|name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"')
    assert plain.sub("", known.content.decode()) == plain.sub("", unknown.content.decode())
    assert last_mail().subject == "We do not know this address"


def test_a_code_never_opens_the_account_of_who_claims_the_address(browser: Client, noor: User) -> None:
    thief = make_person("Dief")
    EmailAddress.objects.create(user=thief, email=noor.email, verified=False)
    ask_code(browser, noor.email)
    browser.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert browser.get(reverse(OWN_PAGE)).context["user"] == noor


# --- Log-out, and what ends a log-in by itself ---


def test_log_out_is_a_post(browser: Client, noor: User) -> None:
    log_in(browser, noor.email)
    assert "Log out?" in browser.get(reverse("account_logout")).content.decode()
    assert is_in(browser)
    page = browser.post(reverse("account_logout"), follow=True)
    assert "You are logged out." in page.content.decode()
    assert not is_in(browser)


def test_an_idle_hour_logs_out(browser: Client, noor: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        log_in(browser, noor.email)
        clock.shift(timedelta(minutes=59))
        assert is_in(browser)
        clock.shift(timedelta(minutes=59))
        assert is_in(browser)
        clock.shift(timedelta(minutes=61))
        assert not is_in(browser)


# --- Forgotten password ---


def ask_reset(browser: Client, email: str, **headers: Any) -> Any:
    return browser.post(reverse("account_reset_password"), {"email": email}, follow=True, **headers)


def test_reset_link_sets_a_new_password(browser: Client, noor: User) -> None:
    page = ask_reset(browser, noor.email)
    assert "a mail with a link is on its way" in page.content.decode()
    form = browser.get(path_of(mailed_link()), follow=True)
    new = "zeehondje-34"
    done = browser.post(form.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert "Your password is changed" in done.content.decode()
    assert last_mail().subject == "Your password is changed"
    log_in(browser, noor.email)
    assert not is_in(browser)
    log_in(browser, noor.email, new)
    assert is_in(browser)


def test_reset_link_works_once(browser: Client, noor: User) -> None:
    ask_reset(browser, noor.email)
    link = path_of(mailed_link())
    form = browser.get(link, follow=True)
    browser.post(form.request["PATH_INFO"], {"password1": "zeehondje-34", "password2": "zeehondje-34"})
    page = in_english(Client()).get(link, follow=True)
    assert "This link does not work any more" in page.content.decode()


def test_reset_mail_ignores_a_forged_host(browser: Client, noor: User, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "evil.example"]
    ask_reset(browser, noor.email, HTTP_HOST="evil.example")
    assert mailed_link().startswith("https://coaching.example/wachtwoord/nieuw/")
    assert "evil.example" not in last_mail().body


def test_reset_for_an_unknown_address_looks_the_same(browser: Client, noor: User) -> None:
    known, unknown = ask_reset(browser, noor.email), ask_reset(browser, "nobody@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert last_mail().subject == "We do not know this address"


# --- No open sign-up ---


def test_nobody_signs_up(browser: Client, db: None) -> None:
    values = {"email": "new@example.org", "password1": PASSWORD}
    for page in (browser.get(reverse("account_signup")), browser.post(reverse("account_signup"), values)):
        assert "You come in by invitation" in page.content.decode()
    assert not User.objects.exists()


# --- Own e-mail address ---


def change_address(browser: Client, email: str) -> Any:
    """Asks for the change and gives the password that is asked for on the way."""
    asked = browser.post(reverse("account_email"), {"email": email, "action_add": ""})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    return browser.post(asked["Location"], {"password": PASSWORD}, follow=True)


def test_own_address_changes_after_the_link(browser: Client, noor: User) -> None:
    log_in(browser, noor.email)
    page = change_address(browser, "new@example.org")
    assert "Almost changed" in page.content.decode()
    noor.refresh_from_db()
    assert noor.email == "noor.de.wit@example.org"
    assert last_mail().to == "new@example.org"
    link = mailed_link()
    assert link.startswith("https://coaching.example/e-mailadres/bevestigen/")
    assert (
        "Noor de Wit logs in with <strong>new@example.org</strong>"
        in browser.get(path_of(link)).content.decode()
    )
    browser.post(path_of(link))
    noor.refresh_from_db()
    assert noor.email == "new@example.org"
    assert (last_mail().to, last_mail().subject) == (
        "noor.de.wit@example.org",
        "Your e-mail address is changed",
    )


def test_a_wrong_password_changes_no_address(browser: Client, noor: User) -> None:
    log_in(browser, noor.email)
    asked = browser.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    page = browser.post(asked["Location"], {"password": "not-this-one"})
    assert "That is not your password" in page.content.decode()
    assert not EmailAddress.objects.filter(email="new@example.org").exists()


def test_a_change_can_be_called_off(browser: Client, noor: User) -> None:
    log_in(browser, noor.email)
    change_address(browser, "new@example.org")
    browser.post(reverse("account_email"), {"email": "new@example.org", "action_remove": ""})
    assert "Almost changed" not in browser.get(reverse("account_email")).content.decode()
    noor.refresh_from_db()
    assert noor.email == "noor.de.wit@example.org"


def test_somebody_elses_address_is_never_taken(browser: Client, noor: User) -> None:
    tom = make_person("Tom Veenstra")
    log_in(browser, noor.email)
    change_address(browser, tom.email)
    page = browser.get(path_of(mailed_link()))
    assert "This link does not work any more" in page.content.decode()
    browser.post(path_of(mailed_link()))
    assert sorted(User.objects.values_list("email", flat=True)) == [noor.email, tom.email]


def test_only_the_own_address_can_be_removed_or_kept(browser: Client, noor: User) -> None:
    tom = make_person("Tom Veenstra")
    log_in(browser, noor.email)
    change_address(browser, "new@example.org")
    for action in ("action_remove", "action_primary", "action_send"):
        browser.post(reverse("account_email"), {"email": tom.email, action: ""})
    assert EmailAddress.objects.get(user=tom).email == tom.email
    tom.refresh_from_db()
    assert tom.email == "tom.veenstra@example.org"


# --- Language ---


def test_language_stays_with_the_person(browser: Client, noor: User) -> None:
    log_in(browser, noor.email)
    answer = browser.post(reverse("set_language"), {"language": "nl", "next": "/wachtwoord/"})
    assert answer["Location"] == "/wachtwoord/"
    elsewhere = in_english(Client())
    log_in(elsewhere, noor.email)
    assert '<html lang="nl">' in elsewhere.get(reverse(OWN_PAGE)).content.decode()


def test_language_before_log_in_is_dutch_or_chosen(db: None) -> None:
    browser = Client()
    assert '<html lang="nl">' in browser.get(reverse("account_login")).content.decode()
    browser.post(reverse("set_language"), {"language": "en"})
    assert '<html lang="en">' in browser.get(reverse("account_login")).content.decode()


def test_language_never_leads_to_another_site(browser: Client, noor: User) -> None:
    answer = browser.post(reverse("set_language"), {"language": "en", "next": "https://evil.example/"})
    assert answer["Location"] == reverse("home")


@pytest.mark.parametrize("word", ["abc", "home", "account_logout", ""])
def test_a_way_back_that_is_no_address_is_only_a_relative_one(browser: Client, db: None, word: str) -> None:
    answer = browser.post(reverse("set_language"), {"language": "en", "next": word})
    assert (answer.status_code, answer["Location"]) == (302, word or "/")


def test_a_message_nobody_has_read_goes_with_the_log_in(noor: User) -> None:
    """On a shared computer the next person would read it."""
    here = in_english(Client())
    here.force_login(noor)
    assert here.post(reverse("profile"), {"name": "Noor", "language": "en"}).status_code == 302
    del here.cookies["sessionid"]
    assert "Saved." not in here.get(reverse("account_login")).content.decode()
