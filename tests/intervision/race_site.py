"""A real server process on a database of its own, of the engine the tests run on, and posts that start together."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings

START_SECONDS = 40
TOKEN = "r" * 32  # any 32 letters are a valid token, when cookie and header agree


class StayHere(urllib.request.HTTPRedirectHandler):
    """A redirect is the answer; it is not followed."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@dataclass
class Answer:
    status: int
    text: str


class OwnDatabase:
    """Made beside the one of the tests: a file for SQLite, a database on the same server for PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        values = settings.DATABASES["default"]
        self.on_sqlite = values["ENGINE"].endswith("sqlite3")
        self.name = str(folder / "races.sqlite3") if self.on_sqlite else f"races_{os.getpid()}"
        self.server = {
            key: values[key.upper()] for key in ("user", "password", "host", "port") if values[key.upper()]
        }
        self.url = f"sqlite:///{self.name}"
        if not self.on_sqlite:
            self.url = f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{self.name}"
            self._manage(f"CREATE DATABASE {self.name}")

    def _manage(self, sql: str) -> None:
        connection = psycopg2.connect(dbname="postgres", **self.server)
        connection.autocommit = True
        connection.cursor().execute(sql)
        connection.close()

    def drop(self) -> None:
        if not self.on_sqlite:
            self._manage(f"DROP DATABASE {self.name} WITH (FORCE)")

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Rows of one query; a single column comes as plain values. ``?`` stands for a value."""
        if self.on_sqlite:
            connection: Any = sqlite3.connect(self.name, timeout=20)
        else:
            connection, sql = psycopg2.connect(dbname=self.name, **self.server), sql.replace("?", "%s")
        cursor = connection.cursor()
        cursor.execute(sql, values)
        found = cursor.fetchall()
        connection.close()
        return [row[0] if len(row) == 1 else row for row in found]


class Site:
    """The server process; ``ids`` are what race_stage built."""

    def __init__(self, database: OwnDatabase) -> None:
        self.database = database
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, "DEBUG": "1", "DATABASE_URL": database.url, "SITE_URL": self.url}
        self.ids: dict[str, Any] = {}

    def start(self) -> None:
        stage = [sys.executable, "-m", "tests.intervision.race_stage"]
        built = subprocess.run(stage, env=self.environment, capture_output=True, text=True)
        assert built.returncode == 0, built.stderr
        self.ids = json.loads(built.stdout.splitlines()[-1])
        serve = [sys.executable, "-m", "uvicorn", "coaching.asgi:application", "--port", str(self.port)]
        serve += ["--timeout-graceful-shutdown", "1", "--no-access-log", "--log-level", "warning"]
        self.process = subprocess.Popen(serve, env=self.environment)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/inloggen/", timeout=5)
                return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the server did not answer")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def post(self, name: str, path: str, data: dict[str, Any]) -> Answer:
        cookies = f"sessionid={self.ids['cookies'][name]}; csrftoken={TOKEN}"
        headers = {"Cookie": cookies, "X-CSRFToken": TOKEN, "HX-Request": "true"}
        body = urllib.parse.urlencode(data).encode()
        request = urllib.request.Request(f"{self.url}{path}", body, headers)
        try:
            with urllib.request.build_opener(StayHere).open(request, timeout=30) as reply:
                return Answer(reply.status, reply.read().decode())
        except urllib.error.HTTPError as told:
            return Answer(told.code, told.read().decode())

    def together(self, *posts: tuple[str, str, dict[str, Any]]) -> list[Answer]:
        """All posts at the same moment, each from a thread of its own; answers by status."""
        gate, answers = threading.Barrier(len(posts)), []

        def send(name: str, path: str, data: dict[str, Any]) -> None:
            gate.wait()
            answers.append(self.post(name, path, data))

        threads = [threading.Thread(target=send, args=post) for post in posts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(answers, key=lambda answer: answer.status)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
