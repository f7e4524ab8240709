"""The hand-over over all rooms: the stay at school, what groups let a consultant read, running sessions, a mail."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coaching.intervision.models import Session
from popgroups.models import PlanReader
from schools.hand_over import end_what_goes_past, hand_over
from schools.models import Role, School, Trajectory, User
from schools.outbox import SchoolMail


def hand_over_now(trajectory: Trajectory, by: User | None, at: dt.datetime) -> list[User]:
    """Who lost access with it. Raises MoveRefused or StaleMove.

    Their stay ends, and that alone closes every address. What they were let into ends too, so that nothing of it
    comes back when they are invited again one day.
    """
    with transaction.atomic():
        gone = hand_over(trajectory, by, at)
        end_what_they_were_let_into(trajectory.school, gone, at)
        for person in gone:
            tell(trajectory, person)
    return gone


def end_what_they_were_let_into(school: School, people: list[User], at: dt.datetime) -> None:
    readers = PlanReader.objects.filter(plan__group__school=school, person__in=people, ended_at=None)
    readers.update(ended_at=at)
    sessions = Session.objects.under_way().filter(meeting__group__school=school, guests__person__in=people)
    for session in sessions.distinct():
        session.guests.filter(person__in=people).delete()
        session.changed()  # their open screens ask anew, and get nothing


def tell(trajectory: Trajectory, person: User) -> None:
    with translation.override(person.language):
        subject = _("%(school)s: the introduction is handed over") % {"school": trajectory.school.name}
        body = render_to_string("introduction/mail/handed_over.txt", {"trajectory": trajectory, "to": person})
        SchoolMail(trajectory.school, subject, body, person.email).send()


def settle_hand_overs(now: dt.datetime) -> int:
    """The planned day came and nobody pressed: access ended by itself; now the rest follows. Returns how many."""
    today = timezone.localdate(now)
    due = Trajectory.objects.filter(handed_over_at=None, hand_over_on__lte=today).select_related("school")
    for trajectory in due:
        with transaction.atomic():
            people = past_consultants(trajectory)
            if Trajectory.objects.filter(pk=trajectory.pk, handed_over_at=None).update(handed_over_at=now):
                people += end_what_goes_past(trajectory)
                end_what_they_were_let_into(trajectory.school, people, now)
    return len(due)


def past_consultants(trajectory: Trajectory) -> list[User]:
    """Whose stay ended with the planned day."""
    stays = trajectory.school.memberships.filter(
        roles__role=Role.CONSULTANT, valid_until=trajectory.last_day_of_access
    )
    return [stay.person for stay in stays.select_related("person")]
