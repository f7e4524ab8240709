"""What of this room is about one person, for the file that person takes along. Nobody else's text or name.

A new model with a key to a person goes on one of the two lists; tests/taking_along/test_registers.py asks for it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from coaching.lib.plain_values import iso

from .models import (
    Allowance,
    BoardDirector,
    ConsentLink,
    Draft,
    FeedToken,
    Fte,
    HandOverMove,
    HandOverTick,
    HourLine,
    Invitation,
    Involved,
    Material,
    Membership,
    Milestone,
    OutgoingMail,
    Reminder,
    ReminderChoice,
    RoleHeld,
    StaffImport,
    StaffRow,
    TrainingAttendance,
    TrainingUnit,
    Trajectory,
    TrajectoryLookBack,
    User,
)

TOLD: tuple[type[Model], ...] = (
    User,
    Membership,
    RoleHeld,
    Fte,
    BoardDirector,
    HourLine,
    Draft,
    ReminderChoice,
    Involved,
    TrainingAttendance,
)
LEFT_OUT: dict[type[Model], str] = {
    Allowance: "part of the budget of hours, which is shown with the hours",
    ConsentLink: "of the PMR; whoever asked for it only made it",
    FeedToken: "a key to the calendar, and kept as a hash",
    Invitation: "about whoever is invited; whoever invites only made it",
    StaffImport: "a list of the school, erased after its term",
    StaffRow: "a line of such a list",
    OutgoingMail: "a mail on its way, made of what is told elsewhere",
    Reminder: "only that a reminder was sent",
    Trajectory: "a plan of the school; who made or steers it stands on its page",
    Milestone: "a line of that plan; who sees to it stands on its page",
    TrainingUnit: "a training of the school, for all staff to read",
    Material: "a link or a file of such a training",
    TrajectoryLookBack: "how the school looks back on that plan",
    HandOverTick: "a point of the school's list; whoever ticked it only said so",
    HandOverMove: "a day of the school that was moved",
}


def my_data(user: User) -> dict[str, Any]:
    """``user``'s account, schools with roles and hours, and what was typed and not saved yet."""
    memberships = Membership.objects.filter(person=user).select_related("school")
    rows = memberships.prefetch_related("roles", "fte", "hour_lines").order_by("valid_from", "pk")
    return {
        "account": {
            "name": user.name,
            "email": user.email,
            "language": user.language,
            "since": iso(user.date_joined),
        },
        "schools": [_school(row, user) for row in rows],
        "boards": [
            {"board": row.board.name, "from": iso(row.valid_from), "until": iso(row.valid_until)}
            for row in BoardDirector.objects.filter(person=user).select_related("board").order_by("pk")
        ],
        "drafts": [
            {"field": row.field, "text": row.text, "saved_at": iso(row.saved_at)}
            for row in Draft.objects.filter(writer=user).order_by("field")
        ],
        "reminders": _reminders(user),
        "introduction": [
            {"school": row.trajectory.school.name, "year": str(row.trajectory.year), "since": iso(row.at)}
            for row in Involved.objects.filter(membership__person=user)
            .select_related("trajectory__school", "trajectory__year")
            .order_by("pk")
        ],
        "trainings": [
            {"training": row.unit.title, "day": iso(row.unit.day)}
            for row in TrainingAttendance.objects.filter(membership__person=user)
            .select_related("unit")
            .order_by("pk")
        ],
    }


def _school(row: Membership, user: User) -> dict[str, Any]:
    return {
        "school": row.school.name,
        "function": row.function,
        "from": iso(row.valid_from),
        "until": iso(row.valid_until),
        "work_days": row.work_days,
        "roles": sorted(held.role for held in row.roles.all()),
        "fte": [{"from": iso(each.valid_from), "value": str(each.value)} for each in reversed(row.fte_rows)],
        "hours": [_hours(line, user) for line in row.hour_lines.all()],
    }


def _hours(line: HourLine, user: User) -> dict[str, Any]:
    """Minutes; what somebody else wrote beside the line is theirs."""
    own = line.booked_by_id == user.pk
    return {
        "day": iso(line.day),
        "kind": line.kind,
        "activity": line.activity,
        "minutes": line.minutes,
        "task_code": line.task_code,
        "note": line.note if own else "",
        "reason": line.reason if own else "",
        "is_correction": line.corrects_id is not None,
    }


def _reminders(user: User) -> dict[str, bool]:
    row = ReminderChoice.objects.filter(person=user).first()
    return {
        name: bool(getattr(row, name)) for name in ("meeting", "plan", "case", "bundled") if row is not None
    }
