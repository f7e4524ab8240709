"""A week ahead whoever sees to a milestone is told by mail: once, and only while it is theirs and open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coaching.introduction.handing_over import hand_over_now
from coaching.reminders import remind
from schools.models import (
    Membership,
    Milestone,
    OutgoingMail,
    Reminder,
    ReminderChoice,
    Role,
    Trajectory,
    User,
)
from schools.outbox import is_still_for
from tests.people import Cast, make_membership

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def morning(days: int = 0) -> dt.datetime:
    noon = dt.datetime.combine(timezone.localdate() + days * DAY, dt.time(10))
    return noon.replace(tzinfo=ZoneInfo("Europe/Amsterdam"))


def mails(days: int = 0) -> list[OutgoingMail]:
    """What one run writes on the morning so many days from today."""
    before = list(OutgoingMail.objects.values_list("pk", flat=True))
    with time_machine.travel(morning(days), tick=False):
        remind(timezone.now())
    return list(OutgoingMail.objects.exclude(pk__in=before).order_by("pk"))


@pytest.fixture
def due(cast: Cast, trajectory: Trajectory) -> Milestone:
    """Karin's, ten days from today; the only one with an owner."""
    milestone = trajectory.milestones.order_by("pk")[0]
    milestone.title, milestone.due = "Nieuwe gespreksleiders", timezone.localdate() + 10 * DAY
    milestone.proof_text, milestone.owner = "GEHEIM", cast.karin.memberships.get()
    milestone.save()
    return milestone


def test_a_week_ahead_and_never_twice(cast: Cast, due: Milestone) -> None:
    assert mails(2) == []
    (mail,) = mails(3)
    assert (mail.person, mail.to, mail.school) == (cast.karin, cast.karin.email, cast.zandplaat)
    assert mail.subject == "Binnenkort: Nieuwe gespreksleiders"
    assert f"http://localhost:8000{reverse('trajectory', args=[due.trajectory_id])}" in mail.body
    assert "uiterlijk" in mail.body and "GEHEIM" not in mail.body and "De Zandplaat" not in mail.body
    assert [mails(days) for days in (3, 4, 10, 11)] == [[], [], [], []]
    assert Reminder.objects.get().person == cast.karin


def test_a_run_that_was_missed_is_made_up_for_until_the_day_itself(due: Milestone) -> None:
    assert mails(11) == []
    assert len(mails(10)) == 1


def done(milestone: Milestone, owner: Membership) -> None:
    milestone.finish(timezone.localdate())


def left(milestone: Milestone, owner: Membership) -> None:
    Membership.objects.filter(pk=owner.pk).update(valid_until=timezone.localdate() + DAY)


def closed(milestone: Milestone, owner: Membership) -> None:
    User.objects.filter(pk=owner.person_id).update(is_active=False)


def nobody(milestone: Milestone, owner: Membership) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(owner=None)


def handed_over(milestone: Milestone, owner: Membership) -> None:
    hand_over_now(milestone.trajectory, owner.person, timezone.now())
    OutgoingMail.objects.all().delete()


@pytest.mark.parametrize("change", [done, left, closed, nobody, handed_over])
def test_only_while_it_is_theirs_and_open(due: Milestone, change: Callable[..., None]) -> None:
    change(due, due.owner)
    assert mails(3) == []


def test_whoever_takes_it_over_is_told_as_well(cast: Cast, due: Milestone) -> None:
    assert len(mails(3)) == 1
    Milestone.objects.filter(pk=due.pk).update(owner=cast.ilse.memberships.get())
    assert [mail.person for mail in mails(4)] == [cast.ilse]


def test_several_come_in_one_mail_also_for_who_wants_no_other_reminder(cast: Cast, due: Milestone) -> None:
    ReminderChoice.objects.create(person=cast.karin, meeting=False, plan=False, case=False)
    second = due.trajectory.milestones.order_by("pk")[1]
    Milestone.objects.filter(pk=second.pk).update(owner=due.owner, due=due.due, title="De lijst")
    (mail,) = mails(3)
    assert "Nieuwe gespreksleiders" in mail.body and "De lijst" in mail.body


def test_a_consultant_is_told_until_the_hand_over_and_no_mail_leaves_after_it(
    cast: Cast, due: Milestone
) -> None:
    make_membership(cast.olaf, cast.duin, Role.CONSULTANT)
    stay = cast.olaf.memberships.get(school=cast.zandplaat)
    Milestone.objects.filter(pk=due.pk).update(owner=stay)
    (mail,) = mails(3)
    assert mail.person == cast.olaf and is_still_for(mail, timezone.localdate())
    hand_over_now(due.trajectory, cast.karin, timezone.now())
    assert not is_still_for(mail, timezone.localdate()), "it waited in the outbox"
    Reminder.objects.all().delete()
    OutgoingMail.objects.all().delete()
    assert mails(4) == []
