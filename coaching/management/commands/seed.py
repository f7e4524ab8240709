"""manage.py seed: what every database needs, real or demo."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from coaching.intervision.seeding import seed_methods
from portfolio.frameworks import seed_frameworks
from schools.holidays import seed_holidays
from schools.hour_rules import seed_hour_rules
from schools.models import SchoolYear


class Command(BaseCommand):
    help = "Puts the reference data in place: methods, holidays, hour rules, competences, years. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("createcachetable", verbosity=0)
        counts = f"{seed_methods()} methods, {seed_holidays()} holidays, {seed_hour_rules()} hour rules"
        counts += f", {seed_frameworks()} lists of competences"
        today = timezone.localdate()
        years = [SchoolYear.of(today), SchoolYear.of(today + dt.timedelta(days=365))]
        self.stdout.write(f"{counts}, school years {years[0]} and {years[1]}.")
