"""Feedback asked from one colleague with one question; what arrives is the asker's to keep or to let go."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove, move
from coaching.lib.turnstile import seconds_to_wait
from schools.models import Draft, OutgoingMail, User
from schools.outbox import post

from .models import FEEDBACK_MOVES, Entry, EntryKind, FeedbackRequest, FeedbackState
from .sharing import leads

TIMES, SECONDS = 10, 3600  # questions of one person, each with a mail


class AskRefused(Exception):
    """The question isn't put; the message is for whoever asks."""


def ask(owner: User, asked: User, question: str, at: dt.datetime) -> FeedbackRequest:
    """Put ``question`` to a colleague, who gets a mail that tells of it without its words. Raises AskRefused."""
    with transaction.atomic():
        refuse_a_second(owner, asked)
        made = FeedbackRequest.objects.create(
            owner=owner,
            asked=asked,
            question=question,
            made_at=at,
            as_leader=leads(asked, owner.pk, timezone.localdate(at)),
        )
        with translation.override(asked.language):
            post([mail_about(made)])
    return made


def ask_in_turn(owner: User, asked: User, question: str, at: dt.datetime) -> FeedbackRequest:
    """As ``ask``, and not too often: each question is a mail in somebody's box. Raises AskRefused."""
    if seconds_to_wait(f"feedback:{owner.pk}", at, times=TIMES, seconds=SECONDS):
        raise AskRefused(_("You have asked much in one hour. Ask this later: your text is kept."))
    return ask(owner, asked, question, at)


def refuse_a_second(owner: User, asked: User) -> None:
    """One open question at a time to one colleague. In a transaction: of two screens the second waits."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if FeedbackRequest.objects.filter(owner=owner, asked=asked, state=FeedbackState.ASKED).exists():
        words = {"name": asked.name}
        raise AskRefused(
            _("%(name)s still has a question of yours. Wait for the answer, or take that question back.")
            % words
        )


def mail_about(request: FeedbackRequest) -> OutgoingMail:
    """In the language of whoever is asked; a mailbox is no place for what people ask about their work."""
    link = settings.SITE_URL + reverse("feedback_request", args=[request.pk])
    return OutgoingMail(
        to=request.asked.email,
        person=request.asked,
        subject=_("%(name)s asks for your feedback") % {"name": request.owner.name},
        body=render_to_string("portfolio/mail/feedback.txt", {"asks": request, "link": link}),
        key=f"feedback:{request.pk}",
        made_at=request.made_at,
        try_again_at=request.made_at,
    )


def answer(request: FeedbackRequest, text: str, at: dt.datetime) -> None:
    """Give the answer, or change it while it is not kept yet. Raises MoveRefused, StaleMove."""
    if request.state == FeedbackState.ANSWERED:
        rows = FeedbackRequest.objects.filter(pk=request.pk, state=FeedbackState.ANSWERED)
        if not rows.update(answer=text, answered_at=at):
            raise StaleMove
        return
    move(request, FEEDBACK_MOVES, FeedbackState.ANSWERED, answer=text, answered_at=at)


def refuse(request: FeedbackRequest) -> None:
    """Not now: the colleague need not say why."""
    end(request, FeedbackState.REFUSED)


def withdraw(request: FeedbackRequest) -> None:
    end(request, FeedbackState.WITHDRAWN)


def decline(request: FeedbackRequest) -> None:
    """Read, and let go: the answer is erased."""
    end(request, FeedbackState.DECLINED)


def end(request: FeedbackRequest, to: str) -> None:
    with transaction.atomic():
        move(request, FEEDBACK_MOVES, to, answer="")
        drop_drafts(request)


def keep(request: FeedbackRequest, seen: str, at: dt.datetime) -> Entry:
    """The answer becomes an entry of whoever asked, and stands nowhere else any more.

    ``seen``: which answer was on the screen. Raises StaleMove when it was changed since, MoveRefused.
    """
    with transaction.atomic():
        now = FeedbackRequest.objects.select_for_update().get(pk=request.pk)
        if now.state == FeedbackState.ANSWERED and now.answer_mark != seen:
            raise StaleMove(_("The answer was changed in the meantime. Read it again, then keep it."))
        text = now.answer
        move(now, FEEDBACK_MOVES, FeedbackState.KEPT, answer="")
        made = Entry.objects.create(
            owner=now.owner,
            kind=EntryKind.FEEDBACK,
            title=now.question[:200],
            text=text,
            given_by=now.asked,
            day=timezone.localdate(now.answered_at or at),
            made_at=at,
            source=f"feedback:{now.pk}",
        )
        FeedbackRequest.objects.filter(pk=now.pk).update(entry=made)
        drop_drafts(now)
    return made


def drop_drafts(request: FeedbackRequest) -> None:
    Draft.objects.filter(field__startswith=f"feedback:{request.pk}:").delete()


REFUSED = (MoveRefused, StaleMove)
