"""Every address × every role: who gets in, who is told no, and for whom there is no such page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from coaching.lib.access import Access
from coaching.visibility import BY_KEY, ITEMS
from tests.scene import Scene
from tests.visits import Visits, Writes, visitors
from tests.walk import ROWS, Row

pytestmark = pytest.mark.django_db
MARKERS = {"allow", "members", "public"}


# -- the table is whole ------------------------------------------------------------------------------------


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry)


def test_every_address_has_a_name_and_a_row() -> None:
    names = {pattern.name for pattern in patterns(get_resolver())}
    assert None not in names
    assert names == {row.name for row in ROWS}


def test_every_view_wears_a_marker() -> None:
    bare = [
        p.name
        for p in patterns(get_resolver())
        if not isinstance(getattr(p.callback, "access", None), Access)
    ]
    assert not bare


def marks(function: ast.FunctionDef) -> list[str]:
    """The names of its decorators that are markers, outermost first, with what stands above them."""
    names = [ast.unparse(each).split("(")[0].split(".")[-1] for each in function.decorator_list]
    return [f"{place}:{name}" for place, name in enumerate(names) if name in MARKERS]


def view_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    root = Path(settings.BASE_DIR)
    for app in ("coaching", "schools", "portfolio", "popgroups"):
        for path in (root / app).rglob("*.py"):
            if path.name == "views.py" or path.parent.name == "views":
                for node in ast.parse(path.read_text()).body:
                    if isinstance(node, ast.FunctionDef) and node.decorator_list:
                        yield str(path.relative_to(root)), node


def test_the_marker_is_one_and_the_outermost() -> None:
    wrong = [f"{path} {function.name}" for path, function in view_functions() if marked_wrongly(function)]
    assert not wrong


def marked_wrongly(function: ast.FunctionDef) -> bool:
    found = marks(function)
    return bool(found) and (len(found) > 1 or not found[0].startswith("0:"))


def test_public_views_are_named_here() -> None:
    """A new view that is open to all has to be looked at twice."""
    public = {p.name for p in patterns(get_resolver()) if p.callback.access.kind == "public"}  # type: ignore[attr-defined]
    assert public == {row.name for row in ROWS if row.outside != "login"}


def test_rows_point_into_the_table_of_who_sees_what() -> None:
    assert {row.item for row in ROWS} == {item.key for item in ITEMS if item.in_use}
    assert len(BY_KEY) == len(ITEMS)


# -- the walk ----------------------------------------------------------------------------------------------


def ways(row: Row) -> list[str]:
    return [*(["get"] if row.get else []), *(["post"] if row.post is not None else [])]


@pytest.mark.parametrize(
    ("row", "how"), [pytest.param(row, how, id=f"{how}-{row.id}") for row in ROWS for how in ways(row)]
)
def test_each_role_at_each_address(
    row: Row, how: str, scene: Scene, clients: dict[str, Client], visits: Visits
) -> None:
    got = visits.make(row, how, scene, visitors(row, clients))
    assert {role: each.outcome for role, each in got.items()} == {role: row.expected(role) for role in got}
    assert not [role for role, each in got.items() if each.outcome != "in" and each.wrote]
    if how == "post" and row.may and not row.silent and len(got) == len(clients):
        assert any(each.wrote for each in got.values() if each.outcome == "in")


VERBS = [row for row in ROWS if not row.get and row.may]


@pytest.mark.parametrize("row", VERBS, ids=lambda row: row.id)
def test_a_verb_is_never_carried_out_by_following_a_link(
    row: Row, scene: Scene, clients: dict[str, Client]
) -> None:
    role, writes = row.may.split()[0], Writes()
    with transaction.atomic():
        row.prepare(scene)
        with connection.execute_wrapper(writes):
            reply = clients[role].get(row.address(scene))
        transaction.set_rollback(True)
    assert reply.status_code == 405
    assert not writes.found
