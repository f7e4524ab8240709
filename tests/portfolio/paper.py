"""Asking for documents, and what stands on them."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portfolio.papers import SECTIONS
from portfolio.sharing import share
from schools.models import User
from tests import pdf_checks

ALL = {"sections": list(SECTIONS), "submit": "Maak de pdf"}


def document(client: Client, name: str, *args: int, **asked: Any) -> bytes:
    reply = client.get(reverse(name, args=args), asked)
    assert reply.status_code == 200 and reply["Content-Type"] == "application/pdf", reply.content[:2000]
    return bytes(reply.content)


def text_of(made: bytes) -> str:
    """In one line; what was broken at the end of a line is whole again."""
    return " ".join(" ".join(pdf_checks.texts(made)).split())


def reads(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def lend(thing: Any, viewer: User) -> None:
    share(thing, viewer, until=None, at=timezone.now())


def statements(client: Client, name: str, *args: int, **asked: Any) -> int:
    """SQL statements of one document, once the log-in's time stamp has been written."""
    document(client, name, *args, **asked)
    with CaptureQueriesContext(connection) as captured:
        document(client, name, *args, **asked)
    return len(captured)
