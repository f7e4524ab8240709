"""What each role gets at each address, asked once for all tests that look at it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from coaching.lib.sheets import XLSX_TYPE
from tests.scene import WORDS, Scene
from tests.walk_row import Row

WRITES = ("INSERT", "UPDATE", "DELETE")


class Writes:
    """Notes every statement that changes a row; log-ins apart, which any visit may renew."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES) and '"django_session"' not in sql:
            self.found.append(sql)
        return execute(sql, params, many, context)


@dataclass(frozen=True)
class Visit:
    """``outcome``: "in", "login", or the status; ``words``: the private ones on the page or in the file."""

    outcome: str
    wrote: bool
    words: set[str]
    logged: set[str]


@dataclass
class Visits:
    """A scene is built the same for every module, so what somebody got in one they get in another."""

    known: dict[tuple[int, str, str], Visit] = field(default_factory=dict)

    def make(self, row: Row, how: str, scene: Scene, clients: dict[str, Client]) -> dict[str, Visit]:
        """Of each role in ``clients``; what one of them did is undone before the next one comes."""
        missing = [role for role in clients if (id(row), role, how) not in self.known]
        if missing:  # rows of the table are there for as long as the tests run
            with prepared(row, scene) as address:
                for role in missing:
                    known = _visit(address, row.data(scene), clients[role], how)
                    self.known[id(row), role, how] = known
        return {role: self.known[id(row), role, how] for role in clients}


def visit(row: Row, scene: Scene, client: Client, how: str) -> Visit:
    """Afterwards all is as before."""
    with prepared(row, scene) as address:
        return _visit(address, row.data(scene), client, how)


@contextmanager
def prepared(row: Row, scene: Scene) -> Iterator[str]:
    """The scene as ``row`` needs it; its address."""
    with transaction.atomic():
        row.prepare(scene)
        yield row.address(scene)
        transaction.set_rollback(True)


def _visit(address: str, data: dict[str, Any], client: Client, how: str) -> Visit:
    writes = Writes()
    with transaction.atomic(), log_lines() as lines:
        with connection.execute_wrapper(writes):
            reply = client.get(address) if how == "get" else client.post(address, data)
        words = words_in(text_of(reply)) if how == "get" else set()
        transaction.set_rollback(True)
    return Visit(outcome(reply), bool(writes.found), words, words_in("".join(lines)))


def visitors(row: Row, clients: dict[str, Client]) -> dict[str, Client]:
    """All roles; on PostgreSQL, where the rules are the same, one for each thing that can happen to them."""
    if connection.vendor == "sqlite":
        return clients
    return {role: clients[role] for role in {row.expected(role): role for role in reversed(clients)}.values()}


def outcome(reply: Any) -> str:
    if reply.status_code == 302 and reply.url.startswith(f"{reverse('account_login')}?next="):
        return "login"
    return str(reply.status_code) if reply.status_code in (403, 404) or reply.status_code >= 500 else "in"


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def log_lines() -> Iterator[list[str]]:
    """What is logged meanwhile, with the traces of errors."""
    handler = Lines()
    logging.getLogger().addHandler(handler)
    try:
        yield handler.lines
    finally:
        logging.getLogger().removeHandler(handler)


def words_in(text: str) -> set[str]:
    return {name for name, word in WORDS.items() if word in text}


def text_of(reply: Any) -> str:
    if reply.get("Content-Type", "").startswith("application/pdf"):
        return pdf_text(reply.content)
    if reply.get("Content-Type", "").startswith(XLSX_TYPE):
        return str([row for sheet in load_workbook(BytesIO(reply.content)) for row in sheet.values])
    content = b"".join(reply.streaming_content) if reply.streaming else reply.content
    if reply.get("Content-Type", "") == "application/zip":
        return unzipped(content)
    return str(content.decode(errors="replace") + reply.get("Content-Disposition", ""))


@lru_cache(maxsize=16)
def pdf_text(content: bytes) -> str:
    """Of a paper that is the same for all its readers it is asked as often as there are roles."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)


def unzipped(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as file:
        return "".join(file.read(name).decode(errors="replace") for name in file.namelist())
