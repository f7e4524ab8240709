"""Talks on home, for both of the two: a date to say yes to, agreements to say yes to, the next one to come."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.lib.markup import slot
from portfolio.models import Talk, TalkState

from .home_next import Next
from .today import Today

MOST = 20  # to look for the one that asks for somebody
AHEAD = dt.timedelta(days=14)


def talk_ahead(today: Today) -> Next | None:
    """The first of what waits for the reader; else a talk of the next two weeks. In one statement."""
    rows: list[Any] = list(Talk.objects.unsettled_for(today.user, today.at)[:MOST])
    ways = (date_to_answer, agreements_to_say_yes_to, talk_soon)
    return next((card for way in ways for talk in rows if (card := way(talk, today))), None)


def card_of(talk: Talk, today: Today, *, label: str, title: str, action: str, quiet: bool = False) -> Next:
    other = talk.other(today.user)
    when = " · ".join(filter(None, [slot(talk.starts_at, talk.minutes), talk.place]))
    named = title % {"name": other.first_name if other else ""}
    url = reverse("talk", args=[talk.pk])
    return Next(label=label, title=named, text=when, url=url, action=action, quiet=quiet)


def date_to_answer(talk: Talk, today: Today) -> Next | None:
    if not talk.waits_for(today.user) or talk.starts_at <= today.at:
        return None
    title = _("%(name)s proposes a talk")
    return card_of(talk, today, label=_("A date"), title=title, action=_("Look at the date"))


def agreements_to_say_yes_to(talk: Any, today: Today) -> Next | None:
    """Also where nothing stands any more: ``unsettled_for`` finds that only if both had agreed on something."""
    if not talk.can_be_written_in or talk.said or not (talk.agreements or talk.emptied):
        return None
    title, action = _("What you and %(name)s agree on"), _("Read and say whether that is it")
    if not talk.agreements:
        title = _("What you and %(name)s agreed on was taken away")
    return card_of(talk, today, label=_("Agreements"), title=title, action=action)


def talk_soon(talk: Talk, today: Today) -> Next | None:
    if talk.state != TalkState.PLANNED or talk.starts_at > today.at + AHEAD:
        return None
    title = _("Your talk with %(name)s")
    return card_of(talk, today, label=_("A talk"), title=title, action=_("To the talk"), quiet=True)
