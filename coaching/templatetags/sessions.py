"""The sessions of a meeting or a group on the pages of that room, which itself knows nothing of sessions."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from coaching.intervision.models import Session, SessionState
from popgroups.models import Meeting, MeetingKind, PopGroup

register = template.Library()
SHOWN = 10
OFFERED = 14  # days after a meeting in which its session can still be made up for


@register.inclusion_tag("intervision/_of_meeting.html", takes_context=True)
def sessions_of_meeting(context: template.Context, meeting: Meeting, takes_part: bool) -> dict[str, Any]:
    """What a person may open here; a new session is offered to members from the day itself for two weeks."""
    found = list(Session.objects.visible_to(context["user"]).filter(meeting=meeting).order_by("pk"))
    under_way = any(session.is_under_way for session in found)
    opens = (
        meeting.kind == MeetingKind.INTERVISION and 0 <= (timezone.localdate() - meeting.day).days <= OFFERED
    )
    return {
        "meeting": meeting,
        "sessions": found,
        "takes_part": takes_part,
        "may_prepare": takes_part and meeting.is_planned,
        "may_open": takes_part and opens and meeting.may_hold_session and not under_way,
    }


@register.inclusion_tag("intervision/_of_group.html", takes_context=True)
def sessions_of_group(context: template.Context, group: PopGroup) -> dict[str, Any]:
    """The closed sessions a person took part in, newest first."""
    mine = Session.objects.visible_to(context["user"]).filter(
        meeting__group=group, state=SessionState.CLOSED, participants__person=context["user"]
    )
    return {"sessions": list(mine.order_by("-closed_at")[:SHOWN])}
