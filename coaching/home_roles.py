"""Home: of a coming meeting the roles that are known before it begins, as each member may know them.

Who brings in the case is chosen together at the meeting, and who prepared one stays with them: so of cases the
reader's own alone. Who guides follows from the rotation (coaching.intervision.roles.turns_in).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from coaching.intervision.models import Case, Session
from popgroups.models import Answer, GroupMember, Meeting, MeetingKind
from schools.models import User


def with_roles(meetings: QuerySet[Meeting], user: User, day: dt.date) -> QuerySet[Any]:
    """Each with ``guide`` (a name), ``guide_id`` and ``has_case``, in the statement of the meetings themselves.

    The guide is who did it longest ago, or never, of members who did not say that they can't come.
    """
    guided = Session.objects.filter(
        meeting__group=OuterRef("group"),
        facilitator__person=OuterRef("membership__person"),
        closed_at__isnull=False,
    )
    absent = Answer.objects.not_coming().filter(member=OuterRef("pk"), meeting=OuterRef(OuterRef("pk")))
    places = GroupMember.objects.current(day).filter(
        ~Exists(absent), group=OuterRef("group"), membership__person__is_active=True
    )
    last = guided.order_by("-closed_at").values("closed_at")[:1]
    turns = places.annotate(last=Subquery(last)).order_by(F("last").asc(nulls_first=True), "pk")
    return meetings.annotate(
        guide=Subquery(turns.values("membership__person__name")[:1]),
        guide_id=Subquery(turns.values("membership__person")[:1]),
        has_case=Exists(Case.objects.visible_to(user).filter(meeting=OuterRef("pk"))),
    )


def roles_of(meeting: Any, user: User) -> list[str]:
    if meeting.kind != MeetingKind.INTERVISION:
        return []
    own = [_("your case is ready")] if meeting.has_case else []
    if not meeting.guide_id:
        return own
    if meeting.guide_id == user.pk:
        return [*own, _("facilitator: probably you")]
    return [*own, _("facilitator: probably %(name)s") % {"name": meeting.guide.split(" ")[0]}]
