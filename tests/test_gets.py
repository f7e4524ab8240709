"""Looking at a page changes nothing: whoever follows a link, and whatever program follows it for them."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test import Client

from schools.models import SchoolYear
from tests.scene import Scene
from tests.visits import Writes
from tests.walk import ROWS, Row

pytestmark = pytest.mark.django_db
# The owner of a plan sees who opened it (domain.md §5); how often a calendar looks is counted.
NOTED = ('"portfolio_shareopening"', '"cache"')


@pytest.mark.parametrize("row", [row for row in ROWS if row.get and row.may], ids=lambda row: row.id)
def test_looking_writes_nothing(row: Row, scene: Scene, clients: dict[str, Client]) -> None:
    """Also on the first day of a school year, which nobody used before."""
    for role in row.may.split()[:4]:
        writes = Writes()
        with transaction.atomic():
            row.prepare(scene)
            SchoolYear.objects.update(starts=F("starts") - 10)
            with connection.execute_wrapper(writes):
                reply = clients[role].get(row.address(scene))
            transaction.set_rollback(True)
        assert reply.status_code < 500
        assert not [sql for sql in writes.found if not any(table in sql for table in NOTED)]
