"""Talks of two: the date by both, a round of dates, mails and calendars."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from coaching.feed import feed_of
from coaching.lib.states import MoveRefused, StaleMove
from portfolio import talks as verbs
from portfolio.models import Talk, TalkState
from schools.models import OutgoingMail
from tests.people import Cast
from tests.portfolio.talking import held, page, post, read, slot

# -- the date ----------------------------------------------------------------------------------------------


def test_a_director_proposes_and_the_other_says_yes(cast: Cast, client: Client) -> None:
    date = timezone.localdate() + dt.timedelta(days=9)
    given = {"who": cast.samir.pk, "kind": "progress", "day": date, "start": "15:30", "minutes": 30}
    reply = post(client, cast.hanneke, "/gesprekken/nieuw/", **given)
    talk = Talk.objects.get()
    assert reply.url == f"/gesprekken/{talk.pk}/"
    assert (talk.person, talk.leader, talk.state) == (cast.samir, cast.hanneke, TalkState.PROPOSED)
    assert "Deze datum past mij" not in read(client, cast.hanneke, talk)
    assert "Deze datum past mij" in read(client, cast.samir, talk)
    post(client, cast.hanneke, f"/gesprekken/{talk.pk}/datum-is-goed/", seen=talk.sequence)
    talk.refresh_from_db()
    assert talk.state == TalkState.PROPOSED, "who proposed it does not say yes to it"
    post(client, cast.samir, f"/gesprekken/{talk.pk}/datum-is-goed/", seen=talk.sequence)
    talk.refresh_from_db()
    assert talk.state == TalkState.PLANNED
    assert [(m.verb, m.by) for m in talk.moves.all()] == [
        ("proposed", cast.hanneke),
        ("accepted", cast.samir),
    ]


def test_who_is_led_proposes_too_and_the_leader_another_date(cast: Cast, client: Client) -> None:
    talk = verbs.propose(cast.samir, cast.hanneke, "progress", slot(), timezone.now())
    assert (talk.person, talk.leader, talk.proposed_by) == (cast.samir, cast.hanneke, cast.samir)
    later = timezone.localdate() + dt.timedelta(days=30)
    form = {"day": later, "start": "08:15", "minutes": 20, "place": "", "seen": talk.sequence}
    post(client, cast.hanneke, f"/gesprekken/{talk.pk}/andere-datum/", **form)
    talk.refresh_from_db()
    assert talk.day == later and talk.waits_for(cast.samir) and not talk.waits_for(cast.hanneke)
    again_sent = post(client, cast.hanneke, f"/gesprekken/{talk.pk}/andere-datum/", **form)
    talk.refresh_from_db()
    assert again_sent.status_code == 302 and talk.moves.count() == 2, "the screen showed the date of before"


def test_what_came_too_late_is_told_in_its_own_sentence(cast: Cast, client: Client, talk: Talk) -> None:
    late = {"seen": talk.sequence}
    verbs.propose_another(talk, slot(20), cast.hanneke, talk.sequence, timezone.now())
    client.force_login(cast.samir)
    page = client.post(f"/gesprekken/{talk.pk}/datum-is-goed/", late, follow=True).content.decode()
    assert "Dit gesprek is intussen gewijzigd. Kijk nog eens naar de datum." in unescape(page)
    with translation.override("nl"):
        assert str(StaleMove()) == "Dit is intussen veranderd. Kijk nog eens en beslis dan."
        assert str(StaleMove("Eigen zin")) == "Eigen zin"


def test_a_yes_to_a_date_that_was_changed_is_none(cast: Cast, talk: Talk) -> None:
    stale, now = Talk.objects.get(pk=talk.pk), timezone.now()
    verbs.propose_another(talk, slot(20), cast.hanneke, talk.sequence, now)
    for seen in (stale.sequence, talk.sequence):
        with pytest.raises(StaleMove):
            verbs.accept(stale, cast.samir, seen, now)
    talk.refresh_from_db()
    assert talk.state == TalkState.PROPOSED


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": "2020-01-06"}, "Deze dag is voorbij"),
        ({"day": "2090-01-06"}, "Die dag is ver weg"),
        ({"minutes": "9"}, "minstens 10 is"),
        ({"start": "25:00"}, "geldige tijd"),
        ({"kind": "beoordeling"}, "beoordeling"),
        ({"who": "999999999999999999999999"}, "Selecteer een geldige keuze"),
        ({"place": "x" * 121}, "120 tekens"),
    ],
)
def test_what_is_no_date_is_said_and_nothing_is_kept(
    cast: Cast, client: Client, given: dict[str, str], said: str
) -> None:
    ahead = timezone.localdate() + dt.timedelta(days=9)
    form = {"who": cast.samir.pk, "kind": "goal", "day": ahead, "start": "15:30", "minutes": 30, **given}
    reply = post(client, cast.hanneke, "/gesprekken/nieuw/", **form)
    assert said in unescape(reply.content.decode()) and not Talk.objects.exists()


def test_talks_are_of_somebody_and_who_leads_them(cast: Cast, client: Client) -> None:
    """Not of colleagues, not with who works elsewhere, a consultant or the board."""
    for by, other in ((cast.samir, cast.tom), (cast.karin, cast.samir), (cast.vera, cast.hanneke)):
        with pytest.raises(MoveRefused):
            verbs.propose(by, other, "goal", slot(), timezone.now())
    day = timezone.localdate()
    assert set(verbs.leaders_of(cast.samir, day)) == {cast.hanneke}
    offered = set(verbs.led_colleagues(cast.hanneke, day))
    assert cast.samir in offered and not offered & {cast.olaf, cast.bram, cast.vera, cast.hanneke}
    assert not verbs.led_colleagues(cast.bram, day) and not verbs.leaders_of(cast.olaf, day)
    assert "niemand" in page(client, cast.vera, "/gesprekken/nieuw/")


def test_it_is_held_from_its_beginning_on_and_then_no_date_moves(cast: Cast, planned: Talk) -> None:
    now = timezone.now()
    with pytest.raises(MoveRefused):
        verbs.hold(planned, cast.samir, planned.sequence, now)
    done = held(cast, planned)
    for verb in (verbs.cancel, verbs.hold, verbs.accept):
        with pytest.raises(MoveRefused):
            verb(done, cast.samir, done.sequence, now)
    with pytest.raises(MoveRefused):
        verbs.propose_another(done, slot(9), cast.samir, done.sequence, now)


def open_friday() -> dt.date:
    """The next second Friday of September, November or March: no school is closed then, nor the Monday after."""
    days = (timezone.localdate() + dt.timedelta(days=ahead) for ahead in range(1, 400))
    return next(day for day in days if day.isoweekday() == 5 and 7 < day.day < 15 and day.month in (3, 9, 11))


def test_a_round_is_shown_first_and_then_each_gets_a_mail(cast: Cast, client: Client) -> None:
    friday = open_friday()
    people = [cast.samir, cast.noor, cast.tom]
    form: dict[str, Any] = {
        "kind": "goal",
        "people": [person.pk for person in people],
        "day": friday,
        "start": "15:30",
        "last": "16:15",
        "minutes": 30,
        "between": 15,
        "place": "Kamer 3",
    }
    shown = post(client, cast.hanneke, "/gesprekken/ronde/", **form, save="1")
    assert not Talk.objects.exists() and "Nog niemand hoort ervan" in unescape(shown.content.decode())
    mark = shown.context["form"].mark
    post(client, cast.hanneke, "/gesprekken/ronde/", **form, save="1", shown=mark)
    rows = [(t.person, timezone.localtime(t.starts_at)) for t in Talk.objects.order_by("starts_at")]
    assert [(person, f"{at:%a %H:%M}") for person, at in rows] == [
        (cast.noor, "Fri 15:30"),
        (cast.samir, "Fri 16:15"),
        (cast.tom, "Mon 15:30"),
    ]
    assert {mail.person for mail in OutgoingMail.objects.all()} == set(people)
    left = post(client, cast.hanneke, "/gesprekken/ronde/", **form, save="1", shown=mark)
    assert Talk.objects.count() == 3 and left.status_code == 200, "who has a date is not asked twice"
    post(client, cast.samir, "/gesprekken/ronde/", **form, save="1", shown=mark)
    assert Talk.objects.count() == 3


# -- mail and calendar ---------------------------------------------------------------------------------------


def test_mails_say_when_and_with_whom_and_calendars_only_when(cast: Cast, talk: Talk) -> None:
    now = timezone.now()
    (first,) = OutgoingMail.objects.all()
    assert first.person == cast.samir and first.school is None and not first.calendar
    assert f"/gesprekken/{talk.pk}/" in first.body and "Hanneke Smit" in first.body
    verbs.accept(talk, cast.samir, talk.sequence, now)
    asked = {m.person: m for m in OutgoingMail.objects.exclude(calendar="")}
    assert set(asked) == {cast.samir, cast.hanneke}
    for mail in asked.values():
        assert mail.calendar_method == "REQUEST" and "SUMMARY:Gesprek\r\n" in mail.calendar
        assert "Kamer 3" in mail.calendar and "doel" not in mail.body + mail.calendar + mail.subject
    assert "Samir" not in asked[cast.hanneke].calendar and "Hanneke" not in asked[cast.samir].calendar
    old = talk.starts_at
    verbs.propose_another(talk, slot(14), cast.samir, talk.sequence, now)
    gone = OutgoingMail.objects.filter(calendar_method="CANCEL")
    assert {m.person for m in gone} == {cast.samir, cast.hanneke}
    assert all(f"{timezone.localtime(old):%Y%m%dT%H%M}" in m.calendar for m in gone)
    verbs.cancel(talk, cast.samir, talk.sequence, now)
    last = OutgoingMail.objects.filter(key__endswith="cancelled").get()
    assert last.person == cast.hanneke and not last.calendar, "it stood in no calendar any more"


def test_the_feed_shows_a_talk_to_its_two_and_says_talk(cast: Cast, planned: Talk) -> None:
    for person in (cast.samir, cast.hanneke):
        file = feed_of(person, timezone.now())[0].decode()
        assert planned.uid in file and "SUMMARY:Gesprek" in file and "Smit" not in file
    for person in (cast.karin, cast.noor, cast.bram, cast.olaf):
        assert planned.uid not in feed_of(person, timezone.now())[0].decode()
    verbs.cancel(planned, cast.samir, planned.sequence, timezone.now())
    assert "STATUS:CANCELLED" in feed_of(cast.samir, timezone.now())[0].decode()


def test_nobody_mails_all_day(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "TIMES", 0)
    date = timezone.localdate() + dt.timedelta(days=9)
    given = {"who": cast.samir.pk, "kind": "goal", "day": date, "start": "15:30", "minutes": 30}
    reply = post(client, cast.hanneke, "/gesprekken/nieuw/", **given)
    assert "Probeer het later" in unescape(reply.content.decode()) and not Talk.objects.exists()


def test_a_form_sent_twice_is_one_talk(cast: Cast, client: Client) -> None:
    date = timezone.localdate() + dt.timedelta(days=9)
    given = {"who": cast.samir.pk, "kind": "goal", "day": date, "start": "15:30", "minutes": 30}
    key = "7f0d6f0a-5f0e-4f8e-9d0b-0c8f4a5d7c11"
    for _send in (1, 2):
        post(client, cast.hanneke, "/gesprekken/nieuw/", **given, once_key=key)
    assert Talk.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [{"people": ["9" * 30]}, {"people": ["x"]}, {"start": "17:00", "last": "15:00"}, {"between": "-1"}],
)
def test_a_round_of_nothing_that_can_be_is_refused(cast: Cast, client: Client, given: dict[str, Any]) -> None:
    day = timezone.localdate() + dt.timedelta(days=9)
    form = {"kind": "goal", "people": [cast.tom.pk], "day": day, "start": "15:30", "last": "17:00"}
    reply = post(client, cast.hanneke, "/gesprekken/ronde/", **{**form, "minutes": 30, "between": 0, **given})
    assert reply.status_code == 200 and reply.context["form"].errors and not Talk.objects.exists()
