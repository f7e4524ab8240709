"""Template tags of the house: dates and hours the way people here write them, and one button that posts."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def clock(moment: dt.datetime) -> str:
    """15.30 in Dutch, 15:30 in English; Europe/Amsterdam."""
    local = timezone.localtime(moment)
    return local.strftime("%H:%M" if (get_language() or "nl").startswith("en") else "%H.%M")


@register.filter
def day(value: dt.date | dt.datetime) -> str:
    """dinsdag 24 november (with the year when it is not this one)."""
    date = timezone.localdate(value) if isinstance(value, dt.datetime) else value
    return date_format(date, "l j F" if date.year == timezone.localdate().year else "l j F Y")


@register.filter
def short_day(value: dt.date | dt.datetime) -> str:
    date = timezone.localdate(value) if isinstance(value, dt.datetime) else value
    month = "M" if (get_language() or "nl").startswith("en") else "b"
    return date_format(date, f"j {month}")


@register.filter
def day_month_year(value: dt.date | dt.datetime) -> str:
    """24 nov 2026, for tables and documents, where the year is never left out."""
    date = timezone.localdate(value) if isinstance(value, dt.datetime) else value
    return f"{short_day(date)} {date.year}"


@register.filter
def look_back_by(settled: dt.datetime) -> str:
    """The day by which those who settled it look back together: every year on the same day, the next one."""
    return day(next_anniversary(timezone.localdate(settled), timezone.localdate()))


def next_anniversary(date: dt.date, today: dt.date) -> dt.date:
    """The first from ``today`` on; never ``date`` itself."""
    years = max(1, today.year - date.year)
    if anniversary(date, years) < today:
        years += 1
    return anniversary(date, years)


def anniversary(date: dt.date, years: int) -> dt.date:
    """Of 29 February it is 1 March in years without it."""
    try:
        return date.replace(year=date.year + years)
    except ValueError:
        return dt.date(date.year + years, 3, 1)


@register.filter
def at_time(value: dt.datetime) -> str:
    return clock(value)


@register.filter
def slot(value: dt.datetime, minutes: int) -> str:
    """dinsdag 24 november, 15.30–16.30 uur, from a start and a length in minutes."""
    start, end = clock(value), clock(value + dt.timedelta(minutes=minutes))
    return _("%(day)s, %(start)s–%(end)s") % {"day": day(value), "start": start, "end": end}


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours in quarters: 90 is "1,5"."""
    quarters = (Decimal(minutes) / 15).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    text = f"{(quarters / 4).normalize():f}"
    return text if (get_language() or "nl").startswith("en") else text.replace(".", ",")


@register.filter
def fte(value: Decimal) -> str:
    """A werktijdfactor as it was typed in: 0.8536 is "0,8536", 1.0000 is "1"."""
    text = f"{value.normalize():f}"
    return text if (get_language() or "nl").startswith("en") else text.replace(".", ",")


@register.filter
def minutes_seconds(seconds: int) -> str:
    """402 is "06:42"; overrun is "-00:30"."""
    sign, seconds = ("-" if seconds < 0 else ""), abs(int(seconds))
    return f"{sign}{seconds // 60:02d}:{seconds % 60:02d}"


@register.filter
def epoch_ms(value: dt.datetime) -> int:
    """Milliseconds since 1970, for clocks that run on in the browser."""
    return int(value.timestamp() * 1000)


DO = """<form method="post" action="{url}" hx-post="{url}" hx-target="#trouble" hx-swap="innerHTML" \
hx-disabled-elt="find button"{vote}{ask}>{fields}<button type="submit" class="btn {style}"{pressed}>\
{label}</button></form>"""


@register.simple_tag(takes_context=True)
def do(
    context: template.Context,
    *,
    label: str = "",
    seen: object = None,
    name: str = "",
    value: object = "",
    name2: str = "",
    value2: object = "",
    style: str = "btn-outline-primary",
    ask: str = "",
    vote: str = "",
    pressed: bool = False,
) -> SafeString:
    """A button that posts to ``url`` of the context; its words are ``label``, or that of the context.

    ``seen``: what the screen showed; ``ask``: a question to answer first. Code instead of a template, since
    a facilitator's screen holds fifteen of them and is made anew at every change.
    """
    token = context.get("csrf_token")  # none in the live fragment, which is made for many
    hidden = {"csrfmiddlewaretoken": token, "seen": seen, name: value, name2: value2}
    fields = [
        format_html('<input type="hidden" name="{}" value="{}">', field, given)
        for field, given in hidden.items()
        if field and given is not None
    ]
    return format_html(
        DO,
        url=context["url"],
        label=label or context.get("label", ""),
        fields=mark_safe("".join(fields)),  # each piece was escaped above
        style=style,
        vote=format_html(' data-vote="{}"', vote) if vote else "",
        ask=format_html(' data-ask="{}"', ask) if ask else "",
        pressed=format_html(' aria-pressed="{}"', "true") if pressed else "",
    )


@register.simple_tag(takes_context=True)
def once(context: template.Context, template_name: str) -> SafeString:
    """As ``include``; of pages that share the dict ``made`` in their contexts, the first makes it for all."""
    made: dict[str, SafeString] | None = context.get("made")
    if made is None:
        made = {}
    if template_name not in made:
        values = {str(key): value for key, value in context.flatten().items()}
        made[template_name] = render_to_string(template_name, values)
    return made[template_name]
