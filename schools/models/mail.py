"""Mail on its way: a row first, then the mail server."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused

from .people import Role, School, User

MAX_TRIES = 14  # about two days; then the row stays, with what went wrong
RESTS = dt.timedelta(minutes=3)  # longer than one try can take
UNREACHABLE = {
    *("ConnectionRefusedError", "ConnectionResetError", "TimeoutError", "gaierror", "OSError"),
    *("SMTPServerDisconnected", "SMTPConnectError"),
}
LIES = dt.timedelta(minutes=15)
ACCOUNT_CLOSED = "AccountClosed"  # as ``trouble``: it is dropped, nobody has to do anything
SURVEY_OVER = "SurveyOver"  # likewise
ROLE_OVER = "RoleOver"  # likewise


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def visible_to(self, user: User) -> OutgoingMailQuerySet:
        """Where mails about their school stand, for its coordinators; never what is in them."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(school__in=user.schools_as(Role.COORDINATOR)).select_related("school")

    def stuck(self, at: dt.datetime) -> OutgoingMailQuerySet:
        """Tried and not sent, or lying there while nobody carries mail; what is out of date left apart."""
        newer = OutgoingMail.objects.filter(thread=OuterRef("thread"), pk__gt=OuterRef("pk"))
        overtaken = Q(Exists(newer.filter(sent_at__isnull=False))) & ~Q(thread="")
        dropped = Q(trouble__in=(ACCOUNT_CLOSED, SURVEY_OVER, ROLE_OVER)) | Q(to="")
        waits = self.filter(Q(tries__gt=0) | Q(made_at__lte=at - LIES), ~overtaken, sent_at__isnull=True)
        return waits.exclude(dropped)


class OutgoingMail(models.Model):
    """One mail to one address. ``message_id`` stays the same over every try, so a double is recognised.

    ``key``: what it tells; the same is never told twice. ``thread``: what it is about; of one thread none goes
    before the one before it, as a calendar keeps what it hears last. ``calendar``: the file that goes with it.
    ``person``: whom it is for, wherever their mail goes by then; without one it is meant for the address, as
    a code to log in or an invitation is. ``survey``: its reader's own link is put in as it leaves, never before,
    so that no row holds a link beside an address. ``while_leading``, ``while_role``: it leaves only as long as its
    reader leads that person, or holds that role at ``school``.
    """

    to = models.EmailField()
    person = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="mails")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=8, blank=True)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    thread = models.CharField(max_length=160, blank=True, db_index=True)
    school = models.ForeignKey(School, models.SET_NULL, null=True, blank=True, related_name="mails")
    while_leading = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    while_role = models.CharField(max_length=12, blank=True)
    survey = models.ForeignKey("SurveyWave", models.CASCADE, null=True, blank=True, related_name="mails")
    message_id = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    try_again_at = models.DateTimeField(default=timezone.now)
    trouble = models.CharField(max_length=300, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(calendar="") | Q(calendar_method__in=("REQUEST", "CANCEL")),
                name="a_calendar_file_has_its_method",
            )
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"

    def can_be_retried_by(self, user: User) -> bool:
        return self.school is not None and self.school.is_coordinated_by(user)

    @property
    def waits_for_another(self) -> bool:
        older = OutgoingMail.objects.filter(thread=self.thread, pk__lt=self.pk, sent_at__isnull=True)
        return self.thread != "" and older.filter(tries__lt=MAX_TRIES).exists()

    @property
    def is_wiped(self) -> bool:
        """Nothing is left to send."""
        return not self.body

    @property
    def what_is_wrong(self) -> str:
        """In words; ``trouble`` holds the kind of error, see schools.outbox.trouble_of."""
        if not self.trouble:
            return (
                _("It was on its way when something stopped.")
                if self.tries
                else _("Nobody carries mail now.")
            )
        kind = self.trouble.split(" ")[0]
        if kind == "SMTPRecipientsRefused":
            return _("The mail server does not take this address.")
        if kind in UNREACHABLE:
            return _("The mail server can't be reached.")
        return _("The mail server did not take it.")

    @property
    def is_given_up(self) -> bool:
        return self.tries >= MAX_TRIES

    def try_again(self, at: dt.datetime) -> None:
        """Next round it goes; raises MoveRefused when it went meanwhile, was wiped, or is being tried just now."""
        waiting = OutgoingMail.objects.stuck(at).filter(pk=self.pk).exclude(body="")
        rested = waiting.filter(Q(tried_at__isnull=True) | Q(tried_at__lte=at - RESTS))
        if rested.update(try_again_at=at, tries=min(self.tries, MAX_TRIES - 1)):
            return
        if waiting.exists():
            raise MoveRefused(_("This mail was tried a moment ago. Wait three minutes and try again."))
        raise MoveRefused(_("This mail does not wait any more."))
