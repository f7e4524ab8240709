"""An empty database of its own for a process that tests start: all tables are there, nothing is in them."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

HURRY = "PRAGMA synchronous=OFF"  # a machine that falls over takes the tests with it anyway


def migrate() -> None:
    """Make the tables in the database of DATABASE_URL, which must be empty.

    On SQLite each step of each migration waits for the disk, which takes most of a minute; so one file is
    migrated once, and the others are copies of it. Another migration or another package is another file.
    Nor does the process that fills it wait; a site that is started on it afterwards does, as always.
    """
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    if connection.vendor == "sqlite" and not file.exists():
        shutil.copy(_pattern(), file)
        with connection.cursor() as cursor:
            cursor.execute(HURRY)
    else:
        call_command("migrate", verbosity=0)


def _pattern() -> Path:
    folder = settings.VAR_DIR / "test"
    folder.mkdir(parents=True, exist_ok=True)
    file: Path = folder / f"empty-{_digest()}.sqlite3"
    if not file.exists():
        unfinished = file.with_suffix(f".{os.getpid()}")
        _make(unfinished)
        unfinished.replace(file)  # two that make it at one moment make the same
    return file


def _make(file: Path) -> None:
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(file)
    with connection.cursor() as cursor:
        cursor.execute(HURRY)
        call_command("migrate", verbosity=0)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    connection.settings_dict["NAME"] = own


def _digest() -> str:
    """Of everything the tables follow from."""
    told = [settings.BASE_DIR / "requirements.txt", *sorted(settings.BASE_DIR.glob("*/**/migrations/*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in told)).hexdigest()[:16]
