"""What a mail says of what was told before: the date it was, and that it goes on after all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone, translation
from icalendar import Calendar

from coaching.lib.markup import slot
from popgroups.models import GroupMember, Notice
from popgroups.notices import tell
from schools.models import OutgoingMail, Role, RoleHeld, User
from tests.people import Cast, make_place
from tests.popgroups.test_notices import mail_to, part_of, planned


def subject(who: User) -> str:
    return str(mail_to(who)["Subject"]).strip()


def body(who: User) -> str:
    return str(part_of(mail_to(who), "text/plain").get_content()).replace("\r\n", "\n")


def test_a_moved_meeting_says_what_it_was_and_another_place_does_not(cast: Cast) -> None:
    local = timezone.localtime(timezone.now()).replace(hour=15, minute=30, second=0, microsecond=0)
    meeting = planned(cast, starts_at=local + dt.timedelta(days=2))
    assert "Was:" not in body(cast.noor)
    meeting.change(timezone.now(), starts_at=local + dt.timedelta(days=9))
    text = body(cast.noor)
    assert "Wanneer: dinsdag 1 december, 15.30–17.00 uur\n" in text
    assert "Was: dinsdag 24 november, 15.30–17.00 uur\n" in text
    meeting.change(timezone.now(), place="aula")
    assert "Was:" not in body(cast.noor)


def test_two_moves_say_what_each_person_was_told_last(cast: Cast) -> None:
    """Ilse came in after the first move, and hears of no date that she never had."""
    meeting = planned(cast)
    dates = [meeting.starts_at + dt.timedelta(days=days) for days in (0, 7, 14)]
    meeting.change(timezone.now(), starts_at=dates[1])
    make_place(cast.group, cast.ilse)
    meeting.change(timezone.now(), starts_at=dates[2])
    first = body(cast.ilse)
    assert subject(cast.ilse).startswith("Uitnodiging:") and "Was:" not in first
    meeting.change(timezone.now(), starts_at=dates[0])
    for who in (cast.ilse, cast.noor):
        with translation.override("nl"):
            assert f"Was: {slot(dates[2], 90)}" in body(who)


def test_a_restored_meeting_goes_on_after_all(cast: Cast) -> None:
    meeting = planned(cast)
    meeting.cancel(timezone.now())
    meeting.restore(timezone.now())
    assert subject(cast.noor).startswith("Gaat toch door: Intervisie · Bovenbouw, ")
    text = body(cast.noor)
    assert "gaat toch door" in text and "Laat op de pagina van de bijeenkomst weten of je komt" in text
    assert set(Notice.objects.values_list("reason", flat=True)) == {"new", "cancelled", "restored"}


def test_who_left_and_came_back_is_invited_and_not_told_that_it_goes_on_after_all(cast: Cast) -> None:
    meeting, place = planned(cast), GroupMember.objects.get(membership__person=cast.tom)
    place.leave(timezone.now())
    GroupMember.objects.filter(pk=place.pk).update(left_on=None)
    meeting.change(timezone.now(), place="aula")
    assert subject(cast.tom).startswith("Uitnodiging:")
    assert subject(cast.noor).startswith("Gewijzigd:")


def event(who: User) -> Any:
    """In the calendar file of the newest mail."""
    return Calendar.from_ical(part_of(mail_to(who), "text/calendar").get_content()).walk("VEVENT")[0]


def test_who_is_out_of_the_group_reads_no_new_date_and_no_place(cast: Cast) -> None:
    """Tom came to lead the group; before he was told that he is out, the others chose another day and place."""
    local = timezone.localtime(timezone.now()).replace(hour=15, minute=30, second=0, microsecond=0)
    meeting = planned(cast, starts_at=local + dt.timedelta(days=2), link="https://voorbeeld.nl/eerst")
    RoleHeld.objects.create(membership=cast.tom.memberships.get(), role=Role.DIRECTOR)
    new = local.replace(hour=9) + dt.timedelta(days=9)
    meeting.change(
        timezone.now(), starts_at=new, minutes=60, place="bij Lieke", link="https://voorbeeld.nl/x"
    )
    assert subject(cast.tom) == "Niet meer voor jou: Intervisie · Bovenbouw, dinsdag 24 november 15.30"
    text, found = body(cast.tom), event(cast.tom)
    assert "is niet meer voor jou" in text and "Wanneer: dinsdag 24 november, 15.30–17.00 uur\n" in text
    assert found["DTSTART"].to_ical() == b"20261124T153000" and found["DTEND"].to_ical() == b"20261124T170000"
    assert (found["UID"], found["SEQUENCE"], found["STATUS"]) == (meeting.uid, 1, "CANCELLED")
    assert not {"LOCATION", "URL", "DESCRIPTION"} & set(found)
    row = OutgoingMail.objects.filter(person=cast.tom).latest("pk")
    secrets = ("1 december", "9.30", "20261201", "Waar:", "bij Lieke", "lokaal 12", "voorbeeld.nl", "http")
    for secret in secrets:
        assert secret not in row.subject + row.body + row.calendar, secret
    told = Notice.objects.get(person=cast.tom, method="CANCEL")
    assert (told.starts_at, told.minutes) == (local + dt.timedelta(days=2), 90)
    assert event(cast.noor)["LOCATION"] == "bij Lieke", "the members read where it is"
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.place) == (new, "bij Lieke")


def test_who_was_told_before_dates_were_kept_reads_when_it_is_and_no_place(cast: Cast) -> None:
    meeting = planned(cast)
    Notice.objects.update(starts_at=None, minutes=None)
    GroupMember.objects.filter(membership__person=cast.tom).update(left_on=timezone.localdate())
    tell([meeting], timezone.now())
    with translation.override("nl"):
        assert f"Wanneer: {slot(meeting.starts_at, 90)}" in body(cast.tom)
    assert "lokaal 12" not in body(cast.tom) and "LOCATION" not in event(cast.tom)
