"""What the dossier for the PMR needs and only the school knows."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import School, User


class DossierFacts(models.Model):
    """One version of the blanks of the dossier; the newest holds, those before it stay readable.

    ``backup_days`` None is the server's term.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="dossier_facts")
    operator = models.CharField(_("Who runs the server"), max_length=200, blank=True)
    operator_contact = models.CharField(_("How to reach them"), max_length=200, blank=True)
    backup_days = models.PositiveSmallIntegerField(
        _("How many days back-ups are kept"), null=True, blank=True
    )
    server_place = models.CharField(_("Where the server and its back-ups are"), max_length=200, blank=True)
    controller = models.CharField(_("Who is responsible by law"), max_length=200, blank=True)
    officer = models.CharField(_("Data protection officer"), max_length=200, blank=True)
    breach_contact = models.CharField(_("Whom to tell when something leaks"), max_length=200, blank=True)
    advice = models.TextField(
        _("Advice of the data protection officer, and what was done with it"), blank=True
    )
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["school", "version"], name="facts_of_a_dossier_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.school} · {self.version}"
