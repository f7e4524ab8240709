"""Which states a session has, and who sees which sessions: by participation, never by rank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import Moves
from popgroups.models import GroupMember
from popgroups.seating import HAS_LED, led_by
from schools.models import User

from .people import Guest, SessionParticipant, still_here

if TYPE_CHECKING:
    from .session import Session


class SessionState(models.TextChoices):
    LOBBY = "lobby", _("about to start")
    RUNNING = "running", _("running")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("did not go on")


SESSION_MOVES: Moves = {
    SessionState.LOBBY: (SessionState.RUNNING, SessionState.CANCELLED),
    SessionState.RUNNING: (SessionState.CLOSED,),
}
UNDER_WAY = (SessionState.LOBBY, SessionState.RUNNING)


def opens_at_once(guest: bool, state: str, *, still_here: bool) -> bool:
    """Of somebody with a place who never led anybody: whether that alone opens the session.

    A guest waits for everybody's yes, who left the group in the lobby does not take part after all, and of
    who left the school ``visible_to`` asks when.
    """
    return still_here and not guest and state != SessionState.LOBBY


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: User) -> SessionQuerySet:
        """Whoever took part; while under way also who may still join; an accepted guest until it closes.

        Who leaves the school while it runs is no colleague any more: it closes to them at once, and what was
        said after that is not theirs later either. In what they were until its end they may read until it is
        cleaned up, as everybody who was in it (domain.md §5).

        Who became a member on a later day does not join what was left running, nor see who is in it. And
        nobody sees a session of people they lead by now, whatever else they are or were in it.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        took_part = SessionParticipant.objects.filter(session=OuterRef("pk"), person=user, guest=False)
        opened = TruncDate(ExpressionWrapper(OuterRef("made_at"), models.DateTimeField()))
        here = GroupMember.objects.of(user).filter(group=OuterRef("meeting__group"))
        member = here.filter(joined_on__lte=opened, proposed_on__lte=opened)
        led = SessionParticipant.objects.filter(led_by(user), session=OuterRef("pk"))
        guest = Guest.objects.accepted().filter(session=OuterRef("pk"), person=user)
        under_way = Q(state__in=UNDER_WAY)
        begun = ~Q(state=SessionState.LOBBY)  # who left the group while it waited does not take part
        ended = TruncDate(ExpressionWrapper(OuterRef("closed_at"), models.DateTimeField()))
        stayed = Q(membership__valid_until__isnull=True) | Q(membership__valid_until__gte=ended)
        mine = Q(Exists(took_part.filter(stayed))) & ~under_way | begun & Q(
            Exists(took_part.filter(still_here()))
        )
        return self.filter(
            mine | under_way & (Q(Exists(member)) | Q(Exists(guest))), ~Exists(led)
        ).select_related(
            "meeting__group__school", "facilitator__person", "presenter__person", "timekeeper__person"
        )

    def visible_one(self, user: User, pk: int) -> Session | None:
        """The session ``pk`` if ``visible_to`` holds it; whoever took part is known without asking all of that.

        Every press of a session comes through here, and putting the whole question together takes longer
        than all the rest of the press.
        """
        # No text of a user goes into this SQL but as a parameter.
        has_led = RawSQL(HAS_LED.format(person="%s"), [user.pk, user.pk], models.BooleanField())  # noqa: S611
        try:
            row: Any = self.annotate(has_led=has_led).select_related("meeting__group__school").get(pk=pk)
        except self.model.DoesNotExist:
            return None
        session: Session = row
        mine = session.participant_of(user) if user.is_authenticated and user.is_active else None
        here = bool(mine and mine.is_still_here)
        if mine and opens_at_once(mine.guest, session.state, still_here=here) and not row.has_led:
            return session
        return session if self.visible_to(user).filter(pk=pk).exists() else None

    def under_way(self) -> SessionQuerySet:
        return self.filter(state__in=UNDER_WAY)
