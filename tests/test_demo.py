"""The demo: told twice it changes nothing, it holds what it promises all year round, and leaves real data alone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import StringIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from coaching.demo.build import build_demo
from coaching.demo.calendar import coming_days, is_holiday, next_quarter, past_days
from coaching.demo.log_ins import PASSWORD, demo_log_ins
from coaching.intervision.models import Case, Contribution, Session, SessionState, StepMove
from coaching.lib.kept_files import path_of
from popgroups.models import (
    Answer,
    Attendance,
    Celebration,
    GroupMember,
    GroupNeed,
    MapBar,
    MapMark,
    Meeting,
    MeetingState,
    PopGroup,
)
from popgroups.models.groups import size_warning
from portfolio.models import (
    ActionPlan,
    Entry,
    EntryFile,
    EntryKind,
    FeedbackRequest,
    KeptTip,
    PlanMove,
    PlanState,
    Share,
)
from schools.budgets import Balance, balances
from schools.models import (
    Activity,
    Consent,
    HourLine,
    Invitation,
    LineKind,
    OutgoingMail,
    School,
    SchoolPlanLine,
    SchoolYear,
    SurveyWave,
    Trajectory,
    User,
)

AUTUMN = "2026-11-22T11:07"
MOMENTS = (AUTUMN, "2027-06-15T08:00", "2027-08-20T23:50", "2028-01-02T16:44")


def demo(*, expect: str) -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    assert expect in out.getvalue()
    return out.getvalue()


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables of the house, as they are now."""
    rooms = ("schools", "portfolio", "popgroups", "intervision", "account")
    models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in models}


def now_meeting() -> Meeting:
    return Meeting.objects.filter(group__name="Bovenbouw", state=MeetingState.PLANNED).earliest("starts_at")


def test_a_second_run_changes_nothing(db: None) -> None:
    said = demo(expect=PASSWORD)
    for _role, name, email in demo_log_ins():
        assert name in said and email in said
    before = everything()
    assert before["intervision.Contribution"]
    demo(expect=gettext("The demo was there already; nothing has changed."))
    assert everything() == before


@pytest.mark.parametrize("local", MOMENTS)
def test_the_demo_holds_what_it_promises_on_any_day(db: None, local: str) -> None:
    at = dt.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
    with time_machine.travel(at, tick=False):
        assert build_demo(timezone.now())
        assert_schools_and_people()
        assert_groups()
        assert_sessions_are_over(at)
        assert_notes_are_erased_in_time(at.date())
        assert_plans_and_portfolios()
        assert_a_map_and_a_school_plan()
        assert_one_meeting_starts_now(at)
        assert_hours_follow_consent()
        assert_budgets_follow_fte(at.date())
        assert_surveys_belong_to_the_introduction(at.date())
        assert "Tom" in too_many_hours(at.date()) or local != AUTUMN


def assert_surveys_belong_to_the_introduction(today: dt.date) -> None:
    """One before it began, one on the way, one that runs; its milestones say the same days."""
    trajectory = Trajectory.objects.get(school__name="De Zandplaat")
    first, second, third = SurveyWave.objects.order_by("opens")
    assert [wave.kind for wave in (first, second, third)] == ["baseline", "middle", "end"]
    assert first.closes < trajectory.begins_on < second.opens < second.closes < today
    assert third.opens < today < third.closes < trajectory.hand_over_on
    surveys = trajectory.milestones.filter(proof="surveys").order_by("due", "pk")
    assert [row.done_on for row in surveys] == [first.closes, second.closes, None]
    assert surveys[2].due and surveys[2].due >= third.closes
    consent = Consent.objects.filter(school=trajectory.school).earliest("given_at")
    agreed = trajectory.milestones.get(proof="consent")
    assert agreed.done_on == trajectory.begins_on > timezone.localdate(consent.given_at)
    assert not trajectory.milestones.filter(done_on__gt=today).exists()


def assert_schools_and_people() -> None:
    zandplaat = School.objects.get(name="De Zandplaat")
    assert set(School.objects.values_list("name", flat=True)) == {"De Zandplaat", "Het Duin", "De Vaart"}
    assert not School.objects.filter(is_demo=False).exists()
    assert zandplaat.board == School.objects.get(name="Het Duin").board
    assert School.objects.get(name="De Vaart").board is None
    assert zandplaat.memberships.count() >= 14
    assert zandplaat.is_directed_by(User.objects.get(email="hanneke@zandplaat.example"))
    assert zandplaat.is_coordinated_by(User.objects.get(email="karin@zandplaat.example"))
    assert Invitation.objects.waiting().get().is_open(timezone.now())
    assert not OutgoingMail.objects.filter(sent_at=None).exists()
    told = OutgoingMail.objects.filter(calendar_method="REQUEST")
    assert 30 <= told.count() <= 60 and told.filter(to="noor@zandplaat.example").count() == 3
    for _role, name, email in demo_log_ins():
        assert User.objects.get(email=email).name == name
    assert User.objects.get(email="noor@zandplaat.example").check_password(PASSWORD)


def assert_groups() -> None:
    groups = {group.name: group for group in PopGroup.objects.order_by("year__starts")}
    assert set(groups) == {"Bovenbouw", "Onderbouw", "IB’ers", "Team Het Duin"}
    bovenbouw = groups["Bovenbouw"]
    agreement = bovenbouw.current_agreement()
    assert agreement is not None
    assert [place.person.name for place in agreement.not_yet_accepted()] == ["Tom Veenstra"]
    assert bovenbouw.current_members().count() == 5
    assert size_warning(groups["IB’ers"].current_members().count())
    assert not size_warning(bovenbouw.current_members().count())
    newcomer = GroupMember.objects.awaiting().get()
    assert (newcomer.group, newcomer.person.name) == (bovenbouw, "Ilse Bakker")
    assert newcomer.welcomed_by.count() == 2
    for group in groups.values():
        assert group.meetings.filter(state=MeetingState.PLANNED).count() >= 2


def assert_sessions_are_over(at: dt.datetime) -> None:
    sessions = list(Session.objects.select_related("meeting__group__school"))
    assert len(sessions) == Meeting.objects.filter(state=MeetingState.HELD).count() == 19
    for session in sessions:
        assert session.state == SessionState.CLOSED and session.closed_at is not None
        assert session.meeting.starts_at <= session.closed_at < at
        assert len(session.route) == 8 and all(step.used_seconds for step in session.route)
        assert session.plans.exists() and session.presenter is not None
    past = Meeting.objects.filter(starts_at__lt=at)
    assert not past.exclude(state=MeetingState.HELD).exists()
    assert past.earliest("starts_at").starts_at < at - dt.timedelta(days=270)
    for model, field in ((StepMove, "at"), (PlanMove, "at"), (ActionPlan, "made_at"), (Entry, "made_at")):
        assert not model._default_manager.filter(**{f"{field}__gt": at}).exists()


def assert_notes_are_erased_in_time(today: dt.date) -> None:
    for session in Session.objects.select_related("meeting__group__school"):
        notes = Contribution.objects.filter(step__session=session)
        assert bool(session.erased_at) == (session.erased_on() < today)
        assert bool(session.question) == notes.exists() == (session.erased_at is None)
    assert KeptTip.objects.count() > 40
    if today.month != 8:  # in the summer everything of last year is gone
        latest = Session.objects.filter(meeting__group__name="Bovenbouw").latest("closed_at")
        assert Contribution.objects.filter(step__session=latest).count() > 20


def assert_plans_and_portfolios() -> None:
    assert set(ActionPlan.objects.values_list("state", flat=True)) == set(PlanState.values)
    assert ActionPlan.objects.filter(buddy__isnull=False).count() > 10
    for what in ("action_plan", "entry"):
        assert Share.objects.filter(via="", **{f"{what}__isnull": False}).get().openings.exists()
    assert [path_of(file.stored).exists() for file in EntryFile.objects.all()] == [True, True]
    assert set(FeedbackRequest.objects.values_list("state", flat=True)) == {"kept", "asked"}
    assert Celebration.objects.get().entry.kind == EntryKind.SUCCESS
    assert Entry.objects.filter(kind=EntryKind.LEARNING).count() > 40
    assert Entry.objects.filter(kind=EntryKind.SUCCESS, source="").exists()
    assert Entry.objects.filter(kind=EntryKind.SUCCESS, source__startswith="plan:").exists()
    for entry in Entry.objects.exclude(source="").exclude(kind=EntryKind.FEEDBACK):
        assert entry.day == timezone.localdate(entry.made_at)
    assert Answer.objects.not_coming().exists()


def assert_a_map_and_a_school_plan() -> None:
    assert set(MapBar.objects.values_list("step", flat=True)) == {"few", "most"}
    assert not MapMark.objects.filter(well__isnull=False).exists()
    assert GroupNeed.objects.count() == 4
    assert SchoolPlanLine.objects.in_use().count() == 5


def assert_one_meeting_starts_now(at: dt.datetime) -> None:
    meeting = now_meeting()
    assert at <= meeting.starts_at < at + dt.timedelta(minutes=15)
    samir, noor = (User.objects.get(email=f"{who}@zandplaat.example") for who in ("samir", "noor"))
    case = Case.objects.visible_to(samir).get(meeting=meeting)
    assert case.situation and case.tried and case.question.startswith("Hoe kan ik")
    assert not Case.objects.visible_to(noor).filter(meeting=meeting).exists()
    assert meeting.can_be_attended_by(noor) and not meeting.sessions.exists()
    waiting = meeting.look_backs.filter(looked_back_at__isnull=True)
    assert {row.action_plan.state for row in waiting} == {"planned", "tried", "adjusted"}
    assert {row.action_plan.due for row in waiting} == {meeting.day}


def assert_hours_follow_consent() -> None:
    held = HourLine.objects.filter(kind=LineKind.HELD)
    assert set(held.values_list("membership__school__name", flat=True)) == {"De Zandplaat"}
    of_meetings = held.filter(source__regex=r"^meeting:\d+$")
    assert of_meetings.count() == Attendance.objects.count() > 80
    assert {line.minutes for line in of_meetings} == {60 + 15}
    assert held.filter(activity=Activity.GUIDING).exists() and held.filter(corrects__isnull=False).exists()
    assert {line.activity for line in held if line.is_by_hand} >= {"visit", "training"}
    assert not HourLine.objects.filter(membership__school__name="Het Duin").exists()


def assert_budgets_follow_fte(today: dt.date) -> None:
    found = of_zandplaat(today)
    assert (found["Tom"].fte, found["Tom"].budget) == (Decimal("0.4"), 6 * 60)
    assert found["Noor"].budget == 15 * 60


def too_many_hours(today: dt.date) -> set[str]:
    return {name for name, balance in of_zandplaat(today).items() if balance.over}


def of_zandplaat(today: dt.date) -> dict[str, Balance]:
    zandplaat = School.objects.get(name="De Zandplaat")
    found = balances(zandplaat, SchoolYear.of(today), day=today)
    return {balance.membership.person.first_name: balance for balance in found}


def test_a_database_with_a_real_school_is_refused(db: None) -> None:
    School.objects.create(name="De Echte")
    with pytest.raises(CommandError) as refused:
        call_command("demo", stdout=StringIO())
    assert gettext(
        "This database holds a real school. The demo only goes into a database of its own."
    ) in str(refused.value)
    assert list(School.objects.values_list("name", flat=True)) == ["De Echte"]
    assert not User.objects.exists()


def test_the_log_in_page_of_a_demo_shows_who_you_can_be(db: None, client: Client) -> None:
    School.objects.create(name="De Zandplaat", is_demo=True)
    page = client.get(reverse("account_login")).content.decode()
    assert PASSWORD in page
    for _role, name, email in demo_log_ins():
        assert name in page and email in page


def test_the_log_in_page_of_a_real_school_shows_nothing_of_it(db: None, client: Client) -> None:
    School.objects.create(name="De Echte")
    page = client.get(reverse("account_login")).content.decode()
    assert PASSWORD not in page and "zandplaat.example" not in page


def test_meetings_keep_out_of_the_holidays_and_apart() -> None:
    for today in (dt.date(2026, 8, 3), dt.date(2026, 11, 22), dt.date(2027, 5, 1)):
        past, coming = past_days(today, 1, 10), coming_days(today, 1, 2)
        days = [*past, *coming]
        assert past[-1] < today < coming[0]
        assert {day.weekday() for day in days} == {1}
        assert not any(is_holiday(day) for day in days)
        assert all(later - day >= dt.timedelta(days=21) for day, later in pairwise(days))


def test_the_next_quarter_is_never_past() -> None:
    at = dt.datetime(2026, 11, 22, 10, 52, 30, tzinfo=dt.UTC)
    assert next_quarter(at) == dt.datetime(2026, 11, 22, 11, 0, tzinfo=dt.UTC)
    assert next_quarter(next_quarter(at)) == next_quarter(at)
