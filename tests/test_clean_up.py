"""manage.py clean_up: what has to go, goes; a dry run says the same and changes nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from io import StringIO

import pytest
from django.contrib.sessions.models import Session as LogIn
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from coaching.intervision.models import Case, Contribution, Session
from popgroups.plan_goals import start_plan
from schools.models import Draft, LiveChange, OutgoingMail, Submission
from tests.people import Cast, make_meeting, make_session
from tests.scene import card, move_to

EVERYTHING: tuple[type[models.Model], ...] = (Contribution, Draft, Submission, LiveChange, LogIn)


def clean_up(*options: str) -> str:
    out = StringIO()
    call_command("clean_up", *options, stdout=out)
    return out.getvalue()


def ago(**length: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(**length)


def closed_session(cast: Cast, days: int) -> Session:
    """Closed so many days ago, with one card."""
    session = make_session(make_meeting(cast.group, starts_at=ago(days=days)), cast.members, running=True)
    card(session, move_to(session, "analysis", cast.noor, ago(days=days)), cast.tom, "question")
    move_to(session, "close", cast.noor, ago(days=days))
    session.close(seen=session.position, by=cast.noor, at=ago(days=days))
    return session


def make_traces(*, days: int) -> None:
    at = ago(days=days)
    Submission.objects.create(key=uuid.uuid4(), at=at)
    LiveChange.objects.create(channel="1", version=1, at=at)
    LogIn.objects.create(session_key=f"key{days}", session_data="", expire_date=at)
    mail = OutgoingMail.objects.create(to="tom@example.org", subject="Uitnodiging", body="Kom je?")
    OutgoingMail.objects.filter(pk=mail.pk).update(made_at=at, sent_at=at)


@pytest.fixture
def old(cast: Cast) -> Session:
    """Past every term, with a draft that arrived after another session was erased."""
    session = closed_session(cast, days=400)
    erased = closed_session(cast, days=500)
    Contribution.objects.filter(step__session=erased).delete()
    erased.put(erased_at=ago(days=450))
    Draft.objects.create(writer=cast.tom, field=f"session:{erased.pk}:notes", text="Te laat.")
    LiveChange.objects.all().delete()
    make_traces(days=400)
    return session


def test_what_is_past_its_term_goes(old: Session) -> None:
    said = clean_up()
    assert f"Session {old.pk}: working notes erased" in said and "Done." in said
    for model in (Contribution, Draft, Submission, LogIn):
        assert not model._default_manager.exists(), model
    assert not LiveChange.objects.filter(at__lt=ago(days=1)).exists()
    assert not OutgoingMail.objects.exists()
    assert Session.objects.get(pk=old.pk).erased_at is not None


def test_a_dry_run_says_the_same_and_changes_nothing(old: Session) -> None:
    before = [list(model._default_manager.values()) for model in EVERYTHING]
    dry = clean_up("--dry-run")
    assert [list(model._default_manager.values()) for model in EVERYTHING] == before
    assert OutgoingMail.objects.get().body == "Kom je?"
    assert Session.objects.get(pk=old.pk).erased_at is None
    assert "nothing was changed" in dry
    assert dry.splitlines()[:-1] == clean_up().splitlines()[:-1]


def test_what_is_young_stays(cast: Cast) -> None:
    session = closed_session(cast, days=0)
    make_traces(days=0)
    LogIn.objects.update(expire_date=timezone.now() + dt.timedelta(hours=1))
    before = [list(model._default_manager.values()) for model in EVERYTHING]
    assert "working notes erased" not in clean_up()
    assert [list(model._default_manager.values()) for model in EVERYTHING] == before
    assert OutgoingMail.objects.get().body == "Kom je?"
    assert Session.objects.get(pk=session.pk).erased_at is None


def test_mail_that_is_still_waiting_keeps_its_text(db: None) -> None:
    OutgoingMail.objects.create(
        to="tom@example.org", subject="Uitnodiging", body="Kom je?", made_at=ago(days=9)
    )
    clean_up()
    assert OutgoingMail.objects.get().body == "Kom je?"


def test_a_session_left_open_ends_and_falls_due(cast: Cast) -> None:
    at = ago(days=400)
    session = make_session(make_meeting(cast.group, starts_at=at), cast.members, running=True)
    card(session, move_to(session, "analysis", cast.noor, at), cast.tom, "question")
    said = clean_up()
    assert f"Session {session.pk}: was left open, closed." in said
    assert Session.objects.get(pk=session.pk).state == "closed"
    assert not Contribution.objects.exists()


def test_a_second_time_there_is_nothing_left_to_do(old: Session) -> None:
    clean_up()
    assert "Session" not in clean_up()


def test_a_draft_with_a_name_out_of_all_proportion_holds_nothing_up(old: Session) -> None:
    for kind in ("session", "case", "plan", "entry"):
        Draft.objects.create(writer=old.facilitator.person, field=f"{kind}:{'9' * 40}:notes", text="x")  # type: ignore[union-attr]
    assert "Done." in clean_up()


def test_cases_and_strays_of_every_room_go(cast: Cast) -> None:
    meeting = make_meeting(cast.group, starts_at=ago(days=400))
    Case.objects.create(presenter=cast.tom, meeting=meeting, situation="Het is druk.")
    for field in (f"case:{meeting.pk}:tried", "plan:987654321:where", "entry:987654321:text"):
        Draft.objects.create(writer=cast.tom, field=field, text="Te laat.")
    said = clean_up()
    assert "2 prepared cases" in said and "2 late drafts of deleted plans, entries and quadrants" in said
    assert not Case.objects.exists() and not Draft.objects.exists()


def test_what_was_typed_in_a_plan_of_a_group_stays_as_long_as_its_place(cast: Cast) -> None:
    goal = start_plan(cast.group, cast.noor, ago()).goals.get()
    there = [f"gop:{goal.plan_id}:standing", f"groupgoal:{goal.pk}:title"]
    gone = ["gop:987654321:standing", "groupgoal:987654321:title", "groupactivity:987654321:what"]
    for field in (*there, *gone):
        Draft.objects.create(writer=cast.tom, field=field, text="Getypt.")
    assert "3 late drafts of goals and activities that a group took away" in clean_up()
    assert sorted(Draft.objects.values_list("field", flat=True)) == there
