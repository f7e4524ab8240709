"""The group agreement, its versions, and who agreed when."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import StaleMove
from schools.models import User

from .groups import GroupMember, GroupMemberQuerySet, PopGroup


class Agreement(models.Model):
    """Groepsafspraak: one version of its text; a change is a new version that everybody accepts anew."""

    group = models.ForeignKey(PopGroup, models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("our agreement"))
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "version"], name="one_agreement_a_version")]

    def __str__(self) -> str:
        return f"{self.group} v{self.version}"

    @classmethod
    def change(cls, group: PopGroup, text: str, *, seen: int, by: User, at: dt.datetime) -> Agreement:
        """The next version after ``seen``; StaleMove when somebody else made one meanwhile."""
        current = group.current_agreement()
        stale = StaleMove(gettext("Somebody changed the agreement just now. Read the new text first."))
        if (current.version if current else 0) != seen:
            raise stale
        try:
            with transaction.atomic():
                return cls.objects.create(group=group, version=seen + 1, text=text, made_by=by, made_at=at)
        except IntegrityError as double:
            raise stale from double

    @classmethod
    def accept_read(
        cls, member: GroupMember, *, seen: int, at: dt.datetime, aloud_noted_by: User | None = None
    ) -> None:
        """``member`` agrees to version ``seen`` of their group; StaleMove when that is not the newest text."""
        current = member.group.current_agreement()
        if current is None or current.version != seen:
            raise StaleMove(gettext("The agreement has a new text. Read it first, then agree."))
        current.accept(member, at, aloud_noted_by=aloud_noted_by)

    def accept(self, member: GroupMember, at: dt.datetime, *, aloud_noted_by: User | None = None) -> None:
        """``member`` agrees on screen, or said so aloud and ``aloud_noted_by`` wrote it down."""
        AgreementAcceptance.objects.get_or_create(
            agreement=self, member=member, defaults={"at": at, "aloud_noted_by": aloud_noted_by}
        )

    def not_yet_accepted(self) -> GroupMemberQuerySet:
        return self.group.current_members().exclude(acceptances__agreement=self)


class AgreementAcceptance(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="acceptances")
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="acceptances")
    at = models.DateTimeField()
    aloud_noted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "member"], name="an_agreement_is_accepted_once")
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.agreement}"
