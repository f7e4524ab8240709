"""A staff list on its way in, and afterwards the report of what it changed, so that it can be undone."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import Moves

from .invitations import Invitation
from .people import Membership, Role, School, User

WAITING_KEPT = dt.timedelta(days=7)  # a list that was never carried out
REPORT_KEPT = dt.timedelta(days=90)


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("not carried out yet")
    DONE = "done", _("carried out")
    UNDONE = "undone", _("undone")


IMPORT_MOVES: Moves = {
    ImportState.UPLOADED: (ImportState.DONE,),
    ImportState.DONE: (ImportState.UNDONE,),
}


class StaffImportQuerySet(models.QuerySet["StaffImport"]):
    def visible_to(self, user: User) -> StaffImportQuerySet:
        """Personal data of a whole staff: for whoever manages the people of the school."""
        return self.filter(school__in=user.schools_as(Role.COORDINATOR, Role.DIRECTOR)).select_related(
            "school"
        )

    def past_their_term(self, now: dt.datetime) -> StaffImportQuerySet:
        waiting = models.Q(state=ImportState.UPLOADED, uploaded_at__lt=now - WAITING_KEPT)
        return self.filter(waiting | models.Q(done_at__lt=now - REPORT_KEPT))


class StaffImport(models.Model):
    """One uploaded list. ``matched``: field → place of its column in ``header``, counted from 0."""

    school = models.ForeignKey(School, models.CASCADE, related_name="staff_imports")
    uploaded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.UPLOADED)
    header = models.JSONField(default=list)
    matched = models.JSONField(default=dict)
    done_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    mailed = models.BooleanField(default=False, help_text="mails went out to the new people")
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[StaffImportQuerySet] = StaffImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.school})"

    def can_be_managed_by(self, user: User) -> bool:
        return self.school.people_can_be_managed_by(user)

    @property
    def is_waiting(self) -> bool:
        return self.state == ImportState.UPLOADED

    @property
    def is_done(self) -> bool:
        return self.state == ImportState.DONE


class RowKind(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    PROBLEM = "problem", _("left out")
    MISSING = "missing", _("not in the list")


class StaffRow(models.Model):
    """A row of the list; what it is, is known once the list has been carried out.

    ``cells`` are emptied then. ``before`` and ``after`` hold what was changed, raw, field by field.
    """

    staff_import = models.ForeignKey(StaffImport, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(help_text="line in the file; 0 for somebody who is not in it")
    cells = models.JSONField(default=list)
    kind = models.CharField(max_length=9, choices=RowKind, blank=True)
    name = models.CharField(max_length=120, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    applied = models.BooleanField(default=False)
    person_made = models.BooleanField(default=False, help_text="the account came into being with this row")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["line", "pk"]

    def __str__(self) -> str:
        return f"{self.line}: {self.name}"
