"""manage.py deliver_mail: carry the outbox to the mail server."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from schools.outbox import deliver

LOOP_SECONDS = 5


class Command(BaseCommand):
    help = "Sends waiting mail through EMAIL_URL, once, or for ever with --loop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MAIL_SERVER:
            raise CommandError("EMAIL_URL is not set, so no mail server is known. Nothing was sent.")
        self.stdout.write(f"{deliver(timezone.now())} sent.")
        while options["loop"]:
            time.sleep(LOOP_SECONDS)
            close_old_connections()
            deliver(timezone.now())
