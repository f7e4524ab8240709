"""Mails about a GOP: that it was handed in or answered, never what stands in it or was said."""

from __future__ import annotations

import datetime as dt

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from schools.accounts import in_a_mail
from schools.models import Membership, OutgoingMail, Role, User
from schools.outbox import post

from .models import GroupPlanVersion, Purpose, Reaction


def tell_handed_in(version: GroupPlanVersion, at: dt.datetime) -> None:
    """A mail to each director of the host school, in the caller's transaction; twice is once."""
    held = Membership.objects.current().filter(
        school=version.plan.group.school, roles__role=Role.DIRECTOR, person__is_active=True
    )
    people = [row.person for row in held.select_related("person").distinct()]
    post([mail(version, person, "handed_in", f"gop:{version.pk}", at) for person in people])


def tell_answered(reaction: Reaction, at: dt.datetime, what: str = "answered") -> None:
    """A mail to each member of today, in the caller's transaction. ``what``: or answer_gone, when taken back."""
    key = "gop-answer" if what == "answered" else "gop-answer-gone"
    places = reaction.version.plan.group.current_members()
    people = [place.person for place in places if place.person.is_active]
    post([mail(reaction.version, person, what, f"{key}:{reaction.pk}", at) for person in people])


def mail(version: GroupPlanVersion, person: User, what: str, key: str, at: dt.datetime) -> OutgoingMail:
    """In the language of its reader. ``what``: handed_in, answered or answer_gone."""
    with translation.override(person.language):
        group = version.plan.group
        words = {
            "person": person,
            "group": group,
            "what": what,
            "purpose": version.purpose,
            "link": in_a_mail("plan_version", pk=str(version.pk)),
        }
        return OutgoingMail(
            to=person.email,
            person=person,
            school=group.school,
            while_role=Role.DIRECTOR if what == "handed_in" else "",
            subject=subject(what, version) % {"group": group.name},
            body=render_to_string("popgroups/mail/plan.txt", words),
            key=f"{key}:{person.pk}",
            made_at=at,
            try_again_at=at,
        )


def subject(what: str, version: GroupPlanVersion) -> str:
    if what == "answered":
        return _("The director answered the GOP of %(group)s")
    if what == "answer_gone":
        return _("The director took back the reaction to the GOP of %(group)s")
    if version.purpose == Purpose.PLAN:
        return _("%(group)s handed in its GOP")
    return _("%(group)s looks back on its GOP")
