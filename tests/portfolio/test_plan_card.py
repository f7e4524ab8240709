from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from coaching.lib.pdf import PdfFailed
from portfolio.models import ActionPlan, ShareOpening
from schools.models import Role, RoleHeld
from tests.people import Cast
from tests.portfolio.test_views import lend, make_plan, make_tip, page


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML that went to the printer instead of a PDF."""
    pages: list[str] = []

    def keep(html: str, **words: object) -> bytes:
        pages.append(html)
        return b"%PDF-1.7"

    monkeypatch.setattr("coaching.lib.printing.render_pdf", keep)
    return pages


def test_the_card_of_the_owner_names_owner_school_and_sharing(
    cast: Cast, noor: Client, plan: ActionPlan, printed: list[str]
) -> None:
    make_tip(cast.noor, "Ik zou klein beginnen", plan)
    lend(plan, cast.tom)
    response = noor.get(reverse("plan_pdf", args=[plan.pk]))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'inline; filename="actieplan-{plan.pk}.pdf"'
    for shown in (plan.intention, "De Zandplaat", "Noor de Wit", "Tom Veenstra", "Ik zou klein beginnen"):
        assert shown in printed[0]


def test_the_card_of_a_viewer_leaves_out_tips_and_other_viewers(
    cast: Cast, client: Client, plan: ActionPlan, printed: list[str]
) -> None:
    make_tip(cast.noor, "geheime tip", plan)
    lend(plan, cast.tom)
    lend(plan, cast.esra)
    client.force_login(cast.tom)
    assert client.get(reverse("plan_pdf", args=[plan.pk])).status_code == 200
    assert plan.intention in printed[0] and "Tom Veenstra" in printed[0]
    assert "geheime tip" not in printed[0] and "Esra" not in printed[0]
    assert ShareOpening.objects.get().share.viewer == cast.tom


def test_the_card_names_nobody_who_sees_nothing_by_it(
    cast: Cast, noor: Client, plan: ActionPlan, printed: list[str]
) -> None:
    lend(plan, cast.tom)
    lend(plan, cast.esra)
    RoleHeld.objects.create(membership=cast.tom.memberships.get(), role=Role.DIRECTOR)
    noor.get(reverse("plan_pdf", args=[plan.pk]))
    assert "Esra Kaya" in printed[0] and "Tom Veenstra" not in printed[0]


def test_text_on_the_card_is_text(cast: Cast, noor: Client, printed: list[str]) -> None:
    plan = make_plan(cast.noor, "<img src=http://kwaad.example/>")
    noor.get(reverse("plan_pdf", args=[plan.pk]))
    assert "<img" not in printed[0] and "&lt;img" in printed[0]


def test_no_pdf_is_said_and_changes_nothing(
    noor: Client, plan: ActionPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(html: str, **words: object) -> bytes:
        raise PdfFailed("het duurde te lang")

    monkeypatch.setattr("coaching.lib.printing.render_pdf", fail)
    text = page(noor, "plan_pdf", plan.pk, status=503)
    assert "het duurde te lang" in text and reverse("plan", args=[plan.pk]) in text
