"""manage.py remind: what somebody should hear of today, into the outbox. Meant to run every hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from coaching.reminders import remind
from popgroups.models import Meeting, MeetingState
from popgroups.notices import tell


class Command(BaseCommand):
    help = "Reminds people of meetings, plans and cases, and tells of meetings what nobody has told yet."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        # Whoever leaves the school leaves its groups without anybody touching them.
        coming = Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gt=now)
        self.stdout.write(f"{tell(coming, now)} mails about meetings, {remind(now)} reminders.")
