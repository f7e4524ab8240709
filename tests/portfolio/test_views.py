from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portfolio.models import ActionPlan, Entry, EntryKind, KeptTip, PlanState, Share, ShareOpening, TipMark
from portfolio.sharing import share
from schools.models import Draft, User
from tests.people import Cast

TODAY = timezone.localdate


def make_plan(owner: User, intention: str = "Ik begin met een stil startblokje", **more: Any) -> ActionPlan:
    return ActionPlan.objects.create(owner=owner, intention=intention, **more)


def make_tip(owner: User, text: str, plan: ActionPlan | None = None) -> KeptTip:
    return KeptTip.objects.create(
        owner=owner, plan=plan, text=text, mark=TipMark.PICK if plan else TipMark.KEEP, source=str(uuid4())
    )


def lend(plan: ActionPlan, viewer: User, days: int = 30) -> Share:
    return share(plan, viewer, until=TODAY() + dt.timedelta(days=days), at=timezone.now())


def page(client: Client, name: str, *args: Any, status: int = 200) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == status
    return response.content.decode()


def statements(client: Client, name: str, *args: Any) -> int:
    """SQL statements of one page, once the log-in's time stamp has been written."""
    page(client, name, *args)
    with CaptureQueriesContext(connection) as captured:
        page(client, name, *args)
    return len(captured)


def edited(plan: ActionPlan, **changes: Any) -> dict[str, Any]:
    fields = {
        "intention": plan.intention,
        "where": plan.where,
        "works_when": plan.works_when,
        "if_then": plan.if_then,
    }
    return {**fields, "due": plan.due or "", "seen": plan.version, "once_key": str(uuid4()), **changes}


# -- the portfolio -----------------------------------------------------------------------------------------


def test_the_portfolio_shows_my_things_and_nobody_elses(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    Entry.objects.create(
        owner=cast.noor, kind=EntryKind.SUCCESS, title="De klas startte zelf", text="Vandaag!"
    )
    make_plan(cast.noor, "Afgerond plan", state=PlanState.DONE)
    make_tip(cast.noor, "Ik zou de deur openzetten")
    make_tip(cast.samir, "tip van Samir")
    Entry.objects.create(owner=cast.samir, kind=EntryKind.REFLECTION, title="van Samir")
    theirs = make_plan(cast.samir, "plan van Samir")
    lend(theirs, cast.noor)
    text = page(noor, "portfolio")
    for mine in ("De klas startte zelf", plan.intention, "Afgerond plan", "Ik zou de deur openzetten"):
        assert mine in text
    for other in ("tip van Samir", "van Samir", "plan van Samir"):
        assert other not in text


def test_an_empty_portfolio_says_what_to_do(noor: Client) -> None:
    text = page(noor, "portfolio")
    assert reverse("entry_new") in text and reverse("plan_new") in text
    assert text.count('<li class="row-line">') == 2
    assert text.count('class="empty"') == 1


def test_the_portfolio_costs_the_same_with_more_rows(cast: Cast, noor: Client) -> None:
    counts = []
    for number in range(3):
        plan = make_plan(cast.noor, f"plan {number}")
        make_tip(cast.noor, f"tip {number}", plan)
        Entry.objects.create(owner=cast.noor, kind=EntryKind.SUCCESS, title=f"succes {number}")
        counts.append(statements(noor, "portfolio"))
    assert counts[0] == counts[2] <= 12


def test_a_success_is_added_once_and_its_draft_is_gone(cast: Cast, noor: Client) -> None:
    Draft.objects.create(writer=cast.noor, field="entry:new:title", text="De klas st")
    assert "De klas st" in page(noor, "entry_new")
    told = {
        "kind": "success",
        "title": "De klas startte zelf 🎉",
        "text": "",
        "day": TODAY(),
        "once_key": uuid4(),
    }
    for _twice in range(2):
        response = noor.post(reverse("entry_new"), told)
        assert response.status_code == 302
    entry = Entry.objects.get(owner=cast.noor)
    assert (entry.title, entry.kind, entry.source) == ("De klas startte zelf 🎉", EntryKind.SUCCESS, "")
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "x" * 201), ("title", "a\x00b"), ("kind", "learning"), ("day", "gisteren")],
)
def test_a_refused_entry_keeps_what_was_typed(noor: Client, field: str, value: str) -> None:
    told = {"kind": "success", "title": "Titel", "text": "lange tekst", "day": TODAY(), field: value}
    response = noor.post(reverse("entry_new"), told)
    assert "lange tekst" in response.content.decode()
    assert not Entry.objects.exists()


def test_an_entry_is_edited_and_deleted_after_asking(cast: Cast, noor: Client) -> None:
    entry = Entry.objects.create(owner=cast.noor, kind=EntryKind.LEARNING, title="oud", source="session:1")
    told = {"seen": 1, "kind": "success", "title": "nieuw", "text": "meer", "day": TODAY()}
    noor.post(reverse("entry_edit", args=[entry.pk]), told)
    entry.refresh_from_db()
    assert (entry.title, entry.text, entry.kind) == ("nieuw", "meer", EntryKind.LEARNING)
    Draft.objects.create(writer=cast.noor, field=f"entry:{entry.pk}:text", text="half")
    assert "nieuw" in page(noor, "entry_delete", entry.pk)
    noor.post(reverse("entry_delete", args=[entry.pk]))
    assert not Entry.objects.exists() and not Draft.objects.exists()


def test_an_entry_of_somebody_else_is_not_there(cast: Cast, noor: Client) -> None:
    entry = Entry.objects.create(owner=cast.samir, kind=EntryKind.SUCCESS, title="van Samir")
    page(noor, "entry", entry.pk, status=404)
    assert noor.post(reverse("entry_delete", args=[entry.pk])).status_code == 404
    assert Entry.objects.filter(pk=entry.pk).exists()


# -- the plan ----------------------------------------------------------------------------------------------


def test_a_plan_of_one_line_is_made_once(cast: Cast, noor: Client) -> None:
    told = {"intention": "Ik vraag eerst door", "due": "", "once_key": str(uuid4())}
    first, second = (noor.post(reverse("plan_new"), told) for _twice in range(2))
    plan = ActionPlan.objects.get(owner=cast.noor)
    assert first.headers["Location"] == reverse("plan", args=[plan.pk])
    assert second.headers["Location"] == reverse("portfolio")
    assert plan.due is None and plan.state == PlanState.PLANNED


def test_the_owner_sees_plan_tips_and_history(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    make_tip(cast.noor, "Ik zou klein beginnen", plan)
    plan.record_result(PlanState.TRIED, cast.noor, timezone.now(), happened="Het werd stiller")
    text = page(noor, "plan", plan.pk)
    for shown in (
        plan.intention,
        "Ik zou klein beginnen",
        "Het werd stiller",
        reverse("plan_edit", args=[plan.pk]),
    ):
        assert shown in text
    assert not ShareOpening.objects.exists()


def test_a_viewer_sees_the_plan_only_and_the_owner_sees_that(
    cast: Cast, noor: Client, client: Client, plan: ActionPlan
) -> None:
    make_tip(cast.noor, "geheime tip", plan)
    plan.record_result(PlanState.TRIED, cast.noor, timezone.now(), happened="geheim verloop")
    lend(plan, cast.tom)
    client.force_login(cast.tom)
    text = page(client, "plan", plan.pk)
    assert plan.intention in text and "Noor de Wit" in text
    for hidden in ("geheime tip", "geheim verloop", reverse("plan_edit", args=[plan.pk])):
        assert hidden not in text
    assert ShareOpening.objects.get().share.viewer == cast.tom
    client.force_login(cast.noor)
    opened = page(client, "plan", plan.pk)
    assert "Tom Veenstra" in opened and reverse("share_revoke", args=[Share.objects.get().pk]) in opened


OWNER_ONLY = ["plan_edit", "plan_drop_drafts", "plan_result", "plan_success", "plan_share", "plan_delete"]


@pytest.mark.parametrize("name", OWNER_ONLY)
def test_only_the_owner_acts_on_a_plan(cast: Cast, client: Client, plan: ActionPlan, name: str) -> None:
    lend(plan, cast.tom)
    for person, status in ((cast.tom, 403), (cast.samir, 404), (cast.karin, 404), (cast.hanneke, 404)):
        client.force_login(person)
        assert client.post(reverse(name, args=[plan.pk]), edited(plan)).status_code == status
    plan.refresh_from_db()
    assert (plan.version, plan.state) == (1, PlanState.PLANNED)


def test_an_edit_is_saved_and_its_drafts_are_gone(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    Draft.objects.create(writer=cast.noor, field=f"plan:{plan.pk}:where", text="in gro")
    form = page(noor, "plan_edit", plan.pk)
    assert "in gro" in form and f'data-draft="plan:{plan.pk}:intention"' in form
    noor.post(reverse("plan_edit", args=[plan.pk]), edited(plan, where="in groep 7", due="2026-12-01"))
    plan.refresh_from_db()
    assert (plan.where, plan.due, plan.version) == ("in groep 7", dt.date(2026, 12, 1), 2)
    assert not plan.group_sees_title  # the box was not ticked
    assert not Draft.objects.exists()


def test_an_edit_sent_twice_is_one_edit(noor: Client, plan: ActionPlan) -> None:
    told = edited(plan, where="in groep 7")
    codes = [noor.post(reverse("plan_edit", args=[plan.pk]), told).status_code for _twice in range(2)]
    plan.refresh_from_db()
    assert codes == [302, 302] and plan.version == 2


def test_a_stale_edit_shows_both_texts_and_loses_none(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    Draft.objects.create(writer=cast.noor, field=f"plan:{plan.pk}:where", text="bij de deur")
    stale = edited(plan, where="bij de deur")
    plan.rewrite(1, where="in de gymzaal")
    response = noor.post(reverse("plan_edit", args=[plan.pk]), stale)
    text = response.content.decode()
    assert response.status_code == 409
    assert '<td class="written">in de gymzaal</td>' in text and '<td class="written">bij de deur</td>' in text
    assert 'value="bij de deur"' in text and 'name="seen" value="2"' in text
    assert Draft.objects.exists()
    plan.refresh_from_db()
    assert plan.where == "in de gymzaal"
    assert noor.post(reverse("plan_edit", args=[plan.pk]), {**stale, "seen": 2}).status_code == 302
    plan.refresh_from_db()
    assert plan.where == "bij de deur"


def test_a_draft_can_be_thrown_away(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    Draft.objects.create(writer=cast.noor, field=f"plan:{plan.pk}:where", text="in gro")
    Draft.objects.create(writer=cast.noor, field=f"plan:{plan.pk}0:where", text="ander plan")
    noor.post(reverse("plan_drop_drafts", args=[plan.pk]))
    assert Draft.objects.get().text == "ander plan"


@pytest.mark.parametrize("intention", ["", "x" * 501, "a\x00b", "x" * 1_000_000])
def test_a_refused_edit_changes_nothing(noor: Client, plan: ActionPlan, intention: str) -> None:
    response = noor.post(
        reverse("plan_edit", args=[plan.pk]), edited(plan, intention=intention, where="daar")
    )
    assert response.status_code == 200 and 'value="daar"' in response.content.decode()
    plan.refresh_from_db()
    assert (plan.version, plan.where) == (1, "")


def test_how_it_went_is_recorded_once(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    Draft.objects.create(writer=cast.noor, field=f"plan:{plan.pk}:happened", text="Het w")
    assert "Het w" in page(noor, "plan", plan.pk)
    told = {"happened": "Het werd stiller", "result": "tried", "once_key": str(uuid4())}
    for _twice in range(2):
        assert noor.post(reverse("plan_result", args=[plan.pk]), told).status_code == 302
    plan.refresh_from_db()
    assert plan.state == PlanState.TRIED
    assert [move.happened for move in plan.moves.all()] == ["Het werd stiller"]
    assert not Draft.objects.exists()


def test_a_result_that_cannot_follow_is_refused_with_the_text_kept(
    cast: Cast, noor: Client, plan: ActionPlan
) -> None:
    plan.record_result(PlanState.DONE, cast.noor, timezone.now())
    told = {"happened": "mijn verhaal", "result": "tried", "once_key": str(uuid4())}
    response = noor.post(reverse("plan_result", args=[plan.pk]), told)
    assert response.status_code == 409 and "mijn verhaal" in response.content.decode()
    assert plan.moves.count() == 1


def test_a_plan_becomes_a_success_once(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    assert reverse("plan_success", args=[plan.pk]) not in page(noor, "plan", plan.pk)
    plan.record_result(PlanState.TRIED, cast.noor, timezone.now())
    assert reverse("plan_success", args=[plan.pk]) in page(noor, "plan", plan.pk)
    for _twice in range(2):
        noor.post(reverse("plan_success", args=[plan.pk]))
    assert Entry.objects.get(owner=cast.noor).title == plan.intention


def test_a_plan_is_deleted_after_asking_and_its_tips_stay(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    make_tip(cast.noor, "Ik zou klein beginnen", plan)
    lend(plan, cast.tom)
    Draft.objects.create(writer=cast.noor, field=f"plan:{plan.pk}:where", text="half")
    assert plan.intention in page(noor, "plan_delete", plan.pk)
    assert ActionPlan.objects.exists()
    noor.post(reverse("plan_delete", args=[plan.pk]))
    assert not ActionPlan.objects.exists() and not Share.objects.exists() and not Draft.objects.exists()
    assert KeptTip.objects.get().plan is None


def test_the_plan_page_costs_the_same_with_more_rows(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    counts = []
    for viewer in (cast.tom, cast.esra, cast.lieke):
        make_tip(cast.noor, f"tip voor {viewer}", plan)
        ShareOpening.objects.create(share=lend(plan, viewer))
        plan.record_result(PlanState.ADJUSTED, cast.noor, timezone.now(), happened="weer een keer")
        counts.append(statements(noor, "plan", plan.pk))
    assert counts[0] == counts[2] <= 12


# -- sharing -----------------------------------------------------------------------------------------------


def test_sharing_names_a_colleague_and_an_end(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    until = TODAY() + dt.timedelta(days=10)
    told = {"viewers": [cast.esra.pk], "until": until, "as_buddy": "on"}
    for _twice in range(2):
        noor.post(reverse("plan_share", args=[plan.pk]), told)
    given = Share.objects.get()
    plan.refresh_from_db()
    assert (given.viewer, given.until, plan.buddy) == (cast.esra, until, cast.esra)
    assert ActionPlan.objects.visible_to(cast.esra).get() == plan


@pytest.mark.parametrize("who", ["vera", "olaf", "noor"])
def test_a_plan_is_not_shared_outside_school_with_a_consultant_or_with_oneself(
    cast: Cast, noor: Client, plan: ActionPlan, who: str
) -> None:
    told = {"viewers": [getattr(cast, who).pk], "until": TODAY()}
    assert noor.post(reverse("plan_share", args=[plan.pk]), told).status_code == 422
    assert not Share.objects.exists()


def test_a_share_does_not_end_in_the_past(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    told = {"viewers": [cast.esra.pk], "until": TODAY() - dt.timedelta(days=1)}
    assert noor.post(reverse("plan_share", args=[plan.pk]), told).status_code == 422
    assert not Share.objects.exists()


def test_taking_back_works_at_once(cast: Cast, noor: Client, client: Client, plan: ActionPlan) -> None:
    given = lend(plan, cast.tom)
    noor.post(reverse("share_revoke", args=[given.pk]))
    client.force_login(cast.tom)
    page(client, "plan", plan.pk, status=404)
    page(client, "plan_pdf", plan.pk, status=404)


def test_only_who_gave_a_share_takes_it_back(cast: Cast, client: Client, plan: ActionPlan) -> None:
    given = lend(plan, cast.tom)
    for person in (cast.tom, cast.samir, cast.karin):
        client.force_login(person)
        assert client.post(reverse("share_revoke", args=[given.pk])).status_code == 404
    given.refresh_from_db()
    assert given.revoked_at is None
