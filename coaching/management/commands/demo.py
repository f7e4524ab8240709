"""manage.py demo"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.demo.build import build_demo
from coaching.demo.log_ins import PASSWORD, demo_log_ins
from coaching.lib.states import MoveRefused


class Command(BaseCommand):
    help = "Fill an empty database with three invented schools and a year of their work."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = build_demo(timezone.now())
        except MoveRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            _("The demo is there.") if made else _("The demo was there already; nothing has changed.")
        )
        self.stdout.write("\n" + table(demo_log_ins()))
        self.stdout.write("\n" + _("The password of all of them: %(password)s") % {"password": PASSWORD})


def table(log_ins: list[tuple[str, str, str]]) -> str:
    """Name, e-mail address and role in columns, for a terminal."""
    rows = [(_("Name"), _("E-mail"), _("Role")), *((name, email, role) for role, name, email in log_ins)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}" for row in rows)
