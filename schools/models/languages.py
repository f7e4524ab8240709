"""Texts that stand in the database in both languages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language


class InTwoLanguages(models.Model):
    """Has columns ``<name>_nl`` and ``<name>_en``: shipped texts fill both, somebody's own only the Dutch one,
    which then serves both."""

    class Meta:
        abstract = True

    def text(self, name: str) -> str:
        """The text ``name`` ("title", "about" ...) in the language of the reader."""
        english = getattr(self, f"{name}_en") if (get_language() or "nl").startswith("en") else ""
        return str(english or getattr(self, f"{name}_nl"))
