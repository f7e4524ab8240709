"""Spans in words: "5 to 9", "60% to 80%", "at most 25 hours"."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from coaching.lib.markup import hours, short_day
from coaching.lib.suppression import Span
from schools.budgets import QUARTER
from schools.models import ShownKind


def not_yet(told_on: dt.date) -> str:
    return _("from %(day)s on") % {"day": short_day(told_on)}


def span_words(kind: ShownKind, span: Span | None) -> str:
    if span is None:
        return _("too few people")
    if kind == ShownKind.PRESENCE:
        return percent_words(span)
    return hours_words(span) if kind == ShownKind.HOURS else people_words(span)


def people_words(span: Span) -> str:
    """The highest step has no end: that would tell how many were counted."""
    if span.is_low:
        return _("fewer than %(n)s") % {"n": span.high + 1}
    if span.is_top:
        return _("%(n)s or more") % {"n": span.low}
    return _("%(low)s to %(high)s") % {"low": span.low, "high": span.high}


def percent_words(span: Span) -> str:
    if span.is_low:
        return _("at most %(n)s%%") % {"n": span.high_percent}
    if span.high == span.whole:
        return _("%(n)s%% or more") % {"n": span.low_percent}
    return _("%(low)s%% to %(high)s%%") % {"low": span.low_percent, "high": span.high_percent}


def hours_words(span: Span) -> str:
    """Rounded outward to quarters; without an end to the highest step, which would tell who were counted."""
    low, high = hours(span.low // QUARTER * QUARTER), hours(-(-span.high // QUARTER) * QUARTER)
    if span.is_low:
        return _("at most %(n)s hours") % {"n": high}
    if span.is_top:
        return _("%(n)s hours or more") % {"n": low}
    return _("%(low)s to %(high)s hours") % {"low": low, "high": high}
