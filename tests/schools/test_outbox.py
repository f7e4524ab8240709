from __future__ import annotations

import datetime as dt
import smtplib
from email.message import Message
from io import StringIO
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, mail_admins, send_mail  # noqa: F401
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.models import OutgoingMail, Role, RoleHeld
from schools.outbox import BACK_OFF_MINUTES, MAX_TRIES, deliver, forget_old_mail
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("house_mail", "db")
NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
SECRET = "Jouw code is ZANDZEE"


class Server:
    """Stands where smtplib.SMTP stands; ``trouble`` is raised for the address it names."""

    taken: list[Message]
    trouble: dict[str, Exception]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def login(self, *args: Any) -> None:
        pass

    def quit(self) -> None:
        pass

    def sendmail(self, from_addr: str, to: list[str], data: bytes) -> None:
        from email import message_from_bytes

        if error := self.trouble.get(to[0]):
            raise error
        self.taken.append(message_from_bytes(data))


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    import environ

    settings.MAIL_SERVER = environ.Env.email_url_config("smtp://post:geheim@mail.example:2525")
    Server.taken, Server.trouble = [], {}
    monkeypatch.setattr(smtplib, "SMTP", Server)
    return Server


def mail(to: str = "noor@example.org", **values: Any) -> OutgoingMail:
    send_mail("Je code", SECRET, None, [to])
    row = OutgoingMail.objects.latest("pk")
    OutgoingMail.objects.filter(pk=row.pk).update(**{"try_again_at": NOW, "made_at": NOW, **values})
    row.refresh_from_db()
    return row


def test_a_mail_to_who_leads_leaves_only_while_they_lead(cast: Cast, server: type[Server]) -> None:
    """Somebody who stopped leading, or directing, hears of no talk and no plan after it."""
    of_talk = {"person": cast.hanneke, "while_leading": cast.samir}
    of_plan = {"person": cast.hanneke, "school": cast.zandplaat, "while_role": Role.DIRECTOR}
    to = cast.hanneke.email
    for values in (of_talk, of_plan):
        mail(to, **values)
    assert deliver(NOW) == 2
    rows = [mail(to, **values) for values in (of_talk, of_plan)]
    RoleHeld.objects.filter(membership__person=cast.hanneke).update(role=Role.TEACHER)
    assert deliver(NOW) == 0 and len(server.taken) == 2
    for row in rows:
        row.refresh_from_db()
        assert (row.trouble, row.body) == ("RoleOver", "") and row.is_given_up
    assert not OutgoingMail.objects.stuck(NOW).exists(), "nobody has to do anything about it"


# --- keeping ---


def test_a_mail_is_a_row_of_the_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        send_mail("Je code", SECRET, None, ["noor@example.org"])
        raise RuntimeError
    assert not OutgoingMail.objects.exists()
    message = EmailMultiAlternatives("Een\nBcc: x", "tekst", None, ["a@example.org"], cc=["b@example.org"])
    message.attach_alternative("<p>tekst</p>", "text/html")
    assert message.send() == 2
    assert set(OutgoingMail.objects.values_list("to", "subject", "html")) == {
        ("a@example.org", "Een Bcc: x", "<p>tekst</p>"),
        ("b@example.org", "Een Bcc: x", "<p>tekst</p>"),
    }


# --- carrying ---


def test_a_mail_is_carried_once(server: type[Server]) -> None:
    row = mail(html="<p>code</p>")
    assert deliver(NOW) == 1 and deliver(NOW) == 0
    (taken,) = server.taken
    assert taken["Message-ID"] == row.message_id and taken["To"] == "noor@example.org"
    assert SECRET in taken.as_string() and "<p>code</p>" in taken.as_string()
    row.refresh_from_db()
    assert (row.sent_at, row.tries, row.trouble) == (NOW, 1, "")


def test_without_a_mail_server_nothing_leaves(settings: Any) -> None:
    settings.MAIL_SERVER = {}
    row = mail()
    assert deliver(NOW) == 0
    row.refresh_from_db()
    assert (row.sent_at, row.tries) == (None, 0)


def test_one_that_fails_does_not_hold_up_the_others(server: type[Server]) -> None:
    server.trouble = {"fout@example.org": smtplib.SMTPRecipientsRefused({"fout@example.org": (550, b"nee")})}
    bad, good = mail("fout@example.org"), mail("goed@example.org")
    assert deliver(NOW) == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.sent_at == NOW and bad.sent_at is None and bad.tries == 1
    assert bad.try_again_at == NOW + dt.timedelta(minutes=1)


def test_it_waits_longer_each_time_and_keeps_its_id(server: type[Server]) -> None:
    row, now, waits = mail(), NOW, []
    server.trouble = {row.to: ConnectionRefusedError(111, SECRET)}
    for _try in range(6):
        deliver(now)
        row.refresh_from_db()
        waits.append((row.try_again_at - now).total_seconds() / 60)
        assert deliver(row.try_again_at - dt.timedelta(seconds=1)) == 0
        now = row.try_again_at
    assert waits == [*BACK_OFF_MINUTES, BACK_OFF_MINUTES[-1]] and row.tries == 6
    server.trouble = {}
    assert deliver(now) == 1 and server.taken[0]["Message-ID"] == row.message_id


def test_trouble_is_noted_without_content(server: type[Server]) -> None:
    row = mail()
    server.trouble = {row.to: smtplib.SMTPDataError(552, SECRET.encode())}
    deliver(NOW)
    row.refresh_from_db()
    assert row.trouble == "SMTPDataError 552"


def test_it_gives_up_in_the_end(server: type[Server]) -> None:
    mail(tries=MAX_TRIES)
    assert deliver(NOW) == 0 and not server.taken


def test_a_mail_another_sender_has_claimed_is_left_alone(server: type[Server]) -> None:
    from schools.outbox import carry, mail_server

    row = mail()
    OutgoingMail.objects.filter(pk=row.pk).update(tries=1)
    assert not carry(row, mail_server(), NOW) and not server.taken


# --- forgetting ---


def test_what_was_sent_is_wiped_at_once(server: type[Server]) -> None:
    """Links and codes in it open doors for as long as they hold."""
    row = mail(html="<p>x</p>", calendar="BEGIN:VCALENDAR", calendar_method="REQUEST")
    assert deliver(NOW) == 1 and SECRET in str(server.taken[0])
    row.refresh_from_db()
    assert (row.body, row.html, row.calendar, row.sent_at) == ("", "", "", NOW)


def test_what_could_not_be_sent_for_two_weeks_is_wiped_and_given_up(server: type[Server]) -> None:
    term = NOW - dt.timedelta(days=14)
    old = mail(made_at=term, html="<p>x</p>", calendar="BEGIN:VCALENDAR", calendar_method="CANCEL")
    recent = mail(made_at=term + dt.timedelta(seconds=1))
    assert forget_old_mail(NOW) == 1 and forget_old_mail(NOW) == 0
    bodies = {row.pk: row.body + row.html + row.calendar for row in OutgoingMail.objects.all()}
    assert bodies == {old.pk: "", recent.pk: SECRET}
    assert deliver(NOW) == 1
    old.refresh_from_db()
    assert old.sent_at is None


# --- the command ---


def test_the_command_carries(server: type[Server]) -> None:
    mail(try_again_at=timezone.now())
    out = StringIO()
    call_command("deliver_mail", stdout=out)
    assert "1 sent" in out.getvalue() and len(server.taken) == 1


def test_the_command_says_when_there_is_no_server(settings: Any) -> None:
    settings.MAIL_SERVER = {}
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("deliver_mail")


def test_the_loop_goes_on(server: type[Server], monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 2:
            raise KeyboardInterrupt
        mail(f"nog{len(naps)}@example.org", try_again_at=timezone.now())

    module = "schools.management.commands.deliver_mail"
    monkeypatch.setattr(f"{module}.time.sleep", nap)
    monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)
    with pytest.raises(KeyboardInterrupt):
        call_command("deliver_mail", "--loop", stdout=StringIO())
    assert [taken["To"] for taken in server.taken] == ["nog1@example.org"]


# --- the demo's mailbox ---


@pytest.mark.parametrize(
    ("demo", "has_server", "status"), [(True, False, 200), (True, True, 404), (False, False, 404)]
)
def test_the_mailbox_is_open_in_a_demo_alone(
    cast: Cast, settings: Any, demo: bool, has_server: bool, status: int
) -> None:
    type(cast.zandplaat).objects.update(is_demo=demo)
    settings.MAIL_SERVER = {"EMAIL_BACKEND": "x"} if has_server else {}
    mail()
    answer = Client().get(reverse("mailbox"))
    assert answer.status_code == status
    assert (SECRET in answer.content.decode()) == (status == 200)


def test_one_real_school_shuts_the_mailbox(cast: Cast, settings: Any) -> None:
    """Else whoever asks for a log-in code of a real director could read it here."""
    settings.MAIL_SERVER = {}
    type(cast.zandplaat).objects.exclude(pk=cast.vaart.pk).update(is_demo=True)
    assert Client().get(reverse("mailbox")).status_code == 404


def test_the_mailbox_shows_text_newest_first(cast: Cast, settings: Any) -> None:
    type(cast.zandplaat).objects.update(is_demo=True)
    settings.MAIL_SERVER = {}
    mail("eerst@example.org", body="<script>x</script> http://localhost:8000/uitnodiging/abc/")
    mail("later@example.org", made_at=NOW + dt.timedelta(hours=1))
    page = Client().get(reverse("mailbox")).content.decode()
    assert page.index("later@example.org") < page.index("eerst@example.org")
    assert "&lt;script&gt;x" in page and 'href="http://localhost:8000/uitnodiging/abc/"' in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_mailbox_takes_few_queries(
    cast: Cast, settings: Any, number: int, django_assert_num_queries: Any
) -> None:
    type(cast.zandplaat).objects.update(is_demo=True)
    settings.MAIL_SERVER = {}
    for _n in range(number):
        mail()
    with django_assert_num_queries(3):
        Client().get(reverse("mailbox"))


def test_a_long_round_claims_at_its_own_time(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five minutes into a round, a second carrier must not find the mail being carried free again."""
    settings.MAIL_SERVER = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    mail = OutgoingMail.objects.create(to="a@example.org", message_id="<1>", made_at=NOW, try_again_at=NOW)
    ticks = iter([0.0, 300.0])
    monkeypatch.setattr("schools.outbox.time.monotonic", lambda: next(ticks, 300.0))
    assert deliver(NOW) == 1
    mail.refresh_from_db()
    assert mail.try_again_at == NOW + dt.timedelta(minutes=6)
