"""The pages people get when something is refused, missing or broken."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import server_error

from coaching.views import forbidden
from tests.people import Cast

ENGLISH = {"HTTP_COOKIE": "django_language=en"}


def as_reader(request: HttpRequest, *, htmx: bool = False) -> HttpRequest:
    """What the middleware adds before a view is reached."""
    request.htmx = htmx  # type: ignore[attr-defined]
    return request


@pytest.mark.django_db
def test_missing_page_says_what_to_do() -> None:
    answer = Client().get("/nowhere/", **ENGLISH)  # type: ignore[arg-type]
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "We can't find this page" in page
    assert '<a class="btn btn-primary" href="/">' in page
    assert '<html lang="en">' in page


@pytest.mark.django_db
def test_missing_fragment_is_no_whole_page() -> None:
    answer = Client().get("/nowhere/", HTTP_HX_REQUEST="true", **ENGLISH)  # type: ignore[arg-type]
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "We can't find this page" in page
    assert "<html" not in page


def test_forbidden_page_says_whom_to_ask(rf: RequestFactory) -> None:
    answer: HttpResponse = forbidden(as_reader(rf.get("/")))
    assert answer.status_code == 403
    assert 'href="/wie-ziet-wat/"' in answer.content.decode()


def test_broken_page_needs_nothing_from_the_site(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert '<main id="main">' in answer.content.decode()
    assert answer.content.decode() == render_to_string("500.html")


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_words(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/taal/", {"language": "en"}, **ENGLISH)  # type: ignore[arg-type]
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


@pytest.mark.django_db
def test_the_address_of_a_button_leads_home_when_it_is_opened(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.noor)
    answer = browser.get(reverse("make_my_feed"))
    assert (answer.status_code, answer["Allow"], answer["Cache-Control"]) == (405, "POST", "no-store")
    page = answer.content.decode()
    assert '<a class="btn btn-primary" href="/">' in page and "<html" in page
    assert "<html" not in browser.get(reverse("make_my_feed"), HTTP_HX_REQUEST="true").content.decode()


@pytest.mark.django_db
def test_the_address_of_a_button_says_so_before_log_in_too() -> None:
    answer = Client().get("/taal/", **ENGLISH)  # type: ignore[arg-type]
    assert answer.status_code == 405
    assert "There is nothing to read at this address" in answer.content.decode()
