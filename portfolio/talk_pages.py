"""What the pages of talks show: the list of somebody's own, and one talk in the eyes of one of the two."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.utils import timezone

from schools.models import SchoolYear, User

from .forms.talks import AgreementsForm, PreparationForm, TableForm
from .models import AgreedBefore, PlanVersion, Share, Talk, TalkMove, TalkState, TalkYes
from .talks import is_agreed, leaders_of, led_colleagues, may_be_laid, on_table, preparation_of, yeses_of

MOST_OVER = 60  # of talks that are over, the newest


class TalkList:
    """All talks that ``user`` may read at ``at``, in one statement; each with ``with_whom`` and ``asks``."""

    def __init__(self, user: User, at: dt.datetime) -> None:
        self.user, self.at = user, at

    @cached_property
    def all(self) -> list[Any]:
        rows: list[Any] = list(Talk.objects.visible_to(self.user).defer("agreements"))
        for talk in rows:
            talk.with_whom = talk.other(self.user)
            talk.asks = talk.led and talk.waits_for(self.user)
        return rows

    @property
    def open(self) -> list[Any]:
        """Those that wait for the reader's yes first."""
        return sorted((talk for talk in self.all if talk.is_open), key=lambda talk: not talk.asks)

    @property
    def over(self) -> list[Any]:
        return [talk for talk in reversed(self.all) if not talk.is_open][:MOST_OVER]

    @cached_property
    def leads(self) -> bool:
        """Whether there is somebody to hold talks with as leader."""
        return led_colleagues(self.user, timezone.localdate(self.at)).exists()

    @cached_property
    def may_propose(self) -> bool:
        return self.leads or leaders_of(self.user, timezone.localdate(self.at)).exists()

    @property
    def counts(self) -> dict[str, int]:
        """Of the talks that the reader leads, this school year."""
        starts = SchoolYear.start_of(timezone.localdate(self.at))
        mine = [t for t in self.all if t.leader_id == self.user.pk and SchoolYear.start_of(t.day) == starts]
        return {state.value: sum(talk.state == state for talk in mine) for state in TalkState}


class TalkPage:
    """``talk`` in the eyes of ``user``; ``given``: forms as they came in, or rows of two texts."""

    def __init__(self, talk: Talk, user: User, at: dt.datetime, **given: Any) -> None:
        self.talk, self.user, self.at, self.given = talk, user, at, given

    @property
    def mine(self) -> bool:
        return self.talk.is_mine(self.user)

    @property
    def other(self) -> User | None:
        return self.talk.other(self.user)

    @property
    def asks(self) -> bool:
        return self.talk.led and self.talk.waits_for(self.user)

    @property
    def may_be_held(self) -> bool:
        return self.talk.led and self.talk.can_be_held(self.at)

    @property
    def can_be_written_in(self) -> bool:
        return self.talk.led and self.talk.can_be_written_in

    @cached_property
    def moves(self) -> list[TalkMove]:
        return list(self.talk.moves.select_related("by"))

    # -- on the table ------------------------------------------------------------------------------------

    @cached_property
    def _may_be_laid(self) -> list[Share]:
        return may_be_laid(self.talk)

    @cached_property
    def version(self) -> PlanVersion | None:
        return on_table(self.talk, self._may_be_laid)

    @property
    def table(self) -> TableForm | None:
        """For who is led, while there is something to choose."""
        return TableForm(may=self._may_be_laid, talk=self.talk) if self.mine and self._may_be_laid else None

    # -- agreements --------------------------------------------------------------------------------------

    @cached_property
    def yeses(self) -> list[TalkYes]:
        return yeses_of(self.talk)

    @cached_property
    def before(self) -> list[AgreedBefore]:
        """What both had said yes to and one of them changed since, the newest first."""
        return list(self.talk.agreed_before.select_related("changed_by"))

    @property
    def is_emptied(self) -> bool:
        """What both had agreed on was taken away, and nothing stands in its place."""
        return bool(self.before) and not self.talk.agreements

    @property
    def i_said_yes(self) -> bool:
        return any(yes.person_id == self.user.pk for yes in self.yeses)

    @property
    def is_agreed(self) -> bool:
        return is_agreed(self.talk, self.yeses)

    @cached_property
    def agreements(self) -> AgreementsForm:
        return self.given.get("agreements") or AgreementsForm(talk=self.talk)

    @property
    def writes(self) -> bool:
        """The box to write in stands open: nothing is there yet, or what was sent did not go in."""
        return not self.talk.agreements or "agreements" in self.given

    @property
    def differs(self) -> Any:
        return self.given.get("differs")

    # -- for oneself -------------------------------------------------------------------------------------

    @cached_property
    def preparation(self) -> PreparationForm | None:
        if not self.mine:
            return None
        given: PreparationForm | None = self.given.get("preparation")
        return given or PreparationForm(talk=self.talk, saved=preparation_of(self.talk))

    @property
    def prepared_twice(self) -> Any:
        return self.given.get("prepared_twice")
