"""Home reminds coordinator and director, a month ahead, to look back on what was agreed a year ago."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from popgroups.models import Meeting
from schools.models import Consent, ConsentKind, Role, RoleHeld, SchoolAgreement, User
from schools.school_agreements import accept, propose, settle
from tests.people import Cast, build
from tests.test_home import things

pytestmark = pytest.mark.django_db
SETTLED = timezone.make_aware(dt.datetime(2025, 12, 10, 15))


def agreed(cast: Cast) -> str:
    """Returns the address of the school's agreement."""
    made = propose(cast.zandplaat, "De directeur ziet geen casussen.", seen=0, by=cast.karin, at=SETTLED)
    settle(cast.zandplaat, made.pk, cast.hanneke, SETTLED)
    for person in (cast.karin, cast.hanneke, cast.noor):
        accept(cast.zandplaat, made.version, person, SETTLED)
    for kind in ConsentKind:
        row = Consent.objects.get_or_create(school=cast.zandplaat, kind=kind, revoked_at=None)[0]
        Consent.objects.filter(pk=row.pk).update(given_at=SETTLED - dt.timedelta(days=60))
    assert SchoolAgreement.objects.count() == 1 and not Meeting.objects.exists()
    return reverse("school_agreement", args=[cast.zandplaat.pk])


def cards(person: User, title: str) -> list[str]:
    return [thing.url for thing in things(person) if thing.title.startswith(title)]


@pytest.mark.parametrize(
    ("year", "month", "day", "told"),
    [
        (2026, 1, 5, False),
        (2026, 11, 9, False),
        (2026, 11, 10, True),
        (2026, 12, 10, True),
        (2026, 12, 11, False),
    ],
)
def test_the_agreement_a_month_before_its_day(year: int, month: int, day: int, told: bool) -> None:
    with time_machine.travel(timezone.make_aware(dt.datetime(year, month, day, 9)), tick=False):
        cast = build()
        page = agreed(cast)
        for person in (cast.karin, cast.hanneke):
            assert cards(person, "Kijk samen terug op de afspraak") == ([page] if told else [])
        assert not cards(cast.noor, "Kijk samen terug")


def test_what_the_pmr_agreed_to_is_for_the_director() -> None:
    with time_machine.travel(timezone.make_aware(dt.datetime(2026, 10, 1, 9)), tick=False):
        cast = build()
        agreed(cast)
        assert cards(cast.hanneke, "Kijk samen terug op de instemming van de PMR van De Zandplaat") == [
            reverse("consents", args=[cast.zandplaat.pk])
        ]
        Consent.objects.filter(school=cast.zandplaat).update(revoked_at=timezone.now())
        assert not cards(cast.hanneke, "Kijk samen terug")


def test_who_holds_both_roles_reads_it_once() -> None:
    with time_machine.travel(timezone.make_aware(dt.datetime(2026, 11, 20, 9)), tick=False):
        cast = build()
        page = agreed(cast)
        RoleHeld.objects.create(membership=cast.karin.memberships.get(), role=Role.DIRECTOR)
        assert cards(cast.karin, "Kijk samen terug op de afspraak") == [page]
