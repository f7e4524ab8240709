"""The outbox against a real mail server that is down, says no, or sees its sender die."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import environ
import pytest
from django.conf import settings as site
from django.utils import timezone

from coaching.lib.states import MoveRefused
from popgroups.models import Meeting
from schools.models import OutgoingMail
from schools.models.mail import MAX_TRIES
from schools.outbox import BACK_OFF_MINUTES, deliver
from tests.people import Cast
from tests.schools.smtp_server import WAIT_SECONDS, SmtpServer, smtp_server

SOON = dt.timedelta(seconds=5)


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


def use(settings: Any, url: str) -> None:
    settings.MAIL_SERVER = environ.Env.email_url_config(url)


def invited(cast: Cast) -> dict[str, str]:
    """The mails of a planned meeting, five of them: address → Message-ID."""
    Meeting(group=cast.group, starts_at=timezone.now() + dt.timedelta(days=10)).plan(timezone.now())
    rows = dict(OutgoingMail.objects.values_list("to", "message_id"))
    assert len(rows) == 5
    return rows


def waiting() -> set[str]:
    return set(OutgoingMail.objects.filter(sent_at=None).values_list("to", flat=True))


# --- down ---


def test_a_server_that_is_down_costs_time_and_no_mail(cast: Cast, settings: Any) -> None:
    mails, now = invited(cast), timezone.now() + SOON
    with smtp_server() as gone:
        port = gone.port
    use(settings, f"smtp://127.0.0.1:{port}")
    for minutes in BACK_OFF_MINUTES[:2]:
        assert deliver(now) == 0 and waiting() == set(mails)
        assert set(OutgoingMail.objects.values_list("trouble", flat=True)) == {"ConnectionRefusedError 111"}
        now += dt.timedelta(minutes=minutes)
    with smtp_server(port) as back:
        assert deliver(now) == 5 and not waiting()
        assert deliver(now + dt.timedelta(days=1)) == 0
        assert sorted(back.took()) == sorted(mails.items())


def test_a_change_meanwhile_arrives_in_order_and_once(cast: Cast, settings: Any) -> None:
    mails, now = invited(cast), timezone.now() + SOON
    with smtp_server() as gone:
        port = gone.port
    use(settings, f"smtp://127.0.0.1:{port}")
    deliver(now)
    Meeting.objects.get().cancel(timezone.now())
    with smtp_server(port) as back:
        assert deliver(now + dt.timedelta(minutes=2)) == 10
        for address in mails:
            methods = [
                part.get_param("method")
                for mail in back.taken
                if mail["To"] == address
                for part in mail.walk()
                if part.get_content_type() == "text/calendar"
            ]
            assert methods == ["REQUEST", "CANCEL"]


def test_a_cancellation_never_overtakes_its_invitation(cast: Cast, settings: Any, server: SmtpServer) -> None:
    """Else the calendar would hear of the meeting last, and keep it."""
    invited(cast)
    now = timezone.now() + SOON
    use(settings, server.url)
    server.refuses = {cast.tom.email}
    assert deliver(now) == 4
    Meeting.objects.get().cancel(timezone.now())
    server.refuses = set()
    assert deliver(now + SOON) == 4, "that of Tom waits for his invitation"
    assert deliver(now + dt.timedelta(minutes=2)) == 2
    to_tom = [mail for mail in server.taken if mail["To"] == cast.tom.email]
    assert ["Uitnodiging" in str(mail["Subject"]) for mail in to_tom] == [True, False]


def test_an_invitation_that_was_given_up_holds_nothing_up_and_is_not_sent_after(
    cast: Cast, settings: Any, server: SmtpServer
) -> None:
    invited(cast)
    Meeting.objects.get().cancel(timezone.now())
    toms = OutgoingMail.objects.filter(to=cast.tom.email).order_by("pk")
    OutgoingMail.objects.filter(pk=toms[0].pk).update(tries=MAX_TRIES)
    use(settings, server.url)
    now = timezone.now() + SOON
    assert deliver(now) == 9
    with pytest.raises(MoveRefused):
        toms[0].try_again(now)
    assert not OutgoingMail.objects.stuck(now).exists()


# --- one address refused ---


def test_one_refused_address_holds_up_nobody(cast: Cast, settings: Any, server: SmtpServer) -> None:
    mails, now = invited(cast), timezone.now() + SOON
    use(settings, server.url)
    server.refuses = {cast.samir.email}
    assert deliver(now) == 4
    assert waiting() == {cast.samir.email}
    stays = OutgoingMail.objects.get(sent_at=None)
    assert (stays.trouble, stays.tries, stays.school) == ("SMTPRecipientsRefused", 1, cast.zandplaat)
    assert stays.body and stays.calendar
    later = now + dt.timedelta(minutes=2)
    assert deliver(later) == 0, "still refused: the others are not sent again"
    server.refuses = set()
    assert deliver(later + dt.timedelta(minutes=6)) == 1
    assert sorted(server.took()) == sorted(mails.items())


# --- killed after the server took it ---

ON_A_FILE = """
import django
django.setup()
import datetime as dt
from django.utils import timezone
from popgroups.models import Meeting
from schools.models import OutgoingMail
from tests import people
from tests.migrated import migrate
migrate()
cast = people.build()
Meeting(group=cast.group, starts_at=timezone.now() + dt.timedelta(days=10)).plan(timezone.now())
for to, key in OutgoingMail.objects.order_by("made_at", "pk").values_list("to", "message_id"):
    print(to, key)
"""

STOPPED_AFTER_CLAIM = """
import django
django.setup()
import os
from django.utils import timezone
from schools import outbox
outbox.as_message = lambda mail, connection: os.kill(os.getpid(), 9)
outbox.deliver(timezone.now())
"""


class Site:
    """A site of its own on a file, whose worker can be killed."""

    def __init__(self, folder: Path, url: str) -> None:
        self.file = folder / "school.sqlite3"
        self.around = {
            **os.environ,
            "LOCAL": "1",
            "DJANGO_SETTINGS_MODULE": "coaching.settings",
            "DATABASE_URL": f"sqlite:///{self.file}",
            "EMAIL_URL": url,
        }

    def start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *command], cwd=site.BASE_DIR, env=self.around, stdout=subprocess.PIPE, text=True
        )

    def run(self, *command: str) -> str:
        with self.start(*command) as process:
            said = process.communicate(timeout=WAIT_SECONDS * 4)[0]
        assert process.returncode == 0
        return said

    def ask(self, sql: str) -> list[Any]:
        with sqlite3.connect(self.file, timeout=20) as database:
            return database.execute(sql).fetchall()


def test_a_worker_killed_before_it_marks_sends_at_most_one_mail_twice(
    tmp_path: Path, server: SmtpServer
) -> None:
    place = Site(tmp_path, server.url)
    mails = [tuple(line.split()) for line in place.run("-c", ON_A_FILE).splitlines()]
    assert len(mails) == 5
    server.holds_on = True
    worker = place.start("manage.py", "deliver_mail")
    assert server.taken_and_waiting.wait(WAIT_SECONDS * 2), (
        "the server said yes; the worker waits for goodbye"
    )
    worker.kill()
    worker.communicate()
    assert worker.returncode == -9
    server.holds_on = False
    server.let_go.set()
    assert server.took() == mails[:1]
    assert place.ask("SELECT sent_at, tries FROM schools_outgoingmail WHERE tries > 0") == [(None, 1)]
    assert "4 sent" in place.run("manage.py", "deliver_mail"), "the one that may have gone rests a minute"
    assert server.took() == mails
    place.ask(
        "UPDATE schools_outgoingmail SET try_again_at = made_at WHERE sent_at IS NULL"
    )  # a minute later
    assert "1 sent" in place.run("manage.py", "deliver_mail")
    assert "0 sent" in place.run("manage.py", "deliver_mail")
    assert server.took() == [*mails, mails[0]], "nothing lost; one twice, under the same Message-ID"
    assert place.ask("SELECT count(*) FROM schools_outgoingmail WHERE sent_at IS NULL") == [(0,)]


def test_a_worker_killed_before_the_server_took_it_loses_nothing(tmp_path: Path, server: SmtpServer) -> None:
    place = Site(tmp_path, server.url)
    mails = [tuple(line.split()) for line in place.run("-c", ON_A_FILE).splitlines()]
    # As a kill between the claim and the sending leaves it: the worker's own code, stopped there.
    with place.start("-c", STOPPED_AFTER_CLAIM) as worker:
        worker.communicate(timeout=WAIT_SECONDS * 2)
    assert worker.returncode == -9 and not server.taken
    assert "4 sent" in place.run("manage.py", "deliver_mail")
    place.ask(
        "UPDATE schools_outgoingmail SET try_again_at = made_at WHERE sent_at IS NULL"
    )  # a minute later
    assert "1 sent" in place.run("manage.py", "deliver_mail")
    assert sorted(server.took()) == sorted(mails)
