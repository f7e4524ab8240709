"""What every page's own markup must hold to: one element an id, and names under which typing is kept."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.db import transaction
from django.test import Client

from coaching.forms import DraftForm
from portfolio.models import Structure
from tests.scene import Scene
from tests.walk import ROWS, Row
from tests.walk_row import page

pytestmark = pytest.mark.django_db
ID, DRAFT = re.compile(r'<[^>]*\sid="([^"]*)"'), re.compile(r'\sdata-draft="([^"]*)"')
POINTED_AT_BY_NOTHING = {"id_once_key", "submit-id-submit"}  # of every form; a page may hold two
STRUCTURES = [
    page("entry_new", "entry", "presenter", query={"structure": value}) for value in Structure.values
]
PAGES = [*(row for row in ROWS if row.get and row.may), *STRUCTURES]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: f"{row.id}-{'-'.join(map(str, row.query.values()))}")
def test_ids_are_one_each_and_what_is_typed_can_be_kept(
    row: Row, scene: Scene, clients: dict[str, Client]
) -> None:
    with transaction.atomic():
        row.prepare(scene)
        reply = clients[row.may.split()[0]].get(row.address(scene))
        transaction.set_rollback(True)
    if reply.status_code != 200 or not reply["Content-Type"].startswith("text/html"):
        return
    text = reply.content.decode()
    twice = {name for name, times in Counter(ID.findall(text)).items() if times > 1}
    assert not twice - POINTED_AT_BY_NOTHING
    refused = [name for name in DRAFT.findall(text) if not kept(name)]
    assert not refused, f"never kept while typing: {refused}"


def kept(name: str) -> bool:
    return DraftForm({"field": name, "text": "Getypt", "seq": 1}).is_valid()
