"""manage.py seed: what every database needs, real or demo."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from coaching.intervision.seeding import seed_methods
from schools.holidays import seed_holidays
from schools.models import SchoolYear


class Command(BaseCommand):
    help = "Puts the reference data in place: methods, holidays, school years, the cache table. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("createcachetable", verbosity=0)
        count, holidays = seed_methods(), seed_holidays()
        today = timezone.localdate()
        years = [SchoolYear.of(today), SchoolYear.of(today + dt.timedelta(days=365))]
        self.stdout.write(f"{count} methods, {holidays} holidays, school years {years[0]} and {years[1]}.")
