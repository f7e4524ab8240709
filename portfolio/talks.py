"""The talk cycle: a date by both, the version of the POP on the table, and agreements that both say yes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove
from coaching.lib.turnstile import seconds_to_wait
from schools.models import Membership, Role, RoleHeld, User
from schools.models.people import in_force

from .models import (
    PlanVersion,
    Share,
    Talk,
    TalkMove,
    TalkPreparation,
    TalkState,
    TalkVerb,
    TalkYes,
    rewrite,
)
from .pop import pop_of
from .sharing import colleagues_of, leads
from .talk_notices import event_of, tell_cancelled, tell_moved, tell_planned, tell_proposed, tell_rewritten

TIMES, SECONDS = 30, 3600  # of one person, each with a mail or two
MOST_TEXT = 8_000  # characters of the agreements of a POP (coaching.lib.forms.LONG_TEXT)


@dataclass(frozen=True)
class Slot:
    """When and where a talk is to be."""

    starts_at: dt.datetime
    minutes: int
    place: str = ""


# -- who with whom -----------------------------------------------------------------------------------------


def led_colleagues(leader: User, day: dt.date) -> QuerySet[User]:
    """With whom ``leader`` may have talks: colleagues they lead, each with ``school``."""
    led = Membership.objects.led_by(leader, day)
    return colleagues_of(leader, day).filter(pk__in=led.values("person"))


def leaders_of(person: User, day: dt.date) -> QuerySet[User]:
    """Who directs a school where ``person`` works, each with ``school``."""
    places = Membership.objects.current(day).filter(person=person)
    roles = RoleHeld.objects.filter(
        in_force(day, "membership__"), role=Role.DIRECTOR, membership__school__in=places.values("school")
    )
    return colleagues_of(person, day).filter(pk__in=roles.values("membership__person"))


# -- the date ----------------------------------------------------------------------------------------------


def propose(by: User, other: User, kind: str, slot: Slot, at: dt.datetime) -> Talk:
    """A date for a talk of ``by`` and ``other``, for ``other`` to say yes to; MoveRefused where neither leads."""
    day = timezone.localdate(at)
    by_leader = leads(by, other.pk, day)
    person, leader = (other, by) if by_leader else (by, other)
    if not by_leader and not leads(other, by.pk, day):
        raise MoveRefused(_("A talk is of somebody and who leads them."))
    with transaction.atomic():
        talk = Talk.objects.create(
            person=person,
            leader=leader,
            kind=kind,
            starts_at=slot.starts_at,
            minutes=slot.minutes,
            place=slot.place,
            proposed_by=by,
            changed_at=at,
        )
        TalkMove.objects.create(talk=talk, by=by, at=at, verb=TalkVerb.PROPOSED, starts_at=slot.starts_at)
        tell_proposed(talk, by, at)
    return talk


def propose_round(leader: User, kind: str, slots: Iterable[tuple[User, Slot]], at: dt.datetime) -> list[Talk]:
    """A date for each, with a mail to each; all or none. Raises MoveRefused."""
    with transaction.atomic():
        return [propose(leader, person, kind, slot, at) for person, slot in slots]


def not_too_often(by: User, at: dt.datetime) -> None:
    """Raises MoveRefused; asked where somebody proposes a date on a screen."""
    if seconds_to_wait(f"talks:{by.pk}", at, times=TIMES, seconds=SECONDS):
        raise MoveRefused(_("That was much in one hour. Try again later."))


def accept(talk: Talk, by: User, seen: int, at: dt.datetime) -> None:
    """Yes to the date, by whoever did not propose it: both get it in their calendar. MoveRefused, StaleMove."""
    must_be_led(talk, at)
    if talk.proposed_by_id == by.pk:
        raise MoveRefused(_("You proposed this date yourself: the other says yes to it."))
    with transaction.atomic():
        talk.go(TalkState.PLANNED, TalkVerb.ACCEPTED, by, at, seen)
        tell_planned(talk, at)


def propose_another(talk: Talk, slot: Slot, by: User, seen: int, at: dt.datetime) -> None:
    """Another date in its place, for the other to say yes to. MoveRefused, StaleMove."""
    must_be_led(talk, at)
    was = event_of(talk) if talk.state == TalkState.PLANNED else None
    values = {"starts_at": slot.starts_at, "minutes": slot.minutes, "place": slot.place}
    with transaction.atomic():
        talk.go(TalkState.PROPOSED, TalkVerb.PROPOSED, by, at, seen, proposed_by=by, **values)
        if was:
            tell_moved(talk, by, was, at)
        else:
            tell_proposed(talk, by, at)


def hold(talk: Talk, by: User, seen: int, at: dt.datetime) -> None:
    """It has been held; not before it begins. MoveRefused, StaleMove."""
    must_be_led(talk, at)
    if talk.state == TalkState.PLANNED and talk.starts_at > at:
        raise MoveRefused(_("This talk has still to come."))
    talk.go(TalkState.HELD, TalkVerb.HELD, by, at, seen)


def cancel(talk: Talk, by: User, seen: int, at: dt.datetime) -> None:
    """It does not go on, and nobody has to say why. Also of who is led no more. MoveRefused, StaleMove."""
    was_planned = talk.state == TalkState.PLANNED
    with transaction.atomic():
        talk.go(TalkState.CANCELLED, TalkVerb.CANCELLED, by, at, seen)
        tell_cancelled(talk, by, at, was_planned=was_planned, led=is_led(talk, at))


def is_led(talk: Talk, at: dt.datetime) -> bool:
    return talk.leader is not None and leads(talk.leader, talk.person_id, timezone.localdate(at))


def must_be_led(talk: Talk, at: dt.datetime) -> None:
    """Raises MoveRefused once nobody leads any more: then the talk is its person's, to read."""
    if not is_led(talk, at):
        raise MoveRefused(_("You two have no talks any more; what was agreed stays yours to read."))


# -- on the table ------------------------------------------------------------------------------------------


def may_be_laid(talk: Talk) -> list[Share]:
    """What its person lets the leader read today, as their leader, of POPs: newest first."""
    if talk.leader is None:
        return []
    given = Share.objects.open_to(talk.leader).filter(owner=talk.person_id, as_leader=True)
    rows = given.filter(plan_version__isnull=False).select_related("plan_version__plan__year")
    return list(rows.defer("plan_version__content").order_by("-plan_version__made_at", "-pk"))


def on_table(talk: Talk, may: list[Share] | None = None) -> PlanVersion | None:
    """The version that lies there; what was taken back, or has ended, lies there no more."""
    rows = may_be_laid(talk) if may is None else may
    return next((share.plan_version for share in rows if share.pk == talk.on_table_id), None)


def lay_on_table(talk: Talk, given: Share | None) -> None:
    """``given``: one of ``may_be_laid``; None clears the table."""
    Talk.objects.filter(pk=talk.pk).update(on_table=given)
    talk.on_table = given


# -- what is agreed on -------------------------------------------------------------------------------------


def write_agreements(talk: Talk, text: str, seen: int, by: User, at: dt.datetime) -> None:
    """A changed text needs the yes of both again; what both had agreed on stays readable to the two.

    StaleMove: it was changed since ``seen``; MoveRefused.
    """
    must_be_led(talk, at)
    if not talk.can_be_written_in:
        raise MoveRefused(_("Agreements come once the date stands."))
    rows = Talk.objects.filter(pk=talk.pk, agreements_version=seen)
    if rows.filter(agreements=text).exists():
        return
    with transaction.atomic():
        before = hold_text(talk)
        if not rows.update(agreements=text, agreements_version=F("agreements_version") + 1):
            raise StaleMove
        keep_what_was_agreed(before, by, at)
        talk.yeses.all().delete()
    talk.refresh_from_db(fields=["agreements", "agreements_version"])


def hold_text(talk: Talk) -> Talk:
    """``talk`` as it is now; in the caller's transaction a yes and a change wait for each other."""
    return Talk.objects.select_for_update().get(pk=talk.pk)


def keep_what_was_agreed(talk: Talk, by: User, at: dt.datetime) -> None:
    """The text of ``talk`` that gives way, if both had said yes to it; the other gets a mail."""
    yeses = yeses_of(talk)
    if not is_agreed(talk, yeses):
        return
    said: dict[int | None, dt.datetime] = {yes.person_id: yes.at for yes in yeses}
    talk.agreed_before.create(
        text=talk.agreements,
        person_said_at=said[talk.person_id],
        leader_said_at=said[talk.leader_id],
        changed_by=by,
        changed_at=at,
    )
    tell_rewritten(talk, by, at)


def say_yes(talk: Talk, by: User, seen: int, at: dt.datetime) -> None:
    """ "That is it", to the text of version ``seen``; also to none, where there was one that both had agreed on.

    StaleMove when it reads otherwise by now; MoveRefused.
    """
    must_be_led(talk, at)
    with transaction.atomic():
        held = hold_text(talk)
        if held.agreements_version != seen or (not held.agreements and not held.agreed_before.exists()):
            raise StaleMove
        TalkYes.objects.update_or_create(talk=talk, person=by, defaults={"version": seen, "at": at})


def yeses_of(talk: Talk) -> list[TalkYes]:
    """Those that count: to the text as it is."""
    rows = talk.yeses.filter(version=talk.agreements_version).select_related("person")
    return list(rows.order_by("at", "pk"))


def is_agreed(talk: Talk, yeses: list[TalkYes]) -> bool:
    """Both said yes to this very text; it stays so when one of them is no longer known here."""
    said = {yes.person_id for yes in yeses}
    both = {talk.person_id, talk.leader_id} - {None}
    return bool(talk.agreements) and both <= said


def into_pop(talk: Talk, at: dt.datetime) -> None:
    """Add what both agreed on to the agreements of the person's own POP of this year. MoveRefused, StaleMove."""
    if not is_agreed(talk, yeses_of(talk)):
        raise MoveRefused(_("You two have not both said yes to this text yet."))
    plan = pop_of(talk.person, timezone.localdate(at))
    if plan is None:
        raise MoveRefused(_("You have no POP of this school year yet. Begin one, then take this over."))
    if talk.agreements in plan.agreements:
        raise MoveRefused(_("It stands in your POP already."))
    text = "\n".join(filter(None, [plan.agreements.strip(), *talk.lines]))
    if len(text) > MOST_TEXT:
        raise MoveRefused(_("The agreements in your POP would become too long. Shorten them first."))
    rewrite(plan, plan.version, agreements=text)


# -- for who is led alone ----------------------------------------------------------------------------------


def preparation_of(talk: Talk) -> TalkPreparation:
    """The one there is, or an empty one that is not saved."""
    found = TalkPreparation.objects.filter(talk=talk).first()
    return found or TalkPreparation(talk=talk, owner=talk.person, version=0)


def prepare(talk: Talk, text: str, seen: int) -> None:
    """``seen``: 0 when nothing was kept yet. StaleMove when it was saved elsewhere in the meantime."""
    if seen == 0:
        values = {"owner": talk.person, "text": text}
        _row, made = TalkPreparation.objects.get_or_create(talk=talk, defaults=values)
        kept = int(made)
    else:
        rows = TalkPreparation.objects.filter(talk=talk, version=seen)
        kept = rows.update(text=text, version=F("version") + 1)
    if not kept and TalkPreparation.objects.get(talk=talk).text != text:
        raise StaleMove


# -- a round -----------------------------------------------------------------------------------------------


def school_days(first: dt.date) -> Iterator[dt.date]:
    """``first`` and the days after it, without weekends."""
    day = first
    while True:
        if day.isoweekday() <= 5:
            yield day
        day += dt.timedelta(days=1)


def starts_of_day(start: dt.time, last: dt.time, every: int) -> list[dt.time]:
    """From ``start`` on, every so many minutes, none later than ``last``."""
    first, end = (each.hour * 60 + each.minute for each in (start, last))
    return [dt.time(*divmod(minute, 60)) for minute in range(first, max(first, end) + 1, every)]
