"""What somebody lets one other person see, until when, and when that person looked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import Membership, User

if TYPE_CHECKING:
    from .development import PlanVersion
    from .entries import Entry
    from .plans import ActionPlan

THINGS = ("action_plan", "entry", "plan_version")


class ShareQuerySet(models.QuerySet["Share"]):
    def in_force(self, day: dt.date | None = None) -> ShareQuerySet:
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=day or timezone.localdate()), revoked_at__isnull=True
        )

    def open_to(self, viewer: User, day: dt.date | None = None) -> ShareQuerySet:
        """In force, and given by somebody ``viewer`` still shares a school or a group with.

        A colleague who came to lead the owner sees only what was given to them as leader: a director sees what
        is shared with a director, never what a colleague was trusted with (domain.md §5). What goes via a group is
        open while both have a place in it, however that ends.
        """
        from ..sharing import both_in, colleagues_of

        near = colleagues_of(viewer, day).values("pk")
        given = self.in_force(day).filter(owner__in=near, viewer=viewer)
        return given.filter(Q(via="") | both_in(viewer, OuterRef("owner"), day)).exclude(
            self.trusted_before(viewer, day)
        )

    @staticmethod
    def trusted_before(viewer: User, day: dt.date | None = None) -> Q:
        """What people gave or asked whom ``viewer`` leads on ``day`` and did not lead at that time."""
        return Q(as_leader=False, owner__in=Membership.objects.led_by(viewer, day).values("person"))

    def visible_to(self, user: User) -> ShareQuerySet:
        return self.filter(owner=user)

    def with_things(self) -> ShareQuerySet:
        """For lists that name what is shared, and whose it is; ``opened``: whether its viewer ever did."""
        openings = ShareOpening.objects.filter(share=OuterRef("pk"))
        named = self.select_related("owner", "action_plan", "entry", "plan_version__plan__year")
        return named.annotate(opened=Exists(openings))

    def to_discuss_by(self, leader: User, day: dt.date | None = None) -> ShareQuerySet:
        """Of each open POP the newest version ``leader`` was given as such, while nobody signed it as discussed."""
        from .development import DevelopmentState, SignatureKind

        led = Membership.objects.led_by(leader, day).values("person")
        given = self.filter(plan_version__isnull=False, as_leader=True, owner__in=led)
        newer = given.filter(
            plan_version__plan=OuterRef("plan_version__plan"),
            plan_version__number__gt=OuterRef("plan_version__number"),
        )
        still_open = given.exclude(plan_version__plan__state=DevelopmentState.CLOSED)
        return still_open.exclude(plan_version__signatures__kind=SignatureKind.DISCUSSED).filter(
            ~Exists(newer)
        )


def _of(thing: str) -> Q:
    return Q(**{f"{name}__isnull": name != thing for name in THINGS})


def _once(thing: str, name: str) -> models.UniqueConstraint:
    still = Q(**{f"{thing}__isnull": False}, revoked_at__isnull=True)
    return models.UniqueConstraint(fields=[thing, "viewer"], condition=still, name=name)


class Share(models.Model):
    """The owner lets ``viewer`` see one thing until a day; ``via`` is opaque ("group:4"), empty = by hand.

    ``as_leader``: the viewer led the owner already when it was given, so it was given to a director.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="shares_given")
    action_plan = models.ForeignKey(
        "ActionPlan", models.CASCADE, null=True, blank=True, related_name="shares"
    )
    entry = models.ForeignKey("Entry", models.CASCADE, null=True, blank=True, related_name="shares")
    plan_version = models.ForeignKey(
        "PlanVersion", models.CASCADE, null=True, blank=True, related_name="shares"
    )
    viewer = models.ForeignKey(User, models.CASCADE, related_name="shared_with_me")
    until = models.DateField(_("until and including"), null=True, blank=True)
    via = models.CharField(max_length=40, blank=True)
    as_leader = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_of("action_plan") | _of("entry") | _of("plan_version"),
                name="a_share_is_of_one_thing",
            ),
            _once("action_plan", "a_plan_is_shared_once_with_somebody"),
            _once("entry", "an_entry_is_shared_once_with_somebody"),
            _once("plan_version", "a_version_is_shared_once_with_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.viewer} ← {self.thing}"

    @property
    def thing(self) -> ActionPlan | Entry | PlanVersion:
        found: Any = self.action_plan or self.entry or self.plan_version
        return found

    @property
    def address(self) -> str:
        """Where the viewer reads it."""
        names = {"action_plan": "plan", "entry": "entry", "plan_version": "version"}
        name = next(name for name in THINGS if getattr(self, f"{name}_id"))
        return reverse(names[name], args=[getattr(self, f"{name}_id")])

    def is_given_by(self, user: User) -> bool:
        return self.owner_id == user.pk

    def is_in_force(self, day: dt.date) -> bool:
        return self.revoked_at is None and (self.until is None or self.until >= day)

    def revoke(self, at: dt.datetime) -> None:
        """Ends at once: the next request of the viewer finds nothing."""
        Share.objects.filter(pk=self.pk, revoked_at__isnull=True).update(revoked_at=at)


class ShareOpening(models.Model):
    """When the viewer opened what was shared, for the owner to see."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="openings")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.share} · {self.at:%d-%m-%Y %H:%M}"
