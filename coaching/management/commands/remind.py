"""manage.py remind: what somebody should hear of today, into the outbox. Meant to run every hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from coaching.reminders import remind
from popgroups.models import Meeting, MeetingState
from popgroups.models.groups import settle_waiting
from popgroups.notices import tell
from popgroups.planned_hours import follow_stays
from schools.surveys import turn_the_page


class Command(BaseCommand):
    help = (
        "Reminds people, tells of meetings, opens and closes surveys, lets planned hours follow who is there."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        settle_waiting(now)
        follow_stays(now)
        turn_the_page(now)
        # Whoever leaves the school leaves its groups without anybody touching them.
        coming = Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gt=now)
        self.stdout.write(f"{tell(coming, now)} mails about meetings, {remind(now)} reminders.")
