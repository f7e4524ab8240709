"""The keep-folder: successes, reflections, learning, examples with their files, feedback that was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.kept_files import remove_later
from coaching.lib.states import Moves, StaleMove
from schools.models import Draft, User

from .competences import Competence
from .shares import Share, ShareQuerySet


class EntryKind(models.TextChoices):
    SUCCESS = "success", _("success")
    REFLECTION = "reflection", _("reflection")
    LEARNING = "learning", _("learning from a session")
    PROOF = "proof", _("example")
    FEEDBACK = "feedback", _("feedback")
    CERTIFICATE = "certificate", _("certificate")


class Structure(models.TextChoices):
    """How a text is built up; the questions of each stand in portfolio/structures.py."""

    FREE = "free", _("free")
    STARR = "starr", _("STARR")
    KORTHAGEN = "korthagen", _("Korthagen's five phases")
    STARTERS = "starters", _("first words of sentences")


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: User) -> EntryQuerySet:
        if not user.is_authenticated:
            return self.none()
        shared = Share.objects.open_to(user).filter(entry__isnull=False)
        return self.filter(Q(owner=user) | Q(pk__in=shared.values("entry")))


class Entry(models.Model):
    """One thing in the portfolio. ``source`` says where it came from, once ("plan:3"); empty = written by hand.

    ``given_by``: the colleague whose feedback it is. Their name is for the owner; who gets to see the entry
    does not read it.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="entries")
    kind = models.CharField(_("kind"), max_length=12, choices=EntryKind)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    structure = models.CharField(max_length=10, choices=Structure, default=Structure.FREE)
    day = models.DateField(_("date"), default=timezone.localdate)
    competences = models.ManyToManyField(Competence, blank=True, related_name="entries")
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source"], condition=~Q(source=""), name="a_source_becomes_one_entry"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_mine(self, user: User) -> bool:
        return self.owner_id == user.pk

    def can_be_celebrated_by(self, user: User) -> bool:
        return self.is_mine(user) and self.kind == EntryKind.SUCCESS

    def write_parts(self, parts: dict[str, str]) -> None:
        """The answers to the questions of its structure, by key; an empty one is kept as empty."""
        for key, text in parts.items():
            EntryPart.objects.update_or_create(entry=self, key=key, defaults={"text": text})

    def rewrite(
        self, seen: int, parts: dict[str, str], competences: Iterable[Competence], **values: Any
    ) -> None:
        """Write all of it if the entry is still at version ``seen``; StaleMove when it was saved since."""
        with transaction.atomic():
            rows = Entry.objects.filter(pk=self.pk, version=seen)
            if not rows.update(version=F("version") + 1, **values):
                raise StaleMove
            self.write_parts(parts)
            self.competences.set(competences)
        self.refresh_from_db()

    def erase(self) -> None:
        """Gone, with its files, what was still being typed, and its title in versions of a POP."""
        from ..versions import forget_entry

        with transaction.atomic():
            forget_entry(self)
            remove_later(self.files.values_list("stored", flat=True))
            Draft.objects.filter(writer=self.owner_id, field__startswith=f"entry:{self.pk}:").delete()
            self.delete()


class EntryPart(models.Model):
    """The answer to one question of the entry's structure; ``key`` names the question."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="parts")
    key = models.CharField(max_length=20)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="a_question_answered_once")]

    def __str__(self) -> str:
        return self.text


class EntryFileQuerySet(models.QuerySet["EntryFile"]):
    def visible_to(self, user: User) -> EntryFileQuerySet:
        """With the entry it belongs to."""
        return self.filter(entry__in=Entry.objects.visible_to(user)).select_related("entry")


class EntryFile(models.Model):
    """A file of an entry, judged by its content and kept under a random name.

    ``kind``: what it is, as an extension; ``size`` in bytes; ``sha256`` of what is kept, in hex.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=64, unique=True)
    has_thumbnail = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = EntryFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def is_mine(self, user: User) -> bool:
        return self.entry.is_mine(user)

    def erase(self) -> None:
        with transaction.atomic():
            remove_later([self.stored])
            self.delete()


class FeedbackState(models.TextChoices):
    ASKED = "asked", _("asked")
    ANSWERED = "answered", _("answered")
    KEPT = "kept", _("in the portfolio")
    DECLINED = "declined", _("read and not kept")
    REFUSED = "refused", _("not now")
    WITHDRAWN = "withdrawn", _("taken back")


FEEDBACK_MOVES: Moves = {
    FeedbackState.ASKED: (FeedbackState.ANSWERED, FeedbackState.REFUSED, FeedbackState.WITHDRAWN),
    FeedbackState.ANSWERED: (FeedbackState.KEPT, FeedbackState.DECLINED),
}


class FeedbackQuerySet(models.QuerySet["FeedbackRequest"]):
    def visible_to(self, user: User) -> FeedbackQuerySet:
        """Who asked, and whom they asked while they are colleagues.

        Who came to lead whoever asked reads no more what a colleague was trusted with (domain.md §5).
        """
        from ..sharing import colleagues_of

        if not user.is_authenticated:
            return self.none()
        near = Q(asked=user, owner__in=colleagues_of(user).values("pk")) & ~ShareQuerySet.trusted_before(user)
        return self.filter(Q(owner=user) | near).select_related("owner", "asked")

    def can_be_answered(self) -> FeedbackQuerySet:
        return self.filter(state__in=(FeedbackState.ASKED, FeedbackState.ANSWERED))

    def waiting_for(self, user: User) -> FeedbackQuerySet:
        """Questions that ``user`` has not answered, and answers that ``user`` has not read."""
        asked = Q(asked=user, state=FeedbackState.ASKED)
        return self.visible_to(user).filter(asked | Q(owner=user, state=FeedbackState.ANSWERED))


class FeedbackRequest(models.Model):
    """One question to one colleague; the answer becomes an entry when whoever asked keeps it.

    ``as_leader``: whoever is asked led the asker already, so it was asked of a director.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="feedback_requests")
    asked = models.ForeignKey(User, models.CASCADE, related_name="feedback_asked")
    question = models.CharField(_("your question"), max_length=500)
    answer = models.TextField(_("your answer"), blank=True)
    state = models.CharField(max_length=10, choices=FeedbackState, default=FeedbackState.ASKED)
    as_leader = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    entry = models.OneToOneField(Entry, models.SET_NULL, null=True, blank=True, related_name="asked_as")

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.question

    def is_mine(self, user: User) -> bool:
        return self.owner_id == user.pk

    def is_asked_of(self, user: User) -> bool:
        return self.asked_id == user.pk

    @property
    def can_be_answered(self) -> bool:
        return self.state in (FeedbackState.ASKED, FeedbackState.ANSWERED)

    @property
    def answer_mark(self) -> str:
        """Which answer this is: it differs once the answer is changed."""
        return str(self.answered_at.timestamp()) if self.answered_at else ""
