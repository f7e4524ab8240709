"""Consent of the staff participation council (PMR): off until a member confirms by a link of their own."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import School, User


class ConsentKind(models.TextChoices):
    """What stays off until the PMR agrees (Wms art. 12: following staff needs the staff section's consent)."""

    ATTENDANCE = "attendance", _("attendance and hours per person")
    SURVEYS = "surveys", _("surveys")
    OVERVIEW = "overview", _("the director's overview")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> ConsentQuerySet:
        return self.filter(revoked_at__isnull=True)

    def agreed_to(self, kind: ConsentKind) -> ConsentQuerySet:
        return self.in_force().filter(kind=kind)

    def agreed_to_hours(self) -> ConsentQuerySet:
        """In force, for attendance and hours per person."""
        return self.agreed_to(ConsentKind.ATTENDANCE)


class Consent(models.Model):
    """Given by a PMR member, visible to all staff, revocable by the PMR through the same link."""

    school = models.ForeignKey(School, models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=12, choices=ConsentKind)
    given_by = models.CharField(_("confirmed by"), max_length=120)
    given_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(_("note"), max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_consent_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school} · {self.get_kind_display()}"


class ConsentLink(models.Model):
    """A PMR member's own link; the token is stored hashed and opens the confirmation page of one school."""

    school = models.ForeignKey(School, models.CASCADE, related_name="consent_links")
    name = models.CharField(_("name of the PMR member"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} · {self.school}"

    def is_open(self, at: dt.datetime) -> bool:
        return at < self.expires_at
