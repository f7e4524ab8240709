"""What a school agrees on about who sees what: versions of its text, and who accepted which."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import Membership, Role, School, User

LONGEST_HEADING = 60  # characters


class SchoolAgreementQuerySet(models.QuerySet["SchoolAgreement"]):
    def in_force(self) -> SchoolAgreementQuerySet:
        """Those that held at some time, the newest first: that one holds now."""
        return self.filter(in_force_from__isnull=False).order_by("-version")

    def proposed(self) -> SchoolAgreementQuerySet:
        return self.filter(in_force_from__isnull=True, replaced_at__isnull=True)

    def replaced(self) -> SchoolAgreementQuerySet:
        """Proposed, and never came to hold as another text was proposed in their place; the newest first."""
        return self.filter(replaced_at__isnull=False).order_by("-replaced_at", "-pk")


class SchoolAgreement(models.Model):
    """Schoolafspraak: one version of its text. Who proposes it holds one of two roles, who settles it the other.

    Until it is settled the version before it holds; from then on everybody accepts anew.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("our agreement"))
    proposed_as = models.CharField(max_length=12, choices=Role)
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    in_force_from = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = SchoolAgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "version"],
                condition=Q(replaced_at__isnull=True),
                name="one_standing_agreement_a_version",
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(in_force_from__isnull=True, replaced_at__isnull=True),
                name="one_standing_proposal_a_school",
            ),
            models.CheckConstraint(
                condition=Q(in_force_from__isnull=True) | Q(replaced_at__isnull=True),
                name="what_holds_was_not_replaced_before",
            ),
            models.CheckConstraint(
                condition=Q(proposed_as__in=[Role.DIRECTOR, Role.COORDINATOR]), name="proposed_by_who_leads"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} v{self.version}"

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """The text between its empty lines; of several lines, a short first one is their heading."""
        found = []
        for block in self.text.replace("\r\n", "\n").split("\n\n"):
            first, _break, rest = block.strip().partition("\n")
            is_heading = rest and len(first) <= LONGEST_HEADING and not first.endswith((".", ":", ",", ";"))
            found.append((first, rest) if is_heading else ("", block.strip()))
        return found

    @property
    def settled_as(self) -> Role:
        """The role that still has to say yes."""
        return Role.COORDINATOR if self.proposed_as == Role.DIRECTOR else Role.DIRECTOR

    def can_be_settled_by(self, user: User) -> bool:
        """Whoever holds the other role, and is somebody else."""
        return user.pk != self.proposed_by_id and user.has_role(self.settled_as, self.school_id)


class SchoolAcceptance(models.Model):
    """Somebody's yes to one version. Taking it back erases it: nobody has to explain a no."""

    agreement = models.ForeignKey(SchoolAgreement, models.CASCADE, related_name="acceptances")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="school_acceptances")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "membership"], name="accepted_once_by_a_colleague")
        ]

    def __str__(self) -> str:
        return f"{self.membership} · {self.agreement}"
