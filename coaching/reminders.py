"""Reminding people by mail, each of what they chose: a meeting with their role, a plan, a case to prepare.

A milestone of the introduction is a task somebody took on, so whoever sees to it is told in any case.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.intervision.models import Case
from coaching.intervision.roles import turns_in
from coaching.lib.markup import day as in_words
from coaching.lib.markup import slot
from popgroups.models import Answer, Meeting, MeetingKind, MeetingState
from popgroups.notices import page_of, places_in, title_of
from portfolio.models import ActionPlan
from schools.accounts import in_a_mail
from schools.models import (
    Membership,
    Milestone,
    OutgoingMail,
    Reminder,
    ReminderChoice,
    Role,
    School,
    Trajectory,
    User,
)
from schools.outbox import post

AWAKE = range(7, 20)  # hours in which a reminder leaves
TWO_DAYS, A_WEEK = 2, 7
STILL_DUE = dt.timedelta(days=3)  # a plan is reminded of on its day, or shortly after when nothing ran then


@dataclass(frozen=True)
class Item:
    """One thing to remind ``person`` of; ``kind`` is a field of ReminderChoice, "" for what nobody chooses.

    ``while_role``: it only leaves while they hold this role at ``school``.
    """

    person: User
    kind: str
    key: str
    title: str
    text: str
    url: str
    school: School | None = None
    while_role: str = ""


@dataclass(frozen=True)
class Letter:
    """One mail in the making: what it holds, and the key under which it goes only once."""

    key: str
    items: list[Item]


def remind(at: dt.datetime) -> int:
    """Write the mails that are due and note what they were about; returns how many mails."""
    if timezone.localtime(at).hour not in AWAKE:
        return 0
    with transaction.atomic():
        day = timezone.localdate(at)
        letters = letters_of(not_yet([*about_meetings(at), *about_plans(day), *about_milestones(day)]), at)
        post(as_mail(letter, at) for letter in letters)
        told = [item for letter in letters for item in letter.items]
        rows = [Reminder(person=item.person, key=item.key, at=at) for item in told]
        Reminder.objects.bulk_create(rows, ignore_conflicts=True)  # one double must not hold back everybody
    return len(letters)


def not_yet(items: list[Item]) -> list[Item]:
    keys = {item.key for item in items}
    done = set(Reminder.objects.filter(key__in=keys).values_list("person", "key"))
    return [item for item in items if (item.person.pk, item.key) not in done]


def letters_of(items: list[Item], at: dt.datetime) -> list[Letter]:
    """As each person chose: a mail an item, or one a day; who had today's gets the rest tomorrow."""
    choices = {choice.person_id: choice for choice in ReminderChoice.objects.all()}
    letters: dict[str, Letter] = {}
    for item in items:
        choice = choices.get(item.person.pk) or ReminderChoice()
        bundle = f"reminders/{item.person.pk}/{timezone.localdate(at)}"
        if item.while_role and item.school:
            bundle += f"/{item.while_role}/{item.school.pk}"  # a mail leaves or stays as a whole
        key = bundle if choice.bundled else f"reminder/{item.person.pk}/{item.key}"
        if not item.kind or getattr(choice, item.kind):
            letters.setdefault(key, Letter(key, [])).items.append(item)
    had = set(OutgoingMail.objects.filter(key__in=letters).values_list("key", flat=True))
    return [letter for key, letter in letters.items() if key not in had]


def as_mail(letter: Letter, at: dt.datetime) -> OutgoingMail:
    person, items = letter.items[0].person, letter.items
    with translation.override(person.language):
        more = ngettext("%(n)s reminder for you", "%(n)s reminders for you", len(items)) % {"n": len(items)}
        context = {"person": person, "items": items, "choose": in_a_mail("my_reminders")}
        return OutgoingMail(
            to=person.email,
            person=person,
            subject=items[0].title if len(items) == 1 else more,
            body=render_to_string("home/mail/reminders.txt", context),
            key=letter.key,
            school=items[0].school,
            while_role=items[0].while_role,
            made_at=at,
            try_again_at=at,
        )


# -- of what ---------------------------------------------------------------------------------------------


def about_meetings(at: dt.datetime) -> list[Item]:
    """Who is in the group on the day and did not call off: of the meeting, or earlier of a case to prepare."""
    near = Meeting.objects.filter(
        state=MeetingState.PLANNED, starts_at__gt=at, starts_at__lt=at + dt.timedelta(days=A_WEEK + 1)
    )
    meetings = list(near.select_related("group__school").order_by("starts_at", "pk"))
    places = places_in({meeting.group_id for meeting in meetings})
    answers = Answer.objects.not_coming()
    absent = set(answers.filter(meeting__in=meetings).values_list("meeting", "member"))
    cases = set(Case.objects.filter(meeting__in=meetings).values_list("meeting", "presenter"))
    today = timezone.localdate(at)
    # Who left and never guided would have the turn for ever.
    turns = turns_in({group: [p for p in rows if p.is_current(today)] for group, rows in places.items()})
    found = [
        about(meeting, place.person, at, (meeting.pk, place.person.pk) in cases, turns)
        for meeting in meetings
        for place in places.get(meeting.group_id, [])
        if place.is_current(meeting.day) and (meeting.pk, place.pk) not in absent
    ]
    # Somebody who works at two schools may sit in a group twice.
    return list({(item.person.pk, item.key): item for item in found if item}.values())


def about(
    meeting: Meeting, person: User, at: dt.datetime, has_case: bool, turns: dict[tuple[int, int], str]
) -> Item | None:
    days = (meeting.day - timezone.localdate(at)).days
    role = "case" if has_case else turns.get((meeting.group_id, person.pk), "")
    with translation.override(person.language):
        if 1 <= days <= TWO_DAYS:
            return of_meeting(meeting, person, role if meeting.kind == MeetingKind.INTERVISION else "")
        if TWO_DAYS < days <= A_WEEK and meeting.kind == MeetingKind.INTERVISION and not has_case:
            return of_case(meeting, person)
    return None


def of_meeting(meeting: Meeting, person: User, role: str) -> Item:
    words = {
        "case": _("You have prepared a case."),
        "facilitator": _("It is probably your turn to guide the session."),
        "timekeeper": _("It is probably your turn to watch the time."),
    }
    lines = [slot(meeting.starts_at, meeting.minutes), meeting.place, words.get(role, "")]
    return Item(
        person=person,
        kind="meeting",
        key=f"meeting:{meeting.pk}:{meeting.day}",
        title=_("Soon: %(what)s") % {"what": title_of(meeting)},
        text="\n".join(line for line in lines if line),
        url=page_of(meeting),
        school=meeting.group.school,
    )


def of_case(meeting: Meeting, person: User) -> Item:
    return Item(
        person=person,
        kind="case",
        key=f"case:{meeting.pk}:{meeting.day}",
        title=_("A case for %(group)s?") % {"group": meeting.group.name},
        text=_("Prepare it before %(when)s. A few lines are enough, and only you see them.")
        % {"when": slot(meeting.starts_at, meeting.minutes)},
        url=in_a_mail("case", pk=str(meeting.pk)),
        school=meeting.group.school,
    )


def about_plans(day: dt.date) -> list[Item]:
    """Open plans whose day to look back has come; what somebody is going to do stands on the page alone."""
    due = ActionPlan.objects.still_open().filter(due__range=(day - STILL_DUE, day), owner__is_active=True)
    return [of_plan(plan) for plan in due.select_related("owner").order_by("due", "pk")]


def of_plan(plan: ActionPlan) -> Item:
    with translation.override(plan.owner.language):
        return Item(
            person=plan.owner,
            kind="plan",
            key=f"plan:{plan.pk}:{plan.due}",
            title=_("How did your plan go?"),
            text=_("Today you would look back on an action plan. Two minutes are enough."),
            url=in_a_mail("plan", pk=str(plan.pk)),
        )


def about_milestones(day: dt.date) -> list[Item]:
    """Open ones that are due within a week, to who sees to them and is at the school; until the hand-over."""
    near = Milestone.objects.filter(
        done_on=None,
        due__range=(day, day + dt.timedelta(days=A_WEEK)),
        trajectory__in=Trajectory.objects.under_way(day),
        owner__in=Membership.objects.current(day),
        owner__person__is_active=True,
    )
    rows = near.select_related("owner__person", "trajectory__school").prefetch_related("owner__roles")
    return [of_milestone(row, row.owner) for row in rows.order_by("due", "pk") if row.owner]


def of_milestone(milestone: Milestone, owner: Membership) -> Item:
    outside = Role.CONSULTANT in {held.role for held in owner.roles.all()}
    with translation.override(owner.person.language):
        return Item(
            person=owner.person,
            kind="",
            key=f"milestone:{milestone.pk}:{milestone.due}",
            title=_("Soon: %(what)s") % {"what": milestone.title},
            text=_("ready by %(day)s") % {"day": in_words(milestone.due)} if milestone.due else "",
            url=in_a_mail("trajectory", pk=str(milestone.trajectory_id)),
            school=milestone.trajectory.school,
            while_role=Role.CONSULTANT if outside else "",
        )
