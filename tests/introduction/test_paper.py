"""The plan of a trajectory on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from coaching.lib import pdf
from schools.models import Trajectory, User
from tests import pdf_checks
from tests.people import Cast

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=http://kwaad.example/x.png> <style>*{display:none}</style> {{ 7*7 }} 🎉 שלום"


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    pdf.renderer.stop()


def test_the_plan_is_a_document(cast: Cast, trajectory: Trajectory, browse: Callable[[User], Client]) -> None:
    made = browse(cast.olaf).get(reverse("trajectory_pdf", args=[trajectory.pk])).content
    order = [
        "De Zandplaat",
        "Collegiale coaching invoeren",
        "2026–2027",
        "Wat willen we bereiken?",
        "Wie en wanneer",
    ]
    order += [
        "terugkijken",
        "15 jun 2028",
        "1. Kennismaken en plannen maken",
        "De PMR heeft ingestemd",
        "6. Overdragen",
        "Trainingen",
        "Voordat je overdraagt",
    ]
    pdf_checks.check(
        made,
        title="Invoering 2026–2027 van De Zandplaat",
        headings=["Wat willen we bereiken?", "1. Kennismaken en plannen maken"],
        in_order=order,
        pages=2,
    )
    pictures = pdf_checks.keep_pictures(made, "invoering")
    assert all(picture.stat().st_size > 20_000 for picture in pictures)


def test_what_was_written_when_looking_back_is_on_it(
    cast: Cast, trajectory: Trajectory, browse: Callable[[User], Client]
) -> None:
    trajectory.look_backs.filter(years=1).update(text="Het blijft.")
    address = reverse("trajectory_pdf", args=[trajectory.pk])
    pdf_checks.check(
        browse(cast.karin).get(address).content,
        title="Invoering 2026–2027 van De Zandplaat",
        headings=["Terugkijken na 1 jaar 15 jun 2028"],
        in_order=["Voordat je overdraagt", "Terugkijken na 1 jaar", "Het blijft."],
    )
    assert "Het blijft." not in " ".join(pdf_checks.texts(browse(cast.olaf).get(address).content))


def test_in_english_and_with_whatever_people_type(
    cast: Cast, trajectory: Trajectory, browse: Callable[[User], Client]
) -> None:
    User.objects.filter(pk=cast.karin.pk).update(language="en")
    Trajectory.objects.filter(pk=trajectory.pk).update(goal=HOSTILE, start="")
    made = browse(cast.karin).get(reverse("trajectory_pdf", args=[trajectory.pk])).content
    title = "Introduction 2026–2027 of De Zandplaat"
    pdf_checks.check(
        made, title=title, language="en", headings=["Before you hand over"], in_order=["<img src"]
    )
