"""The page "Wie ziet wat": the whole table, for everybody, with the operator named."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client, override_settings
from django.utils import translation

from coaching.visibility import BY_KEY, ITEMS, VIEWERS


@pytest.fixture
def shown(db: None) -> str:
    with override_settings(OPERATOR_NAME="Kustwerk ICT", BACKUP_DAYS=21):
        reply = Client().get("/wie-ziet-wat/")
    assert reply.status_code == 200
    return " ".join(unescape(reply.content.decode()).split())


def test_every_cell_of_the_table_is_on_the_page(shown: str) -> None:
    with translation.override("nl"):
        for item in ITEMS:
            row = shown.split(f'id="{item.key}"')[1].split("</tr>")[0]
            assert str(item.label) in row and str(item.owner) in row
            for viewer, sight in item.cells:
                cell = f">{viewer.label}</span> <span>{sight.words}</span>" if sight else "–"
                assert cell in row, (item.key, viewer.key)


def test_it_says_who_can_read_the_database(shown: str) -> None:
    assert "Kustwerk ICT" in shown
    assert " 21 " in shown


def test_what_is_not_there_yet_is_told_apart(shown: str) -> None:
    now, later = shown.split('id="later"')
    assert all((f'id="{item.key}"' in now) == item.in_use for item in ITEMS)
    assert all((f'id="{item.key}"' in later) != item.in_use for item in ITEMS)


@pytest.mark.parametrize("viewer", ["coordinator", "director"])
@pytest.mark.parametrize("item", ["session", "notes"])
def test_who_leads_never_sees_what_was_said(item: str, viewer: str) -> None:
    sight = BY_KEY[item].sight(viewer)
    assert sight is not None and sight.level == "never"


def test_every_viewer_has_a_name_of_its_own() -> None:
    assert len({viewer.key for viewer in VIEWERS}) == len({str(viewer.label) for viewer in VIEWERS}) == 5
