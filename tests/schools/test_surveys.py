"""Waves of the survey: planned, sent to everybody alike, answered once a link, closed, and stopped by the PMR."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from coaching.lib.states import MoveRefused, StaleMove
from schools import surveys
from schools.consents import make_link, withdraw
from schools.models import (
    BoardDirector,
    Consent,
    ConsentKind,
    Membership,
    OutgoingMail,
    Role,
    SurveyCount,
    SurveyLink,
    SurveyWave,
    WaveState,
)
from schools.survey_links import PLACE, by_token
from schools.survey_results import Told, outcome_of, outcome_of_board, together
from tests.people import Cast, make_person
from tests.schools.survey import DAY, KEYS, agreed, answer, open_now, people_asked, token_of

pytestmark = pytest.mark.usefixtures("house_mail")
# All but the director and the outside consultant.
STAFF = ["noor", "samir", "tom", "lieke", "esra", "late", "gone", "ilse", "karin"]


@pytest.fixture
def wave(cast: Cast) -> SurveyWave:
    agreed(cast.zandplaat)
    return open_now(cast.zandplaat)


def counts(wave: SurveyWave, item: str = "pride.strengths") -> list[int]:
    return surveys.counts_of([wave])[wave.pk, item]


# -- planning ----------------------------------------------------------------------------------------------


def test_everybody_who_works_there_is_asked_once_by_mail(cast: Cast, wave: SurveyWave) -> None:
    assert {person.pk for person in people_asked(wave)} == {getattr(cast, name).pk for name in STAFF}
    assert (wave.state, wave.asked, wave.links.count()) == (WaveState.OPEN, 9, 9)
    mails = OutgoingMail.objects.filter(survey=wave)
    assert {mail.person_id for mail in mails} == {getattr(cast, name).pk for name in STAFF}
    assert all(mail.body.count(PLACE) == 1 and "De Zandplaat" in mail.subject for mail in mails)
    assert SurveyCount.objects.filter(wave=wave).count() == len(KEYS) * 6


def test_a_wave_planned_ahead_opens_and_closes_by_itself(cast: Cast) -> None:
    agreed(cast.zandplaat)
    now, today = timezone.now(), timezone.localdate()
    wave = surveys.plan(cast.zandplaat, "end", today + 5 * DAY, today + 9 * DAY, now)
    assert wave.state == WaveState.PLANNED and not SurveyLink.objects.exists()
    assert surveys.turn_the_page(now + 4 * DAY) == (0, 0)
    assert surveys.turn_the_page(now + 5 * DAY) == (0, 1) and SurveyLink.objects.count() == 9
    assert surveys.turn_the_page(now + 9 * DAY) == (0, 0)
    assert surveys.turn_the_page(now + 10 * DAY) == (1, 0) and not SurveyLink.objects.exists()
    wave.refresh_from_db()
    assert (wave.state, wave.salt) == (WaveState.CLOSED, "")


def test_what_can_not_be_planned(cast: Cast) -> None:
    now, today = timezone.now(), timezone.localdate()

    def refused(first: int, last: int, words: str) -> None:
        with pytest.raises(MoveRefused, match=words):
            surveys.plan(cast.zandplaat, "end", today + first * DAY, today + last * DAY, now)
        assert SurveyWave.objects.count() == before

    before = 0
    refused(0, 9, "PMR")
    agreed(cast.zandplaat)
    refused(-1, 9, "eerste dag")
    refused(0, 1, "3 tot")
    refused(0, 42, "42")
    surveys.plan(cast.zandplaat, "middle", today + 60 * DAY, today + 70 * DAY, now)
    before = 1
    for first, last in ((0, 5), (5, 10), (60, 70), (71, 80), (125, 130)):
        refused(first, last, "acht weken")
    surveys.plan(cast.zandplaat, "end", today + 126 * DAY, today + 130 * DAY, now)
    Membership.objects.exclude(person__in=[cast.noor, cast.tom, cast.karin, cast.esra]).delete()
    before = 2
    refused(0, 3, "Minder dan vijf")


def test_without_consent_on_the_day_nothing_opens_and_in_the_end_it_goes(cast: Cast) -> None:
    agreed(cast.zandplaat)
    now, today = timezone.now(), timezone.localdate()
    surveys.plan(cast.zandplaat, "end", today + 5 * DAY, today + 9 * DAY, now)
    Consent.objects.filter(kind=ConsentKind.SURVEYS).delete()
    assert surveys.turn_the_page(now + 6 * DAY) == (0, 0) and not OutgoingMail.objects.exists()
    surveys.turn_the_page(now + 10 * DAY)
    assert not SurveyWave.objects.exists()


def test_too_few_people_on_the_day_hold_up_no_other_school(cast: Cast) -> None:
    now, today = timezone.now(), timezone.localdate()
    agreed(cast.zandplaat)
    agreed(cast.duin)
    for number in range(5):
        make_person(f"Duin {number}", cast.duin)
    for school in (cast.zandplaat, cast.duin):
        surveys.plan(school, "end", today + 5 * DAY, today + 9 * DAY, now)
    Membership.objects.filter(school=cast.zandplaat).update(valid_until=today)
    assert surveys.turn_the_page(now + 5 * DAY) == (0, 1)
    assert SurveyWave.objects.get(state=WaveState.OPEN).school == cast.duin


def test_what_is_planned_can_be_dropped_and_what_is_open_can_not(cast: Cast, wave: SurveyWave) -> None:
    later = surveys.plan(
        cast.zandplaat, "end", wave.closes + 60 * DAY, wave.closes + 70 * DAY, timezone.now()
    )
    surveys.drop(later)
    assert SurveyWave.objects.get() == wave
    with pytest.raises(StaleMove):
        surveys.drop(wave)


# -- reminding ---------------------------------------------------------------------------------------------


def test_a_reminder_goes_to_everybody_alike(cast: Cast, wave: SurveyWave) -> None:
    answer(wave, cast.noor, 4)
    later = timezone.now() + 3 * DAY
    Membership.objects.filter(person=cast.ilse).update(valid_until=timezone.localdate())
    make_person("Net Begonnen", cast.zandplaat, since=timezone.localdate() + DAY)
    surveys.remind(wave, later)
    again = OutgoingMail.objects.filter(key__startswith=f"survey/{wave.pk}/1/")
    assert {mail.person_id for mail in again} == {getattr(cast, n).pk for n in STAFF if n != "ilse"}
    assert len({mail.body.replace(mail.person.first_name, "") for mail in again if mail.person}) == 1
    assert all("weet niemand wie" in mail.body or "niemand weet wie" in mail.body for mail in again)


def test_when_nobody_is_reminded(cast: Cast, wave: SurveyWave) -> None:
    now = timezone.now()
    with pytest.raises(MoveRefused, match="drie dagen"):
        surveys.remind(wave, now + 2 * DAY)
    stale = SurveyWave.objects.get(pk=wave.pk)
    surveys.remind(wave, now + 3 * DAY)
    with pytest.raises(StaleMove):
        surveys.remind(stale, now + 3 * DAY)
    with pytest.raises(MoveRefused, match="drie dagen"):
        surveys.remind(wave, now + 5 * DAY)
    surveys.remind(wave, now + 6 * DAY)
    with pytest.raises(MoveRefused, match="twee keer"):
        surveys.remind(wave, now + 9 * DAY)
    with pytest.raises(MoveRefused, match="gesloten"):
        surveys.remind(wave, now + 15 * DAY)


# -- answering ---------------------------------------------------------------------------------------------


def test_an_answer_is_added_and_the_link_is_gone(cast: Cast, wave: SurveyWave) -> None:
    link = by_token(token_of(wave, cast.noor))
    assert link is not None
    surveys.answer(link, {"pride.strengths": 5, "joy.energy": 1}, timezone.now())
    assert counts(wave) == [0, 0, 0, 0, 0, 1] and counts(wave, "joy.energy") == [0, 1, 0, 0, 0, 0]
    assert counts(wave, "own.career") == [1, 0, 0, 0, 0, 0], "left open: would rather not say"
    assert wave.links.count() == 8 and by_token(token_of(wave, cast.noor)) is None
    with pytest.raises(StaleMove):
        surveys.answer(link, dict.fromkeys(KEYS, 1), timezone.now())
    assert counts(wave) == [0, 0, 0, 0, 0, 1], "sent twice is counted once"


@pytest.mark.parametrize("why", ["past", "closed", "no consent"])
def test_what_is_over_takes_no_answer(cast: Cast, wave: SurveyWave, why: str) -> None:
    link, token, at = by_token(token_of(wave, cast.noor)), token_of(wave, cast.noor), timezone.now()
    assert link is not None
    if why == "past":
        SurveyWave.objects.update(opens=timezone.localdate() - 9 * DAY, closes=timezone.localdate() - DAY)
    elif why == "closed":
        surveys.close(wave, at)
    else:
        Consent.objects.filter(kind=ConsentKind.SURVEYS).update(revoked_at=at)
    assert by_token(token) is None
    with pytest.raises(StaleMove):
        surveys.answer(link, dict.fromkeys(KEYS, 1), at)
    assert sum(counts(wave)) == 0


def test_who_is_asked(cast: Cast, wave: SurveyWave) -> None:
    today = timezone.localdate()
    new = make_person("Net Begonnen", cast.zandplaat, since=today + DAY)
    asked = {
        n: surveys.asks(wave, getattr(cast, n), today) for n in ("noor", "karin", "hanneke", "olaf", "vera")
    }
    assert asked == {"noor": True, "karin": True, "hanneke": False, "olaf": False, "vera": False}
    assert not surveys.asks(wave, new, today + DAY), "came after it opened"


# -- closing -----------------------------------------------------------------------------------------------


def test_a_closed_wave_shows_what_may_be_shown_and_nothing_before(cast: Cast, wave: SurveyWave) -> None:
    for name, value in zip(STAFF, (5, 4, 4, 3, 2, 4), strict=False):
        answer(wave, getattr(cast, name), value, pride_strengths=4, own_steps=0)
    assert not outcome_of(cast.zandplaat).rounds
    surveys.close(wave, timezone.now())
    (only,) = outcome_of(cast.zandplaat).rounds
    assert only.people == 6 and only.shown["joy.energy"] == (0, 0, 1, 1, 3, 1)
    assert {"pride.strengths", "own.steps"}.isdisjoint(only.shown), "all the same; too few"
    assert len(only.shown) == len(KEYS) - 2
    assert outcome_of(cast.zandplaat).lines[0].averages == [dec("3.7")]
    with pytest.raises(MoveRefused):
        surveys.close(wave, timezone.now())


def dec(text: str) -> Decimal:
    return Decimal(text)


def test_fewer_than_five_people_show_nothing_not_even_how_many(cast: Cast, wave: SurveyWave) -> None:
    for name, value in zip(STAFF, (5, 4, 3, 1), strict=False):
        answer(wave, getattr(cast, name), value)
    surveys.close(wave, timezone.now())
    (only,) = outcome_of(cast.zandplaat).rounds
    assert (only.people, only.shown) == (None, {})


def rounds_at(cast: Cast, first: list[int], second: list[int]) -> list[set[str]]:
    """Two waves a hundred days apart; which items each shows."""
    start = timezone.now() - dt.timedelta(days=200)
    for kind, at, values in (("baseline", start, first), ("end", start + 100 * DAY, second)):
        with time_machine.travel(at, tick=False):
            wave = open_now(cast.zandplaat, kind, at=at)
            for person, value in zip(people_asked(wave), values, strict=False):
                answer(wave, person, value, at=at)
            surveys.close(wave, at + DAY)
    return [set(each.shown) for each in outcome_of(cast.zandplaat).rounds]


@pytest.mark.parametrize(
    ("second", "shown"),
    [
        ([5, 5, 4, 4, 3, 3, 1], False),  # one more
        ([5, 5, 4, 4, 3], False),  # one less
        ([5, 5, 4, 4, 3, 2], False),  # one other
        ([5, 5, 4, 4, 3, 3], False),  # the same
        ([4, 4, 4, 4, 4, 3, 2, 2], True),
    ],
)
def test_a_wave_that_differs_by_one_person_is_held_back(cast: Cast, second: list[int], shown: bool) -> None:
    agreed(cast.zandplaat)
    assert rounds_at(cast, [5, 5, 4, 4, 3, 3], second) == [set(KEYS), set(KEYS) if shown else set()]


def test_the_pmr_takes_consent_back_and_all_is_closed_and_hidden_at_once(cast: Cast) -> None:
    agreed(cast.zandplaat)
    assert rounds_at(cast, [5, 5, 4, 4, 3, 3], [4, 4, 4, 4, 4, 3, 2, 2])[0]
    wave = open_now(cast.zandplaat, "later")
    later = surveys.plan(
        cast.zandplaat, "end", wave.closes + 60 * DAY, wave.closes + 70 * DAY, timezone.now()
    )
    link, _token = make_link(cast.zandplaat, "Ilse Bakker", cast.ilse.email, cast.karin, timezone.now())
    withdraw(link, ConsentKind.SURVEYS, timezone.now())
    wave.refresh_from_db()
    assert (wave.state, wave.salt) == (WaveState.CLOSED, "") and not SurveyLink.objects.exists()
    assert not SurveyWave.objects.filter(pk=later.pk).exists()
    assert not outcome_of(cast.zandplaat).rounds
    agreed(cast.zandplaat)
    assert len(outcome_of(cast.zandplaat).rounds) == 3


def test_two_years_on_only_what_is_shown_is_left(cast: Cast) -> None:
    agreed(cast.zandplaat)
    rounds_at(cast, [5, 5, 4, 4, 3, 3], [5, 5, 4, 4, 3])
    assert surveys.forget_held_back(timezone.now() + dt.timedelta(days=600)) == 0
    assert surveys.forget_held_back(timezone.now() + dt.timedelta(days=700)) == len(KEYS) * 6
    assert not SurveyCount.objects.filter(shown=False).exists()
    assert [len(each.shown) for each in outcome_of(cast.zandplaat).rounds] == [len(KEYS), 0]


# -- a board -----------------------------------------------------------------------------------------------


def test_a_board_adds_up_what_two_schools_show_and_nothing_else(cast: Cast) -> None:
    """The sum is reckoned from the pages of the schools alone: no difference tells more than those."""
    third = type(cast.duin).objects.create(name="De Kreek", board=cast.board)
    for school, others in ((cast.duin, (5, 4, 3, 3, 2, 2)), (third, (4, 4, 4))):
        for number in range(6):
            make_person(f"{school.name} {number}", school)
        agreed(school)
        wave = open_now(school)
        for person, value in zip(people_asked(wave), others, strict=False):
            answer(wave, person, value, joy_energy=4)
        surveys.close(wave, timezone.now())
    assert not outcome_of_board(cast.board).rounds, "one school that shows something, and one that does not"
    agreed(cast.zandplaat)
    wave = open_now(cast.zandplaat)
    for person, value in zip(people_asked(wave), (1, 2, 3, 4, 5), strict=False):
        answer(wave, person, value)
    surveys.close(wave, timezone.now())
    (both,) = outcome_of_board(cast.board).rounds
    pages = [outcome_of(school).rounds[0] for school in (cast.duin, cast.zandplaat, third)]
    assert both.people == 11 and both.schools == 2
    for key in KEYS:
        parts = [page.shown[key] for page in pages if key in page.shown]
        assert both.shown.get(key) == (tuple(map(sum, zip(*parts, strict=True))) if len(parts) > 1 else None)
    assert "joy.energy" not in both.shown and both.shown["joy.backed"] == (0, 1, 3, 3, 2, 2)
    assert all(each == together([page.told[key] for page in pages[:2]]) for key, each in both.told.items())
    assert both.told["joy.backed"] == Told(11, average=dec("3.1")), "of 3.2 by six and 3.0 by five"
    Consent.objects.filter(school=cast.duin).update(revoked_at=timezone.now())
    assert not outcome_of_board(cast.board).rounds


def test_a_director_who_also_teaches_and_a_board_director_are_not_asked(cast: Cast) -> None:
    agreed(cast.zandplaat)
    both = make_person("Dina Dubbel", cast.zandplaat, Role.TEACHER, Role.DIRECTOR)
    BoardDirector.objects.create(board=cast.board, person=both)
    assert both not in people_asked(open_now(cast.zandplaat))


def test_schools_are_added_up_as_their_pages_show_it() -> None:
    split, average = Told(6, (0, 3, 3)), Told(5, average=dec("3.0"))
    assert together([split, Told(9, (3, 3, 3)), average]) == Told(15, (3, 6, 6))
    assert together([average, split, Told(10, average=dec("4.5"))]) == Told(15, average=dec("4.0"))
    assert together([split, average]) is None and together([split]) is None and together([]) is None
