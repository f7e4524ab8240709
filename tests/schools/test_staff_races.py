"""Two coordinators press at the same moment: one list is carried out, the other is told to look again."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client

from schools.models import Membership, StaffImport, User
from tests.people import Cast
from tests.schools.list_screens import form_for, listed
from tests.schools.screens import as_, url


def press(
    client: Client, staff_import: StaffImport, form: dict[str, object], ready: threading.Barrier
) -> None:
    ready.wait()
    try:
        assert client.post(url("carry_out_list", staff_import.pk), form).status_code == 302
    finally:
        connection.close()


@pytest.mark.postgresql  # the database of the tests on SQLite is one connection's memory
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_list", [True, False])
def test_one_of_two_is_carried_out(cast: Cast, same_list: bool) -> None:
    rows = [f"Nieuw {n};nieuw{n}@example.org;;0,5;;;" for n in range(5)]
    first = listed(cast, *rows)
    second = first if same_list else listed(cast, *rows)
    ready = threading.Barrier(2)
    threads = [
        threading.Thread(target=press, args=(as_(who), each, form_for(each), ready))
        for who, each in ((cast.karin, first), (cast.hanneke, second))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.filter(email__startswith="nieuw").count() == 5
    assert Membership.objects.filter(person__email__startswith="nieuw").count() == 5
    assert [each.is_done for each in StaffImport.objects.all()].count(True) == 1
