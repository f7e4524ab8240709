"""Every address of intervision that takes a post, with what should never be sent: told in words, never a 500."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from coaching.intervision.models import Case, Contribution, Session
from coaching.intervision.urls import urlpatterns
from popgroups.models import LookBack
from portfolio.models import ActionPlan, Entry
from schools.drafts import draft_text
from tests.people import make_group, make_meeting, make_session
from tests.scene import Scene
from tests.walk import ROWS, Row

NAMES = {pattern.name for pattern in urlpatterns}
POSTED = [row for row in ROWS if row.name in NAMES and row.post is not None]
MEGABYTE = "a" * 1_000_000
STRANGE = "👩🏽‍🏫 שלום مرحبا ‮gpj.exe‬ e\u0301 ﬁ İ 日本語 {{ 7 }} <b>&lt;"
UNKNOWN = (999_999_999, 10**30)

# The boxes people type in: address → what is posted for it.
BOXES = {
    "write": ["text"],
    "question": ["text"],
    "hypothesis": ["text"],
    "make_plan": ["intention", "where", "works_when", "if_then"],
    "learn": ["text"],
    "look_back": ["happened"],
    "case": ["situation", "tried", "question"],
}
STAY_OPEN = {"make_plan", "learn", "tap", "withdraw", "case", "open_session", "delete_case"}

Rows = list[Any]
Send = Callable[..., HttpResponse]


def ids(rows: list[Row]) -> Rows:
    return [pytest.param(row, id=row.id) for row in rows]


def with_box() -> Rows:
    rows = {row.name: row for row in POSTED if row.name in BOXES and row.of != "closed"}
    return [pytest.param(row, box, id=f"{name}-{box}") for name, row in rows.items() for box in BOXES[name]]


@pytest.fixture(autouse=True)
def as_it_was(scene: Scene) -> Iterator[None]:
    """The scene serves the whole module; what a test did to it is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def send(scene: Scene, clients: dict[str, Client]) -> Send:
    """Post what ``row`` sends, with ``more`` over it, as somebody who may; never a 500."""

    def post(row: Row, *, only: bool = False, address: str = "", **more: Any) -> HttpResponse:
        row.prepare(scene)
        data = more if only else {**row.data(scene), **more}
        reply: Any = clients[person(row)].post(
            address or row.address(scene), data, headers={"HX-Request": "true"}
        )
        assert reply.status_code < 500, row.id
        return reply

    return post


def person(row: Row) -> str:
    if row.name == "look_back":
        return "presenter"  # whose plan it is
    roles = row.may.split()
    return "participant" if "participant" in roles else roles[0] if roles else "facilitator"


def box_of(row: Row, box: str, scene: Scene) -> str:
    return f"lb{scene.look_back.pk}-{box}" if row.name == "look_back" else box


def text_of(reply: Any) -> str:
    return str(reply.content.decode())


def counts() -> tuple[int, ...]:
    return tuple(model._default_manager.count() for model in (Contribution, ActionPlan, Entry, Case))


# -- text nobody types -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("row", "box"), with_box())
def test_a_megabyte_is_too_long_and_told(row: Row, box: str, scene: Scene, send: Send) -> None:
    before = counts()
    reply = send(row, **{box_of(row, box, scene): MEGABYTE})
    assert reply.status_code == (200 if row.name == "case" else 422)
    assert "1000000" in text_of(reply).replace(".", "") and "tekens" in text_of(reply)
    assert counts() == before


@pytest.mark.parametrize("row", ids(POSTED))
def test_a_megabyte_nobody_asked_for_changes_nothing(row: Row, send: Send) -> None:
    usual = text_and_status_of(send, row)
    assert text_and_status_of(send, row, nonsense=MEGABYTE) == usual


def text_and_status_of(send: Send, row: Row, **more: Any) -> int:
    with transaction.atomic():
        status = send(row, **more).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("row", ids([row for row in POSTED if row.name in BOXES]))
@pytest.mark.parametrize("htmx", [False, True])
def test_three_megabytes_are_refused_in_words(row: Row, htmx: bool, scene: Scene) -> None:
    """Already while the form's token is looked for, which the other tests leave out."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "r" * 32
    client.force_login(scene.person(person(row)))
    headers = {"HX-Request": "true"} if htmx else {}
    reply = client.post(row.address(scene), {"text": MEGABYTE * 3}, headers=headers)
    assert reply.status_code == 413
    assert ("<html" in reply.content.decode()) != htmx
    assert "alert" in text_of(reply) or "<h1>" in text_of(reply)


def stored(row: Row, box: str, scene: Scene) -> str:
    """What the database holds of a box after it was sent."""
    if row.name in ("question", "hypothesis"):
        return str(getattr(Session.objects.get(pk=scene.running.pk), row.name))
    if row.name == "write":
        return Contribution.objects.latest("pk").text
    if row.name == "make_plan":
        return str(getattr(ActionPlan.objects.latest("pk"), box))
    if row.name == "learn":
        return Entry.objects.latest("pk").text
    if row.name == "look_back":
        return scene.plan.moves.latest("pk").happened
    return str(getattr(Case.objects.latest("pk"), box))


@pytest.mark.parametrize(("row", "box"), with_box())
def test_any_script_is_kept_to_the_letter(row: Row, box: str, scene: Scene, send: Send) -> None:
    reply = send(row, **{box_of(row, box, scene): STRANGE})
    assert reply.status_code in (204, 302), text_of(reply)
    assert stored(row, box, scene) == STRANGE


@pytest.mark.parametrize(("row", "box"), with_box())
def test_a_nul_is_refused_in_words(row: Row, box: str, scene: Scene, send: Send) -> None:
    before = counts()
    reply = send(row, **{box_of(row, box, scene): "Ik zou\x00stoppen."})
    assert reply.status_code == (200 if row.name == "case" else 422)
    assert "Null" in text_of(reply) or "null" in text_of(reply)
    assert counts() == before


def test_the_text_with_a_nul_is_kept_without_it(scene: Scene, send: Send) -> None:
    row = next(row for row in POSTED if row.name == "write")
    send(row, text="Ik zou\x00stoppen.")
    step = Session.objects.get(pk=scene.running.pk).step
    assert step is not None
    assert draft_text(scene.cast.tom, f"session:{scene.running.pk}:step:{step.pk}:write") == "Ik zoustoppen."


@pytest.mark.parametrize("value", ["\x00", "", "-1", "x", "1" * 40, "null", STRANGE])
@pytest.mark.parametrize("row", ids([row for row in POSTED if row.post]))
def test_any_field_may_hold_nonsense(row: Row, value: str, scene: Scene, send: Send) -> None:
    reply = send(row, **dict.fromkeys(row.data(scene), value))
    assert reply.status_code in (200, 204, 302, 404, 409, 422)


@pytest.mark.parametrize("row", ids(POSTED))
def test_an_empty_post_is_answered(row: Row, send: Send) -> None:
    reply = send(row, only=True)
    assert reply.status_code in (200, 204, 302, 403, 409, 422)
    assert reply.status_code in (204, 302) or text_of(reply).strip()


@pytest.mark.parametrize("row", ids(POSTED))
def test_sent_twice_is_carried_out_once_at_most(row: Row, scene: Scene, clients: dict[str, Client]) -> None:
    row.prepare(scene)
    data = {**row.data(scene), "once_key": str(uuid.uuid4())}
    before = sum(counts())
    replies = [clients[person(row)].post(row.address(scene), data) for _ in range(2)]
    assert all(reply.status_code in (200, 204, 302, 403, 404, 409, 422) for reply in replies)
    assert sum(counts()) <= before + 1


# -- ids ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unknown", UNKNOWN)
@pytest.mark.parametrize("row", ids(POSTED))
def test_an_address_that_is_not_there(row: Row, unknown: int, scene: Scene, send: Send) -> None:
    assert (
        send(row, address=reverse(row.name, kwargs={**parts(row, scene), "pk": unknown})).status_code == 404
    )


def parts(row: Row, scene: Scene) -> dict[str, Any]:
    return {key: getattr(scene.extra.get(value), "pk", value) for key, value in row.parts.items()}


@pytest.mark.parametrize("unknown", UNKNOWN)
@pytest.mark.parametrize("row", ids([row for row in POSTED if row.parts]))
def test_a_part_that_is_not_there(row: Row, unknown: int, scene: Scene, send: Send) -> None:
    kwargs = {"pk": getattr(scene, row.of).pk, **dict.fromkeys(row.parts, unknown)}
    assert send(row, address=reverse(row.name, kwargs=kwargs)).status_code == 404


PEOPLE_FIELDS = [
    ("write", "author"),
    ("set_role", "participant"),
    ("ask_guest", "person"),
    ("make_plan", "buddy"),
]


@pytest.mark.parametrize("unknown", UNKNOWN)
@pytest.mark.parametrize(("name", "field"), PEOPLE_FIELDS)
def test_somebody_who_is_not_there(name: str, field: str, unknown: int, send: Send) -> None:
    row = next(row for row in POSTED if row.name == name and row.of == "running")
    reply = send(row, **{field: unknown})
    assert reply.status_code == 422 and "alert" in text_of(reply)


@pytest.mark.parametrize("name", ["choose", "vote", "mark", "pick_hypothesis"])
def test_a_card_of_another_session_is_not_there(name: str, scene: Scene, send: Send) -> None:
    row = next(row for row in POSTED if row.name == name)
    other = Contribution.objects.shown().filter(step__session=scene.closed).earliest("pk")
    address = reverse(name, kwargs={"pk": scene.running.pk, "card": other.pk})
    assert send(row, address=address).status_code == 404


@pytest.mark.parametrize("name", ["write", "set_role"])
def test_a_participant_of_another_session_is_nobody_here(name: str, scene: Scene, send: Send) -> None:
    row = next(row for row in POSTED if row.name == name and row.of == "running")
    other = scene.closed.participants.get(person=scene.cast.esra)
    before = counts()
    field = "author" if name == "write" else "participant"
    assert send(row, **{field: other.pk, "text": "Namens een ander."}).status_code == 422
    assert counts() == before


def test_a_step_of_another_session_is_not_there(scene: Scene, send: Send) -> None:
    row = next(row for row in POSTED if row.name == "write")
    before = counts()
    assert send(row, step=scene.closed.steps.get(key="tip_parade").pk).status_code == 404
    assert counts() == before


def test_a_look_back_of_another_group_is_not_there(scene: Scene, send: Send) -> None:
    row = next(row for row in POSTED if row.name == "look_back")
    group = make_group(scene.cast.zandplaat, "Onderbouw", [scene.cast.ilse])
    plan = ActionPlan.objects.create(owner=scene.cast.tom, intention="Van elders.")
    other = LookBack.objects.create(group=group, action_plan=plan)
    address = reverse("look_back", kwargs={"pk": scene.running.pk, "row": other.pk})
    assert send(row, address=address, **{f"lb{other.pk}-result": "done"}).status_code == 404
    plan.refresh_from_db()
    assert plan.state == "planned"


def test_a_member_of_another_group_agrees_nowhere(scene: Scene, send: Send) -> None:
    row = next(row for row in POSTED if row.name == "agreed_aloud")
    group = make_group(scene.cast.zandplaat, "Onderbouw", [scene.cast.ilse])
    kwargs = {"pk": scene.running.pk, "member": group.members.get().pk}
    assert send(row, address=reverse("agreed_aloud", kwargs=kwargs)).status_code == 404


@pytest.mark.parametrize("row", ids([row for row in POSTED if row.of in ("running", "lobby", "later")]))
def test_a_session_of_another_group_is_not_there(row: Row, scene: Scene, send: Send) -> None:
    group = make_group(scene.cast.zandplaat, "Onderbouw", [scene.cast.ilse, scene.cast.karin])
    meeting = make_meeting(group)
    session = make_session(meeting, [scene.cast.ilse, scene.cast.karin], running=True)
    pk = meeting.pk if row.of == "later" else session.pk
    assert send(row, address=reverse(row.name, kwargs={**parts(row, scene), "pk": pk})).status_code == 404


# -- too late ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["look_back", "choice", "problem", "analysis", "hypothesis"])
def test_a_card_for_a_step_that_is_over_is_stale_and_kept(
    key: str, scene: Scene, send: Send, clients: dict[str, Client]
) -> None:
    row = next(row for row in POSTED if row.name == "write")
    scene.running.moves.all().delete()
    step, before = scene.running.steps.get(key=key), counts()
    reply = send(row, step=step.pk, text="Wat ik nog wilde zeggen.")
    assert reply.status_code == 409 and "TIP-parade" in text_of(reply)
    assert counts() == before
    field = f"session:{scene.running.pk}:step:{step.pk}:write"
    assert draft_text(scene.cast.tom, field) == "Wat ik nog wilde zeggen."
    mine = clients["participant"].get(f"/sessie/{scene.running.pk}/mijn/").content.decode()
    assert "Wat ik nog wilde zeggen." in mine and step.title_nl in mine


LATE = [row for row in POSTED if row.of == "running" and row.name not in STAY_OPEN]


@pytest.mark.parametrize("state", ["closed", "cancelled"])
@pytest.mark.parametrize("row", ids(LATE))
def test_after_the_end_nothing_moves(row: Row, state: str, scene: Scene, clients: dict[str, Client]) -> None:
    row.prepare(scene)
    address, data = row.address(scene), row.data(scene)
    Session.objects.filter(pk=scene.running.pk).update(state=state)
    before = (counts(), Session.objects.values().get(pk=scene.running.pk))
    reply = clients[person(row)].post(address, data, headers={"HX-Request": "true"})
    assert reply.status_code in (403, 409), text_of(reply)
    assert (counts(), Session.objects.values().get(pk=scene.running.pk)) == before


@pytest.mark.parametrize("row", ids([row for row in LATE if row.name in BOXES and row.name != "look_back"]))
def test_what_was_typed_when_it_ended_is_kept(row: Row, scene: Scene, clients: dict[str, Client]) -> None:
    row.prepare(scene)
    Session.objects.filter(pk=scene.running.pk).update(state="closed")
    data = {**row.data(scene), "text": "Mijn laatste zin."}
    client = clients[person(row)]
    assert client.post(row.address(scene), data, headers={"HX-Request": "true"}).status_code == 409
    assert "Mijn laatste zin." in client.get(f"/sessie/{scene.running.pk}/").content.decode()


# -- the wrong way -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ids([row for row in POSTED if not row.get and row.may]))
def test_a_verb_is_not_read(row: Row, scene: Scene, clients: dict[str, Client]) -> None:
    row.prepare(scene)
    before = counts()
    assert clients[person(row)].get(row.address(scene)).status_code == 405
    assert counts() == before
