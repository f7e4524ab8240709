"""One link sent twice at one moment, an answer that comes as the survey closes: counted once, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone

from coaching.lib.states import StaleMove
from schools import surveys
from schools.models import SurveyCount, SurveyLink, SurveyWave
from schools.survey_links import by_token
from tests.people import Cast
from tests.schools.survey import KEYS, agreed, open_now, people_asked, token_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*deeds: Callable[[], None]) -> None:
    ready = threading.Barrier(len(deeds))

    def do(deed: Callable[[], None]) -> None:
        ready.wait()
        try:
            with suppress(StaleMove):
                deed()
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def people_counted() -> set[int]:
    return {sum(SurveyCount.objects.filter(item=key).values_list("people", flat=True)) for key in KEYS}


def giving(link: SurveyLink, value: int) -> Callable[[], None]:
    return lambda: surveys.answer(link, dict.fromkeys(KEYS, value), timezone.now())


def links_of(wave: SurveyWave) -> list[SurveyLink]:
    found = [by_token(token_of(wave, person)) for person in people_asked(wave)]
    return [link for link in found if link]


def test_of_one_link_sent_twice_one_counts(cast: Cast) -> None:
    agreed(cast.zandplaat)
    link = links_of(open_now(cast.zandplaat))[0]
    at_once(giving(link, 1), giving(link, 5))
    assert people_counted() == {1} and SurveyLink.objects.count() == 8


def test_everybody_at_once_and_all_are_counted(cast: Cast) -> None:
    agreed(cast.zandplaat)
    wave = open_now(cast.zandplaat)
    at_once(*(giving(link, 1 + number % 5) for number, link in enumerate(links_of(wave))))
    assert people_counted() == {9} and not SurveyLink.objects.exists()


def test_an_answer_at_the_moment_of_closing_is_in_or_out_as_a_whole(cast: Cast) -> None:
    agreed(cast.zandplaat)
    wave = open_now(cast.zandplaat)
    *first, last = links_of(wave)
    for number, link in enumerate(first):
        giving(link, 1 + number % 5)()
    at_once(giving(last, 3), lambda: surveys.close(SurveyWave.objects.get(pk=wave.pk), timezone.now()))
    assert people_counted() in ({8}, {9}) and not SurveyLink.objects.exists()
    assert SurveyCount.objects.filter(shown=True).count() == len(KEYS) * 6
