"""Fixtures every test may use."""

from __future__ import annotations

import os

os.environ.setdefault("LOCAL", "1")

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from coaching.lib import printing
from tests import people
from tests.scene import ROLES, Scene
from tests.scene import build as build_scene
from tests.visits import Visits


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What only PostgreSQL can do is asked of it alone, and not what asks nothing of it; ./test runs both."""
    on_postgresql = connection.vendor == "postgresql"
    left_out = [item for item in items if not (asks_it(item) if on_postgresql else is_for_any(item))]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def is_for_any(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgresql") is None


def asks_it(item: pytest.Item) -> bool:
    """Uses the database of the tests, or starts a site beside it; the rest has the same outcome on any."""
    uses = {"db", "transactional_db", "django_db_setup", "site"} & set(getattr(item, "fixturenames", ()))
    return bool(uses) or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def patient_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF is waited for, however busy the machine is; tests/lib/test_printing.py asks for less."""
    monkeypatch.setattr(printing, "AT_ONCE_SECONDS", 60.0)


@pytest.fixture(scope="session", autouse=True)
def files_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What tests upload never lands among somebody's own files; programs that tests start are told so too."""
    settings.FILES_DIR = tmp_path_factory.mktemp("files")
    os.environ["FILES_DIR"] = str(settings.FILES_DIR)


@pytest.fixture
def cast(db: None) -> people.Cast:
    return people.build()


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """One scene for all tests of a module; a test that changes it rolls back itself. Not beside ``cast``.

    The module has to carry ``pytest.mark.django_db``: without it no test database is made.
    """
    assert "test" in str(connection.settings_dict["NAME"]) or "memory" in str(
        connection.settings_dict["NAME"]
    )
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_scene()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(scene: Scene) -> dict[str, Client]:
    """A browser of each role, logged in; "anonymous" is not."""
    made = {role: Client() for role in ("anonymous", *ROLES)}
    for role in ROLES:
        made[role].force_login(scene.person(role))
    return made


@pytest.fixture(scope="session")
def visits() -> Visits:
    return Visits()
