"""Mail that waits goes to where its reader is by then, or to nobody; who was mailed is not kept for ever."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import send_mail
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar

from coaching.reminders import remind
from popgroups.models import Meeting, Notice
from popgroups.notices import tell
from schools.models import OutgoingMail, User
from schools.models.mail import MAX_TRIES
from schools.outbox import SchoolMail, deliver, forget_old_rows
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("house_mail")
NEW = "noor.met.een.heel.lang.nieuw.adres.voor.het.vouwen@eenanderescholengroep.example.org"


@pytest.fixture(autouse=True)
def server(settings: Any) -> None:
    settings.MAIL_SERVER = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    mail.outbox = []


def planned(cast: Cast, days: int = 10) -> Meeting:
    meeting = Meeting(group=cast.group, starts_at=timezone.now() + dt.timedelta(days=days))
    meeting.plan(timezone.now())
    return meeting


def delivered() -> dict[str, Any]:
    deliver(timezone.now())
    return {message.to[0]: message for message in mail.outbox}


def test_an_invitation_and_its_calendar_file_go_to_the_new_address(cast: Cast) -> None:
    planned(cast)
    old = cast.noor.email
    User.objects.filter(pk=cast.noor.pk).update(email=NEW)
    found = delivered()
    assert old not in found and len(found) == 5
    file = next(part.content for part in found[NEW].alternatives if "calendar" in part.mimetype)
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event["ATTENDEE"] == f"mailto:{NEW}" and event["ATTENDEE"].params["CN"] == "Noor de Wit"
    assert old not in file and max(len(line.encode()) for line in file.split("\r\n")) <= 75
    row = OutgoingMail.objects.get(person=cast.noor)
    assert (row.to, row.calendar) == (NEW, "")
    assert cast.tom.email in found and NEW not in str(found[cast.tom.email].alternatives)


def test_a_reminder_follows_too(cast: Cast) -> None:
    with time_machine.travel(timezone.localtime().replace(hour=10)):  # in the evening none leaves
        planned(cast, days=2)
        OutgoingMail.objects.all().delete()
        remind(timezone.now())
        User.objects.filter(pk=cast.noor.pk).update(email=NEW)
        found = delivered()
    assert NEW in found and "noor.de.wit@example.org" not in found


def test_mail_to_a_closed_account_is_dropped_and_nobody_has_to_act(cast: Cast) -> None:
    planned(cast)
    send_mail("Je code", "GEHEIM", None, [cast.noor.email])
    User.objects.filter(pk=cast.noor.pk).update(is_active=False)
    assert cast.noor.email not in delivered()
    later = timezone.now() + dt.timedelta(days=1)
    rows = OutgoingMail.objects.filter(to=cast.noor.email)
    assert [(row.is_wiped, row.calendar, row.tries, row.sent_at) for row in rows] == [
        (True, "", MAX_TRIES, None)
    ] * 2
    assert not OutgoingMail.objects.stuck(later).exists()


def test_what_is_meant_for_an_address_goes_there(cast: Cast) -> None:
    """A word to the old address that it was changed, and an invitation to whoever's account was closed."""
    send_mail("Je adres is veranderd", "...", None, [cast.noor.email])
    SchoolMail(cast.zandplaat, "Uitnodiging", "...", cast.tom.email).send()
    User.objects.filter(pk=cast.noor.pk).update(email=NEW)
    User.objects.filter(pk=cast.tom.pk).update(is_active=False)
    assert set(delivered()) == {"noor.de.wit@example.org", cast.tom.email}


def test_after_three_months_nothing_tells_who_was_mailed_and_nothing_is_told_twice(cast: Cast) -> None:
    meeting, now = planned(cast, days=200), timezone.now()
    send_mail("Je code", "GEHEIM", None, [cast.noor.email])
    delivered()
    keys = set(OutgoingMail.objects.values_list("key", flat=True)) - {None}
    assert forget_old_rows(now + dt.timedelta(days=89)) == 0
    OutgoingMail.objects.update(made_at=now - dt.timedelta(days=90, minutes=1))
    call_command("clean_up", stdout=StringIO())
    rows = OutgoingMail.objects.values_list("key", "to", "subject", "body", "calendar", "person", "thread")
    assert {row[0] for row in rows} == keys
    assert {row[1:] for row in rows} == {("", "", "", "", None, "")}
    Notice.objects.all().delete()  # the one book lost, the other still holds
    tell([meeting], now)
    assert OutgoingMail.objects.count() == 5 and forget_old_rows(now) == 0
    assert not OutgoingMail.objects.stuck(now).exists()
