"""What an owner reads of who sees a thing of theirs, who saw it before, and who opened it when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schools.models import User

from .models import ActionPlan, DevelopmentPlan, Entry, Share, ShareQuerySet
from .sharing import with_rests


@dataclass(frozen=True)
class SharePanel:
    """``url``: where sharing begins; ``empty``: what stands there while nobody sees it."""

    rows: ShareQuerySet
    owner: User
    day: dt.date
    url: str
    empty: Any

    @cached_property
    def _shares(self) -> list[Any]:
        rows = with_rests(self.rows.select_related("viewer", "plan_version"), self.owner, self.day)
        return list(rows.prefetch_related("openings").order_by("made_at", "pk"))

    @cached_property
    def now(self) -> list[list[Share]]:
        """By person: of a POP somebody may have several versions."""
        return _by_viewer(share for share in self._shares if share.is_in_force(self.day))

    @cached_property
    def before(self) -> list[list[Share]]:
        """Of people who see nothing of it today."""
        ended = _by_viewer(share for share in self._shares if not share.is_in_force(self.day))
        seeing = {shares[0].viewer_id for shares in self.now}
        return [shares for shares in ended if shares[0].viewer_id not in seeing]

    @cached_property
    def until(self) -> dt.date | None:
        """The latest day on which somebody who sees it today still does."""
        return max((share.until for shares in self.now for share in shares if share.until), default=None)

    @cached_property
    def viewers(self) -> int:
        """How many people can open it today."""
        return sum(not all(_opens_nothing(share) for share in shares) for shares in self.now)


def _opens_nothing(share: Any) -> bool:
    return share.rests or share.apart


def _by_viewer(shares: Iterable[Share]) -> list[list[Share]]:
    found: dict[int, list[Share]] = {}
    for share in shares:
        found.setdefault(share.viewer_id, []).append(share)
    return list(found.values())


def plan_panel(plan: ActionPlan) -> SharePanel:
    return SharePanel(
        plan.shares.all(),
        plan.owner,
        timezone.localdate(),
        url=reverse("plan_share", args=[plan.pk]),
        empty=_("Nobody yet. A colleague who asks how it goes makes it more likely that you do it."),
    )


def entry_panel(entry: Entry) -> SharePanel:
    return SharePanel(
        entry.shares.all(),
        entry.owner,
        timezone.localdate(),
        url=reverse("entry_share", args=[entry.pk]),
        empty=_("Nobody: this is yours alone until you choose somebody."),
    )


def pop_panel(plan: DevelopmentPlan) -> SharePanel:
    return SharePanel(
        Share.objects.filter(plan_version__plan=plan),
        plan.owner,
        timezone.localdate(),
        url=reverse("pop_share", args=[plan.pk]),
        empty=_("Nobody: this is yours alone until you choose somebody."),
    )
