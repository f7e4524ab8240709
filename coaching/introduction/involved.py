"""Who takes part in the design of a trajectory, and who was at a training: added and taken away by name."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from schools.models import Involved, TrainingAttendance, TrainingUnit, Trajectory, User


@dataclass(frozen=True)
class Change:
    """Memberships by number; whoever is in neither stays as they are, also when another screen added them."""

    added: set[int]
    removed: set[int]


def involve(trajectory: Trajectory, change: Change, by: User) -> None:
    with transaction.atomic():
        trajectory.involved.filter(membership__in=change.removed).delete()
        for each in sorted(change.added):
            Involved.objects.get_or_create(
                trajectory=trajectory, membership_id=each, defaults={"asked_by": by}
            )


def note_who_was_there(unit: TrainingUnit, change: Change) -> None:
    with transaction.atomic():
        unit.attendances.filter(membership__in=change.removed).delete()
        for each in sorted(change.added):
            TrainingAttendance.objects.get_or_create(unit=unit, membership_id=each)
