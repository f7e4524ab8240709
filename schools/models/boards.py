"""Boards over several schools and who directs them; and what "in force" means for every from–until."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .people import User


def in_force(day: dt.date, prefix: str = "") -> Q:
    """Rows whose valid_from–valid_until (last day included, empty = no end) holds ``day``."""
    until = f"{prefix}valid_until"
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day})
    )


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, user: User) -> BoardQuerySet:
        """Those the person directs today."""
        return self.filter(pk__in=[board.pk for board in user.boards_now] if user.is_authenticated else [])


class Board(models.Model):
    """The foundation over several schools (bestuur)."""

    name = models.CharField(_("name"), max_length=120)

    objects = BoardQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class BoardDirector(models.Model):
    """Who directs a board, from–until: sees the added-up overview of its schools, never a person's content."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="directors")
    person = models.ForeignKey("schools.User", models.CASCADE, related_name="boards_directed")
    valid_from = models.DateField(default=timezone.localdate)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "person"], name="one_board_director_row")]

    def __str__(self) -> str:
        return f"{self.person} · {self.board}"
