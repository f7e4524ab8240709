"""What people do in a step: write cards, show them, vote, mark, say they are ready."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused
from portfolio.models import TipMark

from .models import (
    Captures,
    Case,
    Contribution,
    Kind,
    Mark,
    Ready,
    Session,
    SessionParticipant,
    SessionStep,
    StaleStep,
    Vote,
)
from .roles import assign

DOUBLE_PRESS = dt.timedelta(seconds=2)
KINDS: dict[str, tuple[Kind, ...]] = {
    Captures.CHOICE: (Kind.CHOICE,),
    Captures.QUESTION: (Kind.QUESTION, Kind.THEME),
    Captures.ASSOCIATION: (Kind.ASSOCIATION,),
    Captures.HYPOTHESIS: (Kind.HYPOTHESIS,),
    Captures.TIP: (Kind.TIP,),
}


def contribute(
    session: Session,
    *,
    step: SessionStep,
    author: SessionParticipant,
    written_by: SessionParticipant,
    text: str,
    at: dt.datetime,
    kind: str = "",
) -> Contribution:
    """Add a card to ``step``, hidden until its reveal when the step hides.

    Raises StaleStep when the session is at another step, MoveRefused when nothing is written here, the
    presenter is to be silent, or the step's limit a person is reached. The caller keeps the typed text.
    """
    if not session.accepts_writing_in(step, at):
        raise StaleStep
    kinds = KINDS.get(step.captures, ())
    chosen = kind if kind in kinds else next(iter(kinds), Kind.CHOICE)
    if refused := refusal(session, step, author, written_by, chosen):
        raise MoveRefused(refused)
    hides = step.hidden and not (step.revealed_at and not step.is_parade)
    card = Contribution(step=step, author=author, written_by=written_by, kind=chosen, text=text, made_at=at)
    card.shown_at = None if hides else at
    with transaction.atomic():
        card.save()
        session.changed()
    return card


def refusal(
    session: Session, step: SessionStep, author: SessionParticipant, written_by: SessionParticipant, kind: str
) -> str:
    """Why this card can't be added, for the writer to read; empty when it can."""
    kinds = KINDS.get(step.captures, ())
    if not kinds:
        return _("Nothing is written down in this step.")
    if author.pk == session.presenter_id and not step.presenter_writes:
        return _("Whoever brings in the case listens in this step.")
    if author.pk != written_by.pk and written_by.pk != session.facilitator_id:
        return _("Only the facilitator types on behalf of somebody else.")
    mine = Contribution.objects.filter(step=step, author=author, kind=kind)
    if author.pk != written_by.pk:
        # Who types for somebody knows of those alone: a refusal would tell how many are hidden.
        mine = mine.filter(Q(shown_at__isnull=False) | Q(written_by=written_by))
    if step.max_items and kind == kinds[0] and mine.count() >= step.max_items:
        return _("You have written the most this step asks for. Take one back to write another.")
    return ""


def take_back(card: Contribution) -> None:
    session = card.step.session
    with transaction.atomic():
        card.delete()
        session.changed()


def reveal(session: Session, step: SessionStep, at: dt.datetime) -> int:
    """Show all hidden cards of the current step together; returns how many."""
    if session.step is None or step.pk != session.step.pk:
        raise StaleStep
    with transaction.atomic():
        SessionStep.objects.filter(pk=step.pk, revealed_at__isnull=True).update(revealed_at=at)
        shown = Contribution.objects.filter(step=step, shown_at__isnull=True).update(shown_at=at)
        session.changed()
    return shown


def next_in_parade(step: SessionStep) -> Contribution | None:
    """The tip to show next: one tip a turn, round the circle, each person's first tips before the second."""
    hidden = list(step.contributions.filter(shown_at__isnull=True).order_by("author_id", "pk"))
    had: dict[int, int] = {}
    for author_id in step.contributions.filter(shown_at__isnull=False).values_list("author_id", flat=True):
        had[author_id] = had.get(author_id, 0) + 1
    return min(hidden, key=lambda card: (had.get(card.author_id, 0), card.author_id, card.pk), default=None)


def show_next_tip(session: Session, step: SessionStep, at: dt.datetime, *, seen: int) -> Contribution | None:
    """Show one more tip of the parade if ``seen`` were shown on the screen that asked; None when all are.

    Two presses at once show one tip: the second finds another number shown than it saw.
    """
    if session.step is None or step.pk != session.step.pk or not step.is_parade:
        raise StaleStep
    with transaction.atomic():
        list(SessionStep.objects.select_for_update().filter(pk=step.pk))  # SQLite writes one at a time anyway
        place = (step.contributions.aggregate(last=Max("turn"))["last"] or 0) + 1
        if place != seen + 1:
            raise StaleStep
        card = next_in_parade(step)
        if card is None:
            return None
        step.contributions.filter(pk=card.pk).update(shown_at=at, turn=place)
        SessionStep.objects.filter(pk=step.pk, revealed_at__isnull=True).update(revealed_at=at)
        session.changed()
    card.refresh_from_db()
    return card


def next_speaker(session: Session, step: SessionStep) -> SessionParticipant | None:
    """Pass the turn on round the circle, past the presenter; after the last nobody has it."""
    circle = [p for p in session.participants.select_related("person") if p.pk != session.presenter_id]
    later = [p for p in circle if step.speaker_id is None or p.pk > step.speaker_id]
    speaker = later[0] if later else None
    with transaction.atomic():
        SessionStep.objects.filter(pk=step.pk).update(speaker=speaker)
        session.changed()
    return speaker


def set_ready(session: Session, step: SessionStep, participant: SessionParticipant, ready: bool) -> None:
    if session.step is None or step.pk != session.step.pk:
        raise StaleStep
    with transaction.atomic():
        if ready:
            Ready.objects.get_or_create(step=step, participant=participant)
        else:
            Ready.objects.filter(step=step, participant=participant).delete()
        session.changed()


def vote(session: Session, card: Contribution, voter: SessionParticipant, kind: str, at: dt.datetime) -> None:
    """Urgent, or recognised: one vote of a kind on a case, not on one's own; a second press takes it back.

    Two presses in a row are one: nobody votes and thinks better of it within so short a time.
    """
    if session.step is None or card.step_id != session.step.pk or card.kind != Kind.CHOICE:
        raise StaleStep
    if card.author_id == voter.pk:
        raise MoveRefused(_("You vote on the cases of others."))
    with transaction.atomic():
        given, new = Vote.objects.get_or_create(
            contribution=card, voter=voter, kind=kind, defaults={"at": at}
        )
        if not new and at - given.at > DOUBLE_PRESS:
            given.delete()
        session.changed()


def choose_case(session: Session, card: Contribution) -> None:
    """The group's choice: whoever brought it in becomes the presenter, with their prepared question."""
    if session.step is None or card.step_id != session.step.pk or card.kind != Kind.CHOICE:
        raise StaleStep
    assign(session, "presenter", card.author)


def prepared_question(session: Session) -> str:
    """The question the presenter prepared for this meeting; shown to nobody until they say so."""
    if session.presenter is None:
        return ""
    case = Case.objects.filter(presenter=session.presenter.person_id, meeting=session.meeting_id).first()
    return case.question if case else ""


def mark_tip(card: Contribution, mark: str) -> None:
    """The presenter's mark on a shown tip; an empty mark takes it away. Only the presenter's screen changes."""
    if card.kind != Kind.TIP or card.shown_at is None:
        raise StaleStep
    with transaction.atomic():
        if mark:
            Mark.objects.update_or_create(contribution=card, defaults={"mark": TipMark(mark)})
        else:
            Mark.objects.filter(contribution=card).delete()
        card.step.session.changed()
