"""Material of a training: links, and files that are kept as the files of portfolios are."""

from __future__ import annotations

import datetime as dt
import secrets
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from coaching.lib.kept_files import put, remove, remove_later
from coaching.lib.states import MoveRefused
from coaching.lib.uploads import Upload, UploadRefused
from schools.models import Material, School, TrainingUnit
from schools.submissions import once

QUOTA = 300 * 1024 * 1024  # bytes of one school, over all its trainings
MOST = 20  # in one training


def add_link(unit: TrainingUnit, title: str, link: str, at: dt.datetime) -> Material:
    """Raises UploadRefused when there is no place for more."""
    refuse_full(unit)
    return Material.objects.create(unit=unit, title=title or link, link=link, made_at=at)


def add_file(
    unit: TrainingUnit, title: str, upload: Upload, at: dt.datetime, key: UUID | None
) -> Material | None:
    """None when the form with ``key`` was sent before. Raises UploadRefused."""
    stored = secrets.token_hex(16)
    try:
        put(stored, upload)
        made = once(key, lambda: add_row(unit, title, upload, stored, at))
    except BaseException:
        remove(stored)
        raise
    if made is None:
        remove(stored)
    return made


def add_row(unit: TrainingUnit, title: str, upload: Upload, stored: str, at: dt.datetime) -> Material:
    """In a transaction: of two at once the second waits, here or for SQLite's only writer."""
    school = School.objects.select_for_update(no_key=True).get(pk=unit.trajectory.school_id)
    refuse_full(unit)
    used = Material.objects.filter(unit__trajectory__school=school).aggregate(all=Sum("size", default=0))
    if used["all"] + len(upload.content) > QUOTA:
        raise UploadRefused(_("The files of your school's trainings would take more than 300 MB together."))
    return Material.objects.create(
        unit=unit,
        title=title or upload.name,
        kind=upload.kind,
        size=len(upload.content),
        stored=stored,
        made_at=at,
    )


def refuse_full(unit: TrainingUnit) -> None:
    if unit.materials.count() >= MOST:
        raise UploadRefused(_("Twenty pieces is the most for one training. Remove one first."))


def forget(*materials: Material) -> None:
    """With their files, once the rows are gone for certain."""
    with transaction.atomic():
        remove_later(each.stored for each in materials if each.stored)
        Material.objects.filter(pk__in=[each.pk for each in materials]).delete()


def remove_unit(unit: TrainingUnit) -> None:
    """Raises MoveRefused while it is noted who was there."""
    with transaction.atomic():
        if unit.attendances.exists():
            raise MoveRefused(_("It is noted who was there. Take that away first, then the training."))
        forget(*unit.materials.all())
        unit.delete()
