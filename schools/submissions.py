"""A form sent twice is carried out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from .models import Submission

T = TypeVar("T")


def once(key: UUID | None, action: Callable[[], T]) -> T | None:
    """Run ``action`` in one transaction with the mark that ``key`` was used; None when it was used before.

    Two at the same moment: the unique key lets one through, on SQLite and on PostgreSQL.
    """
    if key is None:
        with transaction.atomic():
            return action()
    with transaction.atomic():
        try:
            with transaction.atomic():
                Submission.objects.create(key=key)
        except IntegrityError:
            return None
        return action()
