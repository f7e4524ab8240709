"""The clock of the step a session is at: the server's end time, or what was left when it was paused."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction

from .steps import StaleStep


class Clock(models.Model):
    """``ends_at`` while it runs, ``paused_left`` (seconds, negative when over time) while it is paused."""

    entered_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    paused_left = models.IntegerField(null=True, blank=True, help_text="seconds left on a paused clock")

    class Meta:
        abstract = True

    @property
    def is_running(self) -> bool:
        raise NotImplementedError

    def changed(self) -> None:
        raise NotImplementedError

    def set_clock(self, **values: dt.datetime | int | None) -> None:
        """Raises StaleStep when the group went on, or somebody else touched the clock, since it was read."""
        names = ("state", "position", "ends_at", "paused_left")
        as_read = {name: getattr(self, name) for name in names}
        with transaction.atomic():
            if not type(self)._default_manager.filter(pk=self.pk, **as_read).update(**values):
                raise StaleStep
            self.changed()
        for name, value in values.items():
            setattr(self, name, value)

    def left_seconds(self, at: dt.datetime) -> int:
        """Seconds left in this step; negative when it runs over."""
        if self.ends_at is None:
            return self.paused_left or 0
        return round((self.ends_at - at).total_seconds())

    def pause(self, at: dt.datetime) -> None:
        if self.is_running and self.ends_at is not None:
            self.set_clock(paused_left=self.left_seconds(at), ends_at=None)

    def resume(self, at: dt.datetime) -> None:
        if self.is_running and self.paused_left is not None:
            self.set_clock(ends_at=at + dt.timedelta(seconds=self.paused_left), paused_left=None)

    def add_time(self, seconds: int, at: dt.datetime) -> None:
        """More time from now on; a clock that ran out starts again at ``seconds``."""
        if not self.is_running:
            raise StaleStep
        left = max(0, self.left_seconds(at)) + seconds
        if self.ends_at is None:
            self.set_clock(paused_left=left)
        else:
            self.set_clock(ends_at=at + dt.timedelta(seconds=left))
