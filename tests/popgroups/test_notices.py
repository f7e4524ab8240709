"""Who is told what of a meeting: as many mails as there is something to tell, and never one more."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from popgroups.models import GroupMember, Meeting, MeetingState, Notice, PopGroup, Reason
from popgroups.notices import pending, tell
from schools.models import OutgoingMail, Role, RoleHeld, User
from schools.outbox import as_message
from tests.people import Cast, make_group, make_meeting, make_person, make_place
from tests.popgroups.conftest import Enter
from tests.popgroups.test_meetings import filled
from tests.popgroups.year import change

FIVE = {"noor", "samir", "tom", "lieke", "esra"}
IN_TEN_DAYS = dt.timedelta(days=10)


def planned(cast: Cast, **values: Any) -> Meeting:
    """A meeting of the group, planned with its verb: everybody is told."""
    starts_at = timezone.now() + IN_TEN_DAYS
    meeting = Meeting(group=cast.group, **{"starts_at": starts_at, "place": "lokaal 12", **values})
    meeting.plan(timezone.now())
    return meeting


def events_in(file: str) -> Any:
    return Calendar.from_ical(file).walk("VEVENT")


def sent() -> set[tuple[str, str, int]]:
    """Who, method, sequence of every mail since the last look; the two books have to agree."""
    found = {
        (mail.to.split(".")[0], mail.calendar_method, int(file["SEQUENCE"]))
        for mail in OutgoingMail.objects.all()
        for file in events_in(mail.calendar)
    }
    assert len(found) == OutgoingMail.objects.count()
    OutgoingMail.objects.all().delete()
    return found


def all_of(method: str, sequence: int, names: set[str] = FIVE) -> set[tuple[str, str, int]]:
    return {(name, method, sequence) for name in names}


# --- what is sent ---


def test_a_planned_meeting_is_told_to_each_member_once(cast: Cast) -> None:
    meeting = planned(cast)
    assert tell([meeting], timezone.now()) == 0
    assert sent() == all_of("REQUEST", 0)
    assert Notice.objects.count() == 5


def test_nothing_leaves_of_a_concept_until_it_is_published(cast: Cast) -> None:
    meeting = planned(cast, state=MeetingState.CONCEPT)
    meeting.change(timezone.now(), place="aula")
    assert sent() == set()
    now = timezone.now()
    assert pending([meeting], now) == []
    preview = pending([meeting], now, as_published=True)
    Meeting.objects.update(state=MeetingState.PLANNED)
    assert tell([meeting], timezone.now()) == len(preview) == 5
    assert sent() == {(p.person.email.split(".")[0], p.method, p.sequence) for p in preview}


def test_a_preview_promises_no_mail_of_what_was_over_earlier_today(cast: Cast) -> None:
    meeting = planned(cast, state=MeetingState.CONCEPT, starts_at=timezone.now() - dt.timedelta(hours=2))
    assert pending([meeting], timezone.now(), as_published=True) == []
    assert len(pending([meeting], meeting.ends_at - dt.timedelta(minutes=1), as_published=True)) == 5


@pytest.mark.parametrize(
    "change",
    [
        {"place": "aula"},
        {"minutes": 45},
        {"kind": "training"},
        {"link": "https://voorbeeld.nl/x"},
        {"later": 1},
    ],
)
def test_a_change_that_calendars_show_is_told_with_the_next_number(
    cast: Cast, change: dict[str, Any]
) -> None:
    meeting = planned(cast)
    sent()
    if change.pop("later", 0):
        change["starts_at"] = meeting.starts_at + dt.timedelta(days=1)
    meeting.change(timezone.now(), **change)
    assert sent() == all_of("REQUEST", 1)
    meeting.change(timezone.now(), **change)
    assert sent() == set(), "the same once more is no change"


def test_through_the_form_a_new_place_is_told_and_saving_twice_is_not(cast: Cast, enter: Enter) -> None:
    meeting, client = planned(cast), enter(cast.karin)
    sent()
    local = timezone.localtime(meeting.starts_at)
    form = {"day": str(local.date()), "start": f"{local:%H:%M}", "minutes": 90}
    Meeting.objects.update(starts_at=local.replace(second=0, microsecond=0))
    for _time in range(2):
        change(client, meeting, filled(**form, place="aula"))
    assert sent() == all_of("REQUEST", 1)
    change(client, meeting, filled(**form, place="aula", about_change="Groepsdoorbrekend"))
    assert sent() == set(), "what it is about stands in no calendar"


def test_cancel_restore_and_cancel_again(cast: Cast) -> None:
    meeting = planned(cast)
    sent()
    later = timezone.now() + dt.timedelta(hours=3)
    meeting.cancel(later)
    assert set(OutgoingMail.objects.values_list("made_at", flat=True)) == {later}
    assert sent() == all_of("CANCEL", 1)
    assert tell([meeting], timezone.now()) == 0
    assert meeting.cancelled_at == later
    meeting.restore(timezone.now())
    assert sent() == all_of("REQUEST", 2)
    assert Meeting.objects.get().cancelled_at is None
    meeting.cancel(timezone.now())
    assert sent() == all_of("CANCEL", 3)


def test_what_was_never_told_is_not_called_off(cast: Cast) -> None:
    make_meeting(cast.group, starts_at=timezone.now() + IN_TEN_DAYS).cancel(timezone.now())
    assert sent() == set()


@pytest.mark.parametrize("state", ["planned", "cancelled"])
def test_what_is_over_or_was_held_is_told_to_nobody(cast: Cast, state: str) -> None:
    meeting = planned(cast)
    make_place(cast.group, cast.ilse)
    sent()
    Meeting.objects.update(state=state, sequence=4, starts_at=timezone.now() - dt.timedelta(minutes=91))
    assert tell([meeting], timezone.now()) == 0
    Meeting.objects.update(starts_at=timezone.now() - dt.timedelta(minutes=60))
    assert tell([meeting], timezone.now()) == (6 if state == "planned" else 5)
    Meeting.objects.update(state="held", sequence=9)
    assert tell([meeting], timezone.now()) == 0


def test_a_meeting_in_the_past_is_planned_in_silence(cast: Cast) -> None:
    planned(cast, starts_at=timezone.now() - dt.timedelta(days=2))
    assert sent() == set()


# --- who is in the group ---


def test_a_new_member_is_asked_and_nobody_else_hears_of_it(cast: Cast) -> None:
    planned(cast)
    sent()
    place = cast.group.propose(cast.ilse.memberships.get(), timezone.now())
    for person in cast.members:
        assert sent() == set()
        place.welcome(person, timezone.now())
    assert sent() == all_of("REQUEST", 0, {"ilse"})


def test_who_leaves_gets_the_meeting_taken_out_and_who_comes_back_gets_it_again(cast: Cast) -> None:
    meeting = planned(cast)
    sent()
    place = GroupMember.objects.get(membership__person=cast.tom)
    place.leave(timezone.now())
    assert sent() == all_of("CANCEL", 0, {"tom"})
    GroupMember.objects.filter(pk=place.pk).update(left_on=None)
    tell([meeting], timezone.now())
    assert sent() == all_of("REQUEST", 1, {"tom"}), "a calendar takes no number twice"
    tell([meeting], timezone.now())
    assert sent() == set()
    meeting.change(timezone.now(), place="aula")
    assert sent() == all_of("REQUEST", 1, FIVE - {"tom"}) | all_of("REQUEST", 2, {"tom"})
    meeting.cancel(timezone.now())
    assert sent() == all_of("CANCEL", 2)


def test_dates_of_a_member_decide_meeting_by_meeting(cast: Cast) -> None:
    planned(cast)
    planned(cast, starts_at=timezone.now() + dt.timedelta(days=40))
    sent_first = {name for name, _m, _s in OutgoingMail.objects.values_list("to", "calendar_method", "key")}
    assert len(sent_first) == 5 and OutgoingMail.objects.count() == 10
    OutgoingMail.objects.all().delete()
    place = GroupMember.objects.get(membership__person=cast.tom)
    joined = place.joined_on
    assert joined is not None
    place.set_dates(joined, timezone.localdate() + dt.timedelta(days=20), timezone.now())
    assert sent() == all_of("CANCEL", 0, {"tom"})
    later = Meeting.objects.latest("starts_at")
    assert Notice.objects.get(method="CANCEL").meeting == later
    place.set_dates(joined, None, timezone.now())
    assert sent() == all_of("REQUEST", 1, {"tom"})


def test_who_left_the_school_or_the_site_gets_nothing_new(cast: Cast) -> None:
    meeting = planned(cast)
    sent()
    cast.tom.memberships.update(valid_until=timezone.localdate())
    User.objects.filter(pk=cast.samir.pk).update(is_active=False)
    assert tell([meeting], timezone.now()) == 1
    assert sent() == all_of("CANCEL", 0, {"tom"})


def test_a_group_elsewhere_hears_nothing(cast: Cast) -> None:
    make_meeting(make_group(cast.duin, "Elders", [cast.ilse]), starts_at=timezone.now() + IN_TEN_DAYS)
    planned(cast)
    assert sent() == all_of("REQUEST", 0)


# --- why ---


def test_each_mail_has_its_reason(cast: Cast) -> None:
    meeting, now = planned(cast), timezone.now()
    make_place(cast.group, cast.ilse)
    GroupMember.objects.filter(membership__person=cast.tom).update(left_on=timezone.localdate())
    Meeting.objects.update(sequence=1)
    found = {p.person.pk: p.reason for p in pending(Meeting.objects.all(), now)}
    moved = {who.pk: Reason.MOVED for who in (cast.noor, cast.samir, cast.lieke, cast.esra)}
    assert found == moved | {cast.ilse.pk: Reason.NEW, cast.tom.pk: Reason.LEFT}
    Meeting.objects.update(state="cancelled")
    assert {p.reason for p in pending(Meeting.objects.all(), now)} == {Reason.CANCELLED}
    assert pending(Meeting.objects.all(), meeting.ends_at) == []


@pytest.mark.parametrize("number", [1, 6])
def test_it_takes_the_same_few_statements_for_any_number(cast: Cast, number: int) -> None:
    for week in range(number):
        make_meeting(
            make_group(cast.zandplaat, f"Groep {week}", [cast.noor, cast.ilse]),
            starts_at=timezone.now() + dt.timedelta(weeks=1 + week),
        )
    meetings = list(Meeting.objects.all())
    with CaptureQueriesContext(connection) as asked:
        assert len(pending(meetings, timezone.now())) == 2 * number
    assert len(asked) == 4
    with CaptureQueriesContext(connection) as asked:
        assert tell(meetings, timezone.now()) == 2 * number
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) == 7


def test_who_became_director_hears_of_the_group_no_more(cast: Cast) -> None:
    meeting = planned(cast)
    sent()
    RoleHeld.objects.create(membership=cast.noor.memberships.get(), role=Role.DIRECTOR)
    found = {each.person: each.reason for each in pending([meeting], timezone.now())}
    assert found == {cast.noor: Reason.LEFT}
    tell([meeting], timezone.now())
    assert sent() == {("noor", "CANCEL", 0)}
    meeting.change(timezone.now(), place="aula")
    assert "noor" not in {name for name, _method, _sequence in sent()}


# --- in one transaction ---


def test_what_is_rolled_back_was_told_to_nobody(cast: Cast) -> None:
    meeting = planned(cast)
    sent()
    with pytest.raises(RuntimeError), transaction.atomic():
        meeting.cancel(timezone.now())
        raise RuntimeError
    assert sent() == set() and Notice.objects.filter(method="CANCEL").count() == 0


def test_the_database_knows_no_second_mail_of_the_same_change(cast: Cast) -> None:
    planned(cast)
    row = OutgoingMail.objects.first()
    assert row is not None and row.key
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.create(to=row.to, subject="x", body="x", message_id="<x@x>", key=row.key)
    Notice.objects.all().delete()
    before = OutgoingMail.objects.count()
    tell(Meeting.objects.all(), timezone.now())
    assert OutgoingMail.objects.count() == before, "told before, even if the notice were lost"


# --- the mail itself ---


def mail_to(who: User) -> Any:
    row = OutgoingMail.objects.filter(to=who.email).latest("pk")
    made: Any = as_message(row, None).message()
    sent_as = made.as_bytes(linesep="\r\n")
    return message_from_bytes(sent_as, policy=policy.default)


def part_of(mail: Any, kind: str) -> Any:
    (part,) = [part for part in mail.walk() if part.get_content_type() == kind]
    return part


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_the_method_of_the_mail_is_the_method_in_the_file(cast: Cast, method: str) -> None:
    meeting = planned(cast, place="zaal ’t Höfke; 🌱, boven")
    if method == "CANCEL":
        meeting.cancel(timezone.now())
    mail = mail_to(cast.noor)
    assert mail.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in mail.walk()][1:] == [
        "multipart/alternative",
        "text/plain",
        "text/calendar",
        "application/ics",
    ]
    shown, attached = part_of(mail, "text/calendar"), part_of(mail, "application/ics")
    assert shown.get_param("method") == method
    assert attached.get_filename() == "uitnodiging.ics"
    file = Calendar.from_ical(shown.get_payload(decode=True))
    assert file["METHOD"] == method
    assert Calendar.from_ical(attached.get_payload(decode=True)) == file
    assert shown.get_payload(decode=True) == attached.get_payload(decode=True), "CRLF survives the way"
    (event,) = file.walk("VEVENT")
    assert event["UID"] == meeting.uid and event["LOCATION"] == "zaal ’t Höfke; 🌱, boven"
    assert event["ATTENDEE"] == "mailto:noor.de.wit@example.org" != event["ORGANIZER"]


def test_the_mail_says_when_and_where_in_the_readers_language(cast: Cast, settings: Any) -> None:
    settings.SITE_URL = "https://coaching.example"
    User.objects.filter(pk=cast.tom.pk).update(language="en")
    local = timezone.localtime(timezone.now()).replace(hour=15, minute=30) + dt.timedelta(days=2)
    meeting = planned(cast, starts_at=local, about_change="Geheim plan")
    dutch, english = mail_to(cast.noor), mail_to(cast.tom)
    assert dutch["Subject"].strip() == "Uitnodiging: Intervisie · Bovenbouw, dinsdag 24 november 15.30"
    assert english["Subject"].strip() == "Invitation: Intervision · Bovenbouw, Tuesday 24 November 15:30"
    text = part_of(dutch, "text/plain").get_content()
    for words in ("Noor", "Bovenbouw", "De Zandplaat", "15.30–17.00", "lokaal 12"):
        assert words in text, words
    assert f"https://coaching.example{reverse('meeting', args=[meeting.pk])}" in text
    assert "Geheim" not in dutch.as_string() and "Geheim" not in english.as_string()
    assert "CLASS:PRIVATE" in part_of(dutch, "text/calendar").get_content()


def test_a_group_name_never_becomes_a_header(cast: Cast) -> None:
    PopGroup.objects.filter(pk=cast.group.pk).update(name="Blauw\r\nBcc: dief@example.org\r\n\r\nHoi")
    cast.group.refresh_from_db()
    planned(cast)
    mail = mail_to(cast.noor)
    assert mail["Bcc"] is None and mail["To"] == "noor.de.wit@example.org"
    assert "Blauw Bcc: dief@example.org Hoi" in mail["Subject"]
    (event,) = Calendar.from_ical(part_of(mail, "text/calendar").get_payload(decode=True)).walk("VEVENT")
    assert [key for key in event if key not in WRITTEN] == []


WRITTEN = {
    *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "URL"),
    *("STATUS", "CLASS", "TRANSP", "ORGANIZER", "ATTENDEE"),
}


def test_the_site_never_invites_itself(cast: Cast, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = f"Coaching <{cast.noor.email.upper()}>"
    planned(cast)
    event = Calendar.from_ical(part_of(mail_to(cast.noor), "text/calendar").get_content()).walk("VEVENT")[0]
    assert event["ORGANIZER"] == "mailto:agenda@localhost"


def test_half_past_three_stays_so_across_the_change_of_the_clock(cast: Cast) -> None:
    person = make_person("Zoë ’t Hart; 🌱", cast.zandplaat)
    make_place(cast.group, person)
    summer = timezone.make_aware(dt.datetime(2027, 3, 25, 15, 30))
    meeting = planned(cast, starts_at=summer)
    meeting.change(timezone.now(), starts_at=timezone.make_aware(dt.datetime(2027, 4, 1, 15, 30)))
    found: list[Any] = [
        Calendar.from_ical(mail.calendar).walk("VEVENT")[0]["DTSTART"]
        for mail in OutgoingMail.objects.filter(to=person.email).order_by("pk")
    ]
    assert [start.to_ical() for start in found] == [b"20270325T153000", b"20270401T153000"]
    assert [start.dt.utcoffset() for start in found] == [dt.timedelta(hours=1), dt.timedelta(hours=2)]
