"""Nobody with the whole database in hand finds who answered what, or that somebody did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools import surveys
from schools.models import OutgoingMail, SurveyCount, SurveyLink, SurveyWave
from schools.outbox import deliver
from schools.survey_links import PLACE, own_token, text_of
from tests.people import Cast
from tests.schools.screens import as_
from tests.schools.survey import DAY, KEYS, agreed, answer, open_now, people_asked, token_of
from tests.schools.test_outbox import Server, server

pytestmark = pytest.mark.usefixtures("house_mail")
__all__ = ["server"]
LINKS, COUNTS = "schools_surveylink", "schools_surveycount"
SURVEY = {SurveyWave, SurveyLink, SurveyCount}


@pytest.fixture
def wave(cast: Cast) -> SurveyWave:
    agreed(cast.zandplaat)
    return open_now(cast.zandplaat)


def tables() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, in the order in which the database has them."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchall()
    return found


def differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {table for table in before if sorted(map(repr, before[table])) != sorted(map(repr, after[table]))}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_answering_changes_two_tables_and_names_nobody(cast: Cast, wave: SurveyWave) -> None:
    """Also for whoever is logged in, comes from the site, changes the language and reads the thanks."""
    browser, start = as_(cast.tom), tables()
    page = reverse("answer_survey", args=[token_of(wave, cast.tom)])
    assert browser.post(reverse("my_survey", args=[wave.pk]))["Location"] == page
    assert not differing(start, tables()), "not even that somebody pressed the button"
    before = tables()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=45), tick=False):
        assert browser.get(page).status_code == 200
        browser.post(page, {"switch": "en", "pride.strengths": "4"})
        done = browser.post(page, dict.fromkeys(KEYS, "4"))
        assert browser.get(done["Location"]).status_code == 200
    after = tables()
    assert differing(before, after) == {LINKS, COUNTS}
    (gone,) = set(before[LINKS]) - set(after[LINKS])
    assert len(after[LINKS]) == len(before[LINKS]) - 1 and len(gone) == 2
    assert len(after[COUNTS]) == len(before[COUNTS])


def test_the_database_is_the_same_whoever_answered(cast: Cast, wave: SurveyWave) -> None:
    """But for the hash that is gone while it runs; once closed, not even that."""
    at, seen = timezone.now(), []
    for person in (cast.noor, cast.tom, cast.karin):
        with undone():
            answer(wave, person, 5, at=at)
            running = tables()
            surveys.close(wave, at)
            seen.append((running, tables()))
            wave.refresh_from_db()
        wave.refresh_from_db()
    for running, closed in seen[1:]:
        assert differing(running, seen[0][0]) == {LINKS}
        assert not differing(closed, seen[0][1])


def test_links_lie_in_the_order_of_their_hashes_and_hold_nothing_else(cast: Cast, wave: SurveyWave) -> None:
    rows = tables()[LINKS]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows) and {row[1] for row in rows} == {
        wave.pk
    }


@pytest.mark.postgresql
def test_the_order_of_the_counts_tells_nothing_of_the_last_answer(cast: Cast, wave: SurveyWave) -> None:
    """All are written by each answer; a dump has them in the order in which they were."""
    for person, value in ((cast.noor, 2), (cast.tom, 5)):
        answer(wave, person, value)
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT xmin::text FROM schools_surveycount")
            assert len(cursor.fetchall()) == 1
            cursor.execute("SELECT id FROM schools_surveycount ORDER BY ctid")
            assert [row[0] for row in cursor.fetchall()] == sorted(
                SurveyCount.objects.values_list("pk", flat=True)
            )


def test_no_row_of_a_survey_leads_to_a_person_or_says_when(cast: Cast) -> None:
    people = {model for model in apps.get_models() if leads_to_people(model)}
    assert not SURVEY & people and OutgoingMail in people
    for model in (SurveyLink, SurveyCount):
        kinds = {type(field) for field in model._meta.get_fields()}
        assert not kinds & {models.DateField, models.DateTimeField, models.TimeField, models.JSONField}


def leads_to_people(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    keys = [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]
    to = {field.related_model for field in keys} - seen
    return model.__name__ == "User" or any(leads_to_people(each, seen | {model}) for each in to)


# -- mail --------------------------------------------------------------------------------------------------


def tokens_of(wave: SurveyWave) -> list[str]:
    return [token_of(wave, person) for person in people_asked(wave)]


def test_no_link_stands_in_the_outbox_before_or_after_it_was_sent(
    cast: Cast, wave: SurveyWave, server: type[Server]
) -> None:
    tokens = tokens_of(wave)
    assert len(set(tokens)) == 9 and not [token for token in tokens if token in repr(tables())]
    server.trouble = {cast.noor.email: TimeoutError()}
    assert deliver(timezone.now()) == 8
    sent = {mail["To"]: mail.get_payload(decode=True).decode() for mail in server.taken}  # type: ignore[union-attr]
    assert token_of(wave, cast.tom) in sent[cast.tom.email] and PLACE not in sent[cast.tom.email]
    assert not [token for token in tokens if token in repr(tables())]
    waiting = OutgoingMail.objects.get(survey=wave, person=cast.noor)
    assert PLACE in waiting.body and token_of(wave, cast.noor) in text_of(waiting)
    assert not OutgoingMail.objects.filter(survey=wave, sent_at__isnull=False).exclude(body="").exists()


def test_the_mail_the_reminder_and_the_site_give_one_and_the_same_link(
    cast: Cast, wave: SurveyWave, server: type[Server]
) -> None:
    later = timezone.now() + 3 * DAY
    surveys.remind(wave, later)
    deliver(later)
    mine = [mail.get_payload(decode=True).decode() for mail in server.taken if mail["To"] == cast.tom.email]  # type: ignore[union-attr]
    assert len(mine) == 2 and all(token_of(wave, cast.tom) in text for text in mine)
    assert token_of(wave, cast.tom) in as_(cast.tom).post(reverse("my_survey", args=[wave.pk]))["Location"]


def test_a_mail_for_a_survey_that_is_over_is_dropped_and_asks_for_nobodys_attention(
    cast: Cast, wave: SurveyWave, server: type[Server]
) -> None:
    at = timezone.now()
    surveys.close(wave, at)
    assert deliver(at) == 0 and not server.taken
    rows = OutgoingMail.objects.filter(survey=wave)
    assert set(rows.values_list("body", flat=True)) == {""} and not rows.stuck(at + DAY).exists()


def test_a_closed_wave_makes_no_link_any_more_and_each_wave_has_its_own(cast: Cast, wave: SurveyWave) -> None:
    first = token_of(wave, cast.tom)
    surveys.close(wave, timezone.now())
    wave.refresh_from_db()
    with pytest.raises(ValueError, match="not open"):
        own_token(wave, cast.tom.pk)
    later = timezone.now() + 60 * DAY
    with time_machine.travel(later, tick=False):
        assert token_of(open_now(cast.zandplaat, "end", at=later), cast.tom) != first


def test_the_links_stay_when_the_secret_of_the_site_is_changed(
    cast: Cast, wave: SurveyWave, settings: Any
) -> None:
    links = tokens_of(wave)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "een heel andere sleutel" * 4
    assert tokens_of(wave) == links
    SurveyLink.objects.filter(wave=wave).delete()
    assert not set(tokens_of(wave)) & set(links), "used: what it was is not known any more"


def test_a_link_that_leaks_into_a_log_is_of_no_use_without_its_secret(cast: Cast, wave: SurveyWave) -> None:
    """The hash that a back-up holds opens nothing."""
    for row in SurveyLink.objects.all():
        assert Client().get(reverse("answer_survey", args=[row.pk])).status_code == 410
