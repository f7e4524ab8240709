"""The demo's mailbox: by addressee and subject, newest first, a page at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from schools.models import OutgoingMail, School
from tests.people import Cast

from .test_hours import words

NOON = dt.datetime(2026, 11, 10, 11, tzinfo=dt.UTC)


@pytest.fixture
def demo(cast: Cast, settings: Any) -> None:
    School.objects.update(is_demo=True)
    settings.MAIL_SERVER = {}


def mail(number: int, to: str = "tom@example.org", subject: str = "") -> None:
    OutgoingMail.objects.create(
        to=to,
        subject=subject or f"Bericht {number:03}",
        body="Kom je?",
        message_id=f"<{number}@example.org>",
        made_at=NOON + dt.timedelta(minutes=number),
    )


def shown(**asked: Any) -> str:
    return words(Client().get(reverse("mailbox"), asked))


def test_mails_of_one_person_or_about_one_thing(demo: None) -> None:
    mail(1)
    mail(2, to="noor@example.org", subject="Uitnodiging: Bovenbouw")
    mail(3, subject="Uitnodiging: Onderbouw")
    assert "3 mails, nieuwste eerst" in shown()
    only = shown(to="NOOR@")
    assert "Uitnodiging: Bovenbouw" in only and "Onderbouw" not in only and "1 mail, nieuwste eerst" in only
    both = shown(to="tom", subject="uitnodiging")
    assert "Onderbouw" in both and "Bovenbouw" not in both and "Bericht 001" not in both
    assert "Geen mail past bij wat je vroeg" in shown(subject="iets anders")


def test_a_page_at_a_time_newest_first(demo: None) -> None:
    for number in range(60):
        mail(number)
    mail(99, to="noor@example.org", subject="Aan Noor")
    first, last = shown(to="tom"), shown(to="tom", page=3)
    assert first.index("Bericht 059") < first.index("Bericht 035") and "Bericht 034" not in first
    assert (
        "bladzijde 1 van 3" in first and "?to=tom&amp;subject=&amp;page=2" in first and "Nieuwer" not in first
    )
    assert "Bericht 000" in last and "Ouder" not in last and "Aan Noor" not in last
    for nonsense in ("0", "x", "9" * 30, "77"):
        assert "Bericht" in shown(page=nonsense)


def test_without_mail_it_says_how_to_get_some(demo: None) -> None:
    assert "Nog geen mail" in shown()
