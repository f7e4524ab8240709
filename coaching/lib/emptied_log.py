"""What was erased is gone from the files of the database too."""

from __future__ import annotations

from django.db import connection


def flush_erased() -> None:
    """On SQLite the write-ahead log still holds the old pages, in the order of writing: write back, empty it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
