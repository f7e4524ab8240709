"""The outcome survey: planning a wave, asking everybody alike, one answer a link, closing.

Who answered is noted nowhere, so nothing here can ask for it.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coaching.lib.emptied_log import flush_erased
from coaching.lib.states import MoveRefused, StaleMove, move

from .models import (
    Membership,
    OutgoingMail,
    Role,
    School,
    SurveyCount,
    SurveyLink,
    SurveyWave,
    User,
    WaveState,
)
from .models.survey import MOVES
from .outbox import post
from .survey_items import NEWEST, NO_ANSWER, VALUES, keys_of
from .survey_links import PLACE, own_token
from .survey_rules import FEWEST, may_be_shown
from .tokens import hashed

SHORTEST_DAYS, LONGEST_DAYS = 3, 42
APART = dt.timedelta(days=56)  # nearer to each other, people would mostly give the same answers twice
REMINDERS, REMIND_EVERY = 2, dt.timedelta(days=3)
KEPT = dt.timedelta(days=730)  # counts that are not shown; safety-and-law.md gives raw answers two years
ASKED = (Role.TEACHER, Role.COORDINATOR)
NOT_ASKED = (Role.DIRECTOR, Role.CONSULTANT)


def staff_asked(school: School, day: dt.date) -> QuerySet[Membership]:
    """Who works at the school on ``day``; not whoever directs it, since they look at what comes out of it."""
    there = Membership.objects.current(day).filter(school=school, person__is_active=True)
    return there.filter(roles__role__in=ASKED).exclude(roles__role__in=NOT_ASKED).distinct()


def still_asked(wave: SurveyWave, day: dt.date) -> QuerySet[User]:
    """Who was asked when the wave opened and still works there on ``day``."""
    then, now = (staff_asked(wave.school, each).values("person") for each in (wave.opens, day))
    return User.objects.filter(pk__in=then).filter(pk__in=now).order_by("pk")


def asks(wave: SurveyWave, person: User, day: dt.date) -> bool:
    """Whether ``person`` is among those a running wave asks; not whether they answered, which nobody knows."""
    return wave.is_running(day) and still_asked(wave, day).filter(pk=person.pk).exists()


# -- planning ----------------------------------------------------------------------------------------------


def plan(school: School, kind: str, opens: dt.date, closes: dt.date, at: dt.datetime) -> SurveyWave:
    """A wave, opened at once when its day has come.

    Raises MoveRefused without the PMR's consent, with too few people to ask, or near another wave.
    """
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)  # two at one moment plan one after the other
        refuse_days(opens, closes, timezone.localdate(at))
        refuse_neighbours(school, opens, closes)
        wave = SurveyWave.objects.create(school=school, kind=kind, items=NEWEST, opens=opens, closes=closes)
        refuse_unasked(wave, opens)
        if opens <= timezone.localdate(at):
            open_wave(wave, at)
    return wave


def refuse_days(opens: dt.date, closes: dt.date, today: dt.date) -> None:
    if opens < today:
        raise MoveRefused(_("The first day is over already. Choose today or later."))
    if not SHORTEST_DAYS <= (closes - opens).days + 1 <= LONGEST_DAYS:
        raise MoveRefused(
            _("Let it be open for %(least)s to %(most)s days.")
            % {"least": SHORTEST_DAYS, "most": LONGEST_DAYS}
        )


def refuse_neighbours(school: School, opens: dt.date, closes: dt.date) -> None:
    for other in school.survey_waves.all():
        end = timezone.localdate(other.closed_at) if other.closed_at else other.closes
        if opens < end + APART and other.opens < closes + APART:
            raise MoveRefused(
                _("There is another survey less than eight weeks away. Choose a later day: answers so near to "
                  "each other could give away who came or went.")
            )  # fmt: skip


def refuse_unasked(wave: SurveyWave, day: dt.date) -> None:
    if not SurveyWave.objects.agreed().filter(pk=wave.pk).exists():
        raise MoveRefused(_("Surveys are off until the PMR has agreed."))
    if staff_asked(wave.school, day).count() < FEWEST:
        raise MoveRefused(_("Fewer than five people would be asked. Then nothing could ever be shown."))


def drop(wave: SurveyWave) -> None:
    """Raises StaleMove when it has opened meanwhile."""
    if not SurveyWave.objects.filter(pk=wave.pk, state=WaveState.PLANNED).delete()[0]:
        raise StaleMove(_("This survey is no longer waiting to open."))


# -- asking ------------------------------------------------------------------------------------------------


def open_wave(wave: SurveyWave, at: dt.datetime) -> None:
    """Make a link for everybody, in no order, the counts to add to, and the mails.

    Raises MoveRefused without the PMR's consent or with too few people, StaleMove when it is open already.
    """
    day = timezone.localdate(at)
    with transaction.atomic():
        refuse_unasked(wave, day)
        people = list(
            User.objects.filter(pk__in=staff_asked(wave.school, day).values("person")).order_by("pk")
        )
        move(wave, MOVES, WaveState.OPEN, opens=day, asked=len(people), salt=secrets.token_hex(32))
        hashes = sorted(hashed(own_token(wave, person.pk)) for person in people)
        SurveyLink.objects.bulk_create(SurveyLink(token_hash=each, wave=wave) for each in hashes)
        SurveyCount.objects.bulk_create(
            SurveyCount(wave=wave, item=key, value=value) for key in keys_of(wave.items) for value in VALUES
        )
        ask(wave, people, at)


def ask(wave: SurveyWave, people: Iterable[User], at: dt.datetime) -> None:
    post(mail_for(wave, person, at) for person in people)


def mail_for(wave: SurveyWave, person: User, at: dt.datetime) -> OutgoingMail:
    """Its text has no link yet: that comes in as the mail leaves (see OutgoingMail.survey)."""
    with translation.override(person.language):
        words = {"school": wave.school.name}
        first = wave.reminders == 0
        subject = _("Short survey of %(school)s") if first else _("Reminder: short survey of %(school)s")
        context = {"person": person, "wave": wave, "place": PLACE, "first": first}
        body = render_to_string("schools/mail/survey.txt", context)
    return OutgoingMail(
        to=person.email, person=person, school=wave.school, survey=wave, subject=subject % words, body=body,
        key=f"survey/{wave.pk}/{wave.reminders}/{person.pk}", made_at=at, try_again_at=at,
    )  # fmt: skip


def remind(wave: SurveyWave, at: dt.datetime) -> None:
    """To everybody alike: nobody knows who answered.

    Raises MoveRefused when it is closed, was done a few days ago, or often enough; StaleMove when just done.
    """
    day = timezone.localdate(at)
    if not wave.is_running(day):
        raise MoveRefused(over())
    if wave.reminders >= REMINDERS:
        raise MoveRefused(_("Everybody was reminded twice. Leave it at that."))
    if day < (wave.reminded_on or wave.opens) + REMIND_EVERY:
        raise MoveRefused(_("Everybody had a mail less than three days ago. Give them some time."))
    with transaction.atomic():
        rows = SurveyWave.objects.filter(pk=wave.pk, state=WaveState.OPEN, reminders=wave.reminders)
        if not rows.update(reminders=F("reminders") + 1, reminded_on=day):
            raise StaleMove(_("Somebody did this a moment ago."))
        wave.refresh_from_db()
        ask(wave, still_asked(wave, day), at)


def over() -> str:
    return _("This survey is closed.")


# -- answering ---------------------------------------------------------------------------------------------


def answer(link: SurveyLink, values: Mapping[str, int], at: dt.datetime) -> None:
    """Add ``values`` (by key of the item, 1 to 5; what is missing counts as rather not) to the counts.

    Erasing the link decides: of two at one moment, one counts. Raises StaleMove when the link was used or the
    wave closed; then nothing was added.
    """
    with transaction.atomic():
        wave = SurveyWave.objects.select_for_update().get(
            pk=link.wave_id
        )  # closing waits for this, or the reverse
        erased = (
            SurveyLink.objects.filter(pk=link.pk).delete()[0]
            if wave.is_running(timezone.localdate(at))
            else 0
        )
        if not erased:
            raise StaleMove(over())
        given = Q()
        for key in keys_of(wave.items):
            given |= Q(item=key, value=values.get(key, NO_ANSWER))
        # Every row is written, also those that stay as they are: PostgreSQL, and so a back-up, has rows in the
        # order of their last change, and its newest ones would be the answers of whoever was last.
        one_more = Case(When(given, then=1), default=0)
        SurveyCount.objects.filter(wave=wave).update(people=F("people") + one_more)


# -- closing -----------------------------------------------------------------------------------------------


def close(wave: SurveyWave, at: dt.datetime) -> None:
    """No link works any more, nobody can make one anew, and what may be shown is settled for good.

    The log of the database goes too: it has who was next, answer by answer, as long as it is not emptied.

    Raises MoveRefused or StaleMove when it is not open.
    """
    with transaction.atomic():
        move(wave, MOVES, WaveState.CLOSED, closed_at=at, salt="")
        SurveyLink.objects.filter(wave=wave).delete()
        before = counts_of(wave.school.survey_waves.filter(state=WaveState.CLOSED).exclude(pk=wave.pk))
        shown = [
            item
            for (_wave, item), counts in counts_of([wave]).items()
            if may_be_shown(counts, [each for (_then, key), each in before.items() if key == item])
        ]
        SurveyCount.objects.filter(wave=wave, item__in=shown).update(shown=True)
    flush_erased()


def counts_of(waves: Iterable[SurveyWave] | QuerySet[SurveyWave]) -> dict[tuple[int, str], list[int]]:
    """Six numbers for each wave and item, as schools.survey_rules reads them; what was erased is not there."""
    found: dict[tuple[int, str], list[int]] = {}
    for row in SurveyCount.objects.filter(wave__in=waves):
        found.setdefault((row.wave_id, row.item), [0] * len(VALUES))[row.value] = row.people
    return found


def turn_the_page(at: dt.datetime) -> tuple[int, int]:
    """Close what is past its last day and open what is due; how many of each. Meant to run every hour."""
    day = timezone.localdate(at)
    late = list(SurveyWave.objects.filter(state=WaveState.OPEN, closes__lt=day).select_related("school"))
    for wave in late:
        close(wave, at)
    waiting = SurveyWave.objects.filter(state=WaveState.PLANNED)
    waiting.filter(closes__lt=day).delete()  # the PMR did not agree in time
    opened = 0
    for wave in waiting.agreed().filter(opens__lte=day).select_related("school"):
        opened += opens_now(wave, at)
    return len(late), opened


def opens_now(wave: SurveyWave, at: dt.datetime) -> bool:
    try:
        open_wave(wave, at)
    except (MoveRefused, StaleMove):
        return False  # too few people by now, or another run was first: the others still open
    return True


def stop_at(school: School, at: dt.datetime) -> None:
    """The PMR takes its consent back: what is open closes at once, what is planned goes."""
    for wave in school.survey_waves.filter(state=WaveState.OPEN):
        close(wave, at)
    school.survey_waves.filter(state=WaveState.PLANNED).delete()


def forget_held_back(at: dt.datetime) -> int:
    """Erase counts that were never shown; what is shown stays. Returns how many counts."""
    old = SurveyCount.objects.filter(
        shown=False, wave__state=WaveState.CLOSED, wave__closed_at__lte=at - KEPT
    )
    return old.delete()[0]
