"""Home ("Vandaag"): the one thing that asks for somebody now, chosen by an ordered list of small functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.intervision.models import SessionState
from coaching.lib.markup import clock, slot
from popgroups.models import LARGEST_GROUP, SMALLEST_GROUP, Meeting, MeetingKind, MeetingState, PopGroup
from schools.models import Invitation, Role

from .home_next import Next
from .home_plans import group_plan_to_answer, group_plan_to_begin
from .home_reviews import plan_answered, plan_dates, plan_to_look_back_on_together, plan_waits
from .home_roles import roles_of
from .home_school import (
    agreement_to_look_back_on,
    consent_missing,
    look_back_as_director,
    school_agreement_to_accept,
    to_settle_as_coordinator,
    to_settle_as_director,
)
from .home_survey import survey_to_answer
from .home_talks import talk_ahead
from .today import SHOWN, Today

PREPARE_FROM = dt.timedelta(days=14)
SOON = dt.timedelta(minutes=60)
INVITATION_WAITS = dt.timedelta(days=7)


Ask = Callable[[Today], Next | None]


def first(today: Today, asks: Sequence[Ask]) -> Next | None:
    return next((thing for ask in asks if (thing := ask(today))), None)


def next_things(today: Today) -> list[Next]:
    """At most one thing a role; the first is what asks for attention now."""
    from .home_introduction import milestone_waiting  # its module needs this one

    now = session_now(today)
    found = [
        now,
        first(today, AS_COORDINATOR) if today.coordinates else None,
        first(today, AS_DIRECTOR) if today.directs else None,
        None if now else first(today, AS_COLLEAGUE),
        something_to_read(today),
        plan_to_talk_over(today),
        talk_ahead(today),
        plan_answered(today),
        plan_dates(today),
        plan_to_look_back_on_together(today),
        milestone_waiting(today),
    ]
    things = [thing for thing in found if thing] or [nothing_yet(today)]
    beside = [group_plan_to_begin(today), survey_to_answer(today)]
    return things + [thing for thing in beside if thing]


def until_start(meeting: Meeting, at: dt.datetime) -> str:
    """ "Starts in 25 minutes", "Tomorrow", "In 6 days"."""
    minutes = round((meeting.starts_at - at).total_seconds() / 60)
    if minutes <= 0:
        return _("Started at %(time)s") % {"time": clock(meeting.starts_at)}
    if minutes <= SOON.total_seconds() / 60:
        return ngettext("Starts in %(n)s minute", "Starts in %(n)s minutes", minutes) % {"n": minutes}
    days = (meeting.day - timezone.localdate(at)).days
    if days <= 1:
        return _("Tomorrow") if days else _("Today")
    return ngettext("In %(n)s day", "In %(n)s days", days) % {"n": days}


def when_and_where(meeting: Meeting) -> str:
    return " · ".join(part for part in (slot(meeting.starts_at, meeting.minutes), meeting.place) if part)


def title_of(meeting: Meeting) -> str:
    return f"{meeting.get_kind_display().capitalize()} · {meeting.group.name}"


# -- as a colleague ----------------------------------------------------------------------------------------


def session_now(today: Today) -> Next | None:
    session = today.session
    if session is None:
        return None
    roles = [(_("presenter"), session.presenter), (_("facilitator"), session.facilitator)]
    named = [
        f"{role}: {_('you') if who.person_id == today.user.pk else who.name}" for role, who in roles if who
    ]
    running = session.state == SessionState.RUNNING
    return Next(
        label=_("Going on now") if running else _("The lobby is open"),
        title=title_of(session.meeting),
        text=" · ".join([when_and_where(session.meeting), *named]),
        url=reverse("session", args=[session.pk]),
        action=_("To the session"),
    )


def meeting_soon(today: Today) -> Next | None:
    ahead = today.at + PREPARE_FROM
    meeting = next((m for m in today.meetings if not m.called_off and m.starts_at <= ahead), None)
    if meeting is None:
        return None
    way: dict[str, Any]
    case, page = reverse("case", args=[meeting.pk]), reverse("meeting", args=[meeting.pk])
    if meeting.kind != MeetingKind.INTERVISION:
        way = {"url": page, "action": _("Look at the meeting")}
    elif meeting.starts_at - today.at <= SOON:
        session = reverse("open_session", args=[meeting.pk])
        way = {"url": session, "action": _("To the session"), "also_url": case, "also_action": _("My case")}
    else:
        action = _("My case") if meeting.has_case else _("Prepare a case")
        way = {"url": case, "action": action, "also_url": page, "also_action": _("The meeting")}
    label = until_start(meeting, today.at)
    text = " · ".join([when_and_where(meeting), *roles_of(meeting, today.user)])
    return Next(label=label, title=title_of(meeting), text=text, **way)


def agreement_to_accept(today: Today) -> Next | None:
    place = today.unaccepted
    if place is None:
        return None
    return Next(
        label=_("Two minutes"),
        title=_("The agreement of %(group)s") % {"group": place.group.name},
        text=_("Read what your group agreed on, so that everybody can speak safely."),
        url=reverse("group", args=[place.group_id]) + "#agreement",
        action=_("Read the agreement"),
    )


def newcomer_to_welcome(today: Today) -> Next | None:
    place = today.newcomer
    if place is None:
        return None
    return Next(
        label=_("New in your group"),
        title=_("%(name)s would like to join") % {"name": place.membership.person.name},
        text=_("Somebody is in %(group)s once every member has welcomed them.") % {"group": place.group.name},
        url=reverse("group", args=[place.group_id]),
        action=_("To the group"),
    )


def plan_to_look_back_on(today: Today) -> Next | None:
    plan = next((p for p in today.plans if p.look_back_on and p.look_back_on <= today.day), None)
    if plan is None:
        return None
    return Next(
        label=_("Look back"),
        title=_("How did it go?"),
        text=plan.intention,
        url=reverse("plan", args=[plan.pk]) + "#hoe-ging-het",
        action=_("Tell how it went"),
    )


def first_visit(today: Today) -> Next | None:
    """For colleagues without a POP who have no talents yet, or broke off on the way."""
    page = today.start_page
    if not page:
        return None
    begun = page != "first_visit"
    return Next(
        label=_("Ten minutes"),
        title=_("Go on with your first goal") if begun else _("Begin with what you are good at"),
        text=_("From what you do well and like to the first goal of your POP, in three small steps."),
        url=reverse(page),
        action=_("Go on") if begun else _("Begin"),
    )


def later_date(today: Today) -> Next | None:
    meeting = next((meeting for meeting in today.meetings if not meeting.called_off), None)
    if meeting is None:
        return None
    return Next(
        label=_("Next date"),
        title=title_of(meeting),
        text=when_and_where(meeting),
        url=reverse("meeting", args=[meeting.pk]),
        action=_("Look at the meeting"),
    )


def nothing_yet(today: Today) -> Next:
    """What to do when nothing asks for attention, by how far somebody is."""
    if not today.user.schools_as(Role.TEACHER, Role.COORDINATOR):
        return Next(
            label=_("Nothing for now"),
            title=_("Nothing asks for your attention"),
            text=_("As soon as there is something for you, it stands here."),
            url=reverse("who_sees_what"),
            action=_("Who sees what"),
            quiet=True,
        )
    if PopGroup.objects.with_member(today.user).filter(year__starts=today.year).exists():
        return Next(
            label=_("No date yet"),
            title=_("Your group has no date yet"),
            text=_("Agree on one together: planning it takes a minute."),
            url=reverse("my_groups"),
            action=_("To my groups"),
        )
    return Next(
        label=_("Welcome"),
        title=_("You are not in a POP-group yet"),
        text=_(
            "The coordinator of your school makes the groups. Meanwhile you can make a small plan of your own."
        ),
        url=reverse("plan_new"),
        action=_("Make a small plan (two minutes)"),
    )


# -- what somebody shared: beside the rest, until it is opened or signed --------------------------------------


def something_to_read(today: Today) -> Next | None:
    """The newest of what is not opened yet; what it is stands in the card of what is shared."""
    share = next((share for share in today.shared if not share.opened), None)
    if share is None:
        return None
    name = share.owner.first_name
    return Next(
        label=_("New"),
        title=_("%(name)s lets you read something") % {"name": name},
        text=_("Read it when you have the time. %(name)s sees that you opened it.") % {"name": name},
        url=share.address,
        action=_("Read it"),
    )


def plan_to_talk_over(today: Today) -> Next | None:
    share = today.to_discuss
    if share is None:
        return None
    return Next(
        label=_("When you have talked"),
        title=_("The POP of %(name)s") % {"name": share.owner.first_name},
        text=_("Talk about it and sign: discussed. It is no approval: the plan stays your colleague's."),
        url=share.address + "#handtekeningen",
        action=_("To the POP"),
        quiet=True,
    )


# -- as coordinator ----------------------------------------------------------------------------------------


def meeting_without_place(today: Today) -> Next | None:
    bare = today.coming_in(today.coordinates).filter(place="", link="").select_related("group").first()
    if bare is None:
        return None
    return Next(
        label=until_start(bare, today.at),
        title=_("The meeting of %(group)s has no place yet") % {"group": bare.group.name},
        text=slot(bare.starts_at, bare.minutes),
        url=reverse("change_meeting", args=[bare.pk]),
        action=_("Give it a place"),
    )


def plan_to_publish(today: Today) -> Next | None:
    concept = Meeting.objects.filter(group__school__in=today.coordinates, state=MeetingState.CONCEPT)
    rows = list(concept.values_list("group__school", "group__year__starts"))
    if not rows:
        return None
    school, starts = rows[0]
    count = rows.count(rows[0])
    return Next(
        label=_("Year plan"),
        title=ngettext("%(n)s meeting is not published yet", "%(n)s meetings are not published yet", count)
        % {"n": count},
        text=_("Only coordinators see them. First you see who is told what; then you publish."),
        url=f"{reverse('publish_plan', args=[school])}?year={starts}",
        action=_("Look and publish"),
    )


def group_of_unusual_size(today: Today) -> Next | None:
    own = {school.pk for school in today.coordinates}
    groups = [group for group in today.groups if group.school_id in own]
    odd = next((group for group in groups if not SMALLEST_GROUP <= group.size <= LARGEST_GROUP), None)
    if odd is None:
        return None
    return Next(
        label=ngettext("%(n)s member", "%(n)s members", odd.size) % {"n": odd.size},
        title=_("%(group)s is too small") % {"group": odd.name}
        if odd.size < SMALLEST_GROUP
        else _("%(group)s is too large") % {"group": odd.name},
        text=_("A POP-group works best with 4 to 8 colleagues."),
        url=reverse("group", args=[odd.pk]),
        action=_("To the group"),
    )


def invitations_waiting(today: Today) -> Next | None:
    waiting = Invitation.objects.waiting().filter(
        school__in=today.coordinates, made_at__lt=today.at - INVITATION_WAITS
    )
    rows = list(waiting.values_list("school", "name").order_by("made_at"))
    return (
        Next(
            label=_("Longer than a week"),
            title=ngettext("%(n)s invitation is waiting", "%(n)s invitations are waiting", len(rows))
            % {"n": len(rows)},
            text=", ".join(name for _school, name in rows[:SHOWN]),
            url=reverse("colleagues", args=[rows[0][0]]),
            action=_("To the colleagues"),
        )
        if rows
        else None
    )


def first_group_to_make(today: Today) -> Next | None:
    school = today.without_group(today.coordinates)
    if school is None:
        return None
    return Next(
        label=_("To start with"),
        title=_("%(school)s has no POP-group yet") % {"school": school.name},
        text=_("Choose 4 to 8 colleagues; it takes five minutes."),
        url=reverse("new_group", args=[school.pk]),
        action=_("Make the first group"),
    )


# -- as director -------------------------------------------------------------------------------------------


def no_group_in_my_school(today: Today) -> Next | None:
    school = today.without_group(today.directs)
    if school is None:
        return None
    return Next(
        label=_("To start with"),
        title=_("%(school)s has no POP-group yet") % {"school": school.name},
        text=_(
            "A coordinator makes the groups. Ask a colleague who likes to, and invite them as coordinator."
        ),
        url=reverse("colleagues", args=[school.pk]),
        action=_("To the colleagues"),
    )


AS_COLLEAGUE: list[Ask] = [
    meeting_soon,
    agreement_to_accept,
    newcomer_to_welcome,
    group_plan_to_answer,
    plan_to_look_back_on,
    school_agreement_to_accept,
    first_visit,
    later_date,
]
AS_COORDINATOR: list[Ask] = [
    meeting_without_place,
    plan_to_publish,
    to_settle_as_coordinator,
    group_of_unusual_size,
    invitations_waiting,
    first_group_to_make,
    agreement_to_look_back_on,
]
AS_DIRECTOR: list[Ask] = [
    plan_waits,
    no_group_in_my_school,
    to_settle_as_director,
    consent_missing,
    look_back_as_director,
]
