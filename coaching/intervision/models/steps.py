"""The steps of one session, copied from its method, and the moves between them."""

from __future__ import annotations

from django.db import models

from coaching.lib.states import StaleMove
from schools.models import User

from .methods import Captures, PresenterDoes, StepText
from .people import SessionParticipant


class StaleStep(StaleMove):
    """The session is already at another step than the screen showed."""


class SessionStep(StepText):
    """A step as it stood when the session was made. ``used_seconds``: how long it really took so far."""

    session = models.ForeignKey("intervision.Session", models.CASCADE, related_name="steps")
    planned_seconds = models.PositiveIntegerField()
    used_seconds = models.PositiveIntegerField(default=0)
    revealed_at = models.DateTimeField(null=True, blank=True)
    speaker = models.ForeignKey(SessionParticipant, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["session", "order"], name="one_session_step_an_order")]

    def __str__(self) -> str:
        return self.title_nl

    @property
    def minutes_now(self) -> int:
        """Minutes as they stand now; ``minutes`` is what was planned at the start."""
        return max(1, round(self.planned_seconds / 60))

    @property
    def is_parade(self) -> bool:
        """Tips are shown one at a time; other hidden writing all together."""
        return self.hidden and self.captures == Captures.TIP

    @property
    def presenter_writes(self) -> bool:
        """Whether whoever brings in the case writes here too; in other steps they tell, answer or listen."""
        return self.presenter in (PresenterDoes.WRITES, PresenterDoes.TAKES_PART)

    @property
    def parts_not_done_here(self) -> list[str]:
        return self.not_here.split()


class StepMove(models.Model):
    """Who moved the session from where to where; ``left_seconds`` were on the clock, for undoing."""

    session = models.ForeignKey("intervision.Session", models.CASCADE, related_name="moves")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    left_seconds = models.IntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
