"""Two at the same moment, through a real server on both engines: one wins, the other is told."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from .race_site import Answer, OwnDatabase, Site, words


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    database = OwnDatabase(tmp_path_factory.mktemp("races"))
    site = Site(database)
    try:
        site.start()
        yield site
    finally:
        if hasattr(site, "process"):
            site.stop()
        database.drop()


def twice(
    site: Site, path: str, data: dict[str, Any], names: tuple[str, str] = ("noor", "noor")
) -> list[Answer]:
    return site.together(*((name, path, data) for name in names))


def statuses(answers: list[Answer]) -> list[int]:
    return [answer.status for answer in answers]


def test_two_who_press_next_move_one_step(site: Site) -> None:
    session = site.ids["next"]
    for seen in (1, 3, 4, 5, 6, 7):  # the choice is skipped: the presenter is known
        answers = twice(site, f"/sessie/{session}/verder/", {"seen": seen})
        assert statuses(answers) == [204, 409], [answer.text for answer in answers]
        assert "De sessie is al verder" in words(answers[1].text)
        position = site.database.rows("select position from intervision_session where id = ?", session)
        assert position == [3 if seen == 1 else seen + 1]
    moves = site.database.rows("select count(*) from intervision_stepmove where session_id = ?", session)
    assert moves == [7]  # with the start


def test_two_who_press_back_move_one_step(site: Site) -> None:
    session = site.ids["write"]
    assert statuses(twice(site, f"/sessie/{session}/terug/", {"seen": 5})) == [204, 409]
    assert site.database.rows("select position from intervision_session where id = ?", session) == [4]
    assert statuses(twice(site, f"/sessie/{session}/verder/", {"seen": 4})) == [204, 409]


def test_two_who_close_close_once(site: Site) -> None:
    session = site.ids["last"]
    answers = twice(site, f"/sessie/{session}/verder/", {"seen": 8})
    assert statuses(answers) == [204, 409]
    assert "niet meer bezig" in words(answers[1].text)
    booked = "select count(*) from popgroups_attendance a join intervision_session s on s.meeting_id = a.meeting_id"
    assert site.database.rows(f"{booked} where s.id = ?", session) == [5]


def test_two_who_start_start_once(site: Site) -> None:
    session = site.ids["start"]
    answers = twice(site, f"/sessie/{session}/start/", {})
    assert statuses(answers) == [204, 409]
    assert "Terugblik" in words(answers[1].text)
    assert site.database.rows("select count(*) from intervision_stepmove where session_id = ?", session) == [
        1
    ]


def test_two_who_press_next_tip_show_one_tip(site: Site) -> None:
    session = site.ids["parade"]
    for shown in range(4):
        answers = twice(site, f"/sessie/{session}/volgende-tip/", {"shown": shown})
        assert statuses(answers) == [204, 409]
        assert words(answers[1].text)
        turns = site.database.rows(
            "select c.turn from intervision_contribution c join intervision_sessionstep s on s.id = c.step_id "
            "where s.session_id = ? and c.turn > 0 order by c.turn",
            session,
        )
        assert turns == list(range(1, shown + 2))


def test_one_person_who_joins_twice_has_one_place(site: Site) -> None:
    session = site.ids["join"]
    answers = twice(site, f"/sessie/{session}/meedoen/", {}, ("tom", "tom"))
    assert statuses(answers) == [302, 302]
    assert site.database.rows(
        "select count(*) from intervision_sessionparticipant where session_id = ?", session
    ) == [2]


def test_two_who_join_get_two_roles(site: Site) -> None:
    session = site.ids["join"]
    answers = twice(site, f"/sessie/{session}/meedoen/", {}, ("lieke", "esra"))
    assert statuses(answers) == [302, 302]
    roles = "select facilitator_id, timekeeper_id from intervision_session where id = ?"
    facilitator, timekeeper = site.database.rows(roles, session)[0]
    assert facilitator and timekeeper and facilitator != timekeeper


def test_a_card_sent_twice_is_one_card(site: Site) -> None:
    for number in range(2):
        text = f"Ik vermoed dat het aan de overgang ligt, {number}."
        data = {"text": text, "step": site.ids["step"], "once_key": str(uuid.uuid4())}
        answers = twice(site, f"/sessie/{site.ids['write']}/schrijf/", data, ("tom", "tom"))
        assert statuses(answers) == [204, 204]
        assert site.database.rows("select text from intervision_contribution where text = ?", text) == [text]


def test_a_plan_sent_twice_is_one_plan(site: Site) -> None:
    data = {"intention": "Ik begin met een stil blokje.", "once_key": str(uuid.uuid4())}
    answers = twice(site, f"/sessie/{site.ids['write']}/pap/", data, ("esra", "esra"))
    assert statuses(answers) == [204, 204]
    assert site.database.rows("select intention from portfolio_actionplan") == [
        "Ik begin met een stil blokje."
    ]


def test_two_votes_are_two_votes(site: Site) -> None:
    path = f"/sessie/{site.ids['choice']}/stem/{site.ids['case']}/"
    assert statuses(twice(site, path, {"kind": "urgent"}, ("tom", "lieke"))) == [204, 204]
    votes = "select count(*) from intervision_vote where contribution_id = ? and kind = ?"
    assert site.database.rows(votes, site.ids["case"], "urgent") == [2]


def test_one_person_who_votes_twice_never_counts_twice(site: Site) -> None:
    path = f"/sessie/{site.ids['choice']}/stem/{site.ids['case']}/"
    assert statuses(twice(site, path, {"kind": "recognised"}, ("tom", "tom"))) == [204, 204]
    votes = "select count(*) from intervision_vote where contribution_id = ? and kind = ?"
    assert site.database.rows(votes, site.ids["case"], "recognised") in ([0], [1])


def test_two_who_open_a_session_open_one(site: Site) -> None:
    meeting = site.ids["meeting"]
    data = {"method": site.ids["method"], "minutes": 60}
    answers = twice(site, f"/bijeenkomst/{meeting}/sessie/", data, ("tom", "lieke"))
    assert statuses(answers) == [302, 302]
    assert site.database.rows("select count(*) from intervision_session where meeting_id = ?", meeting) == [1]


def test_a_facilitator_and_a_presenter_at_once_are_two_people(site: Site) -> None:
    """Both roles for one person, from two screens: one is given, the other refused, in words."""
    session = site.ids["join"]
    seat = site.database.rows(
        "select max(id) from intervision_sessionparticipant where session_id = ?", session
    )[0]
    path = f"/sessie/{session}/rol/"
    answers = site.together(
        ("tom", path, {"role": "facilitator", "participant": seat}),
        ("lieke", path, {"role": "presenter", "participant": seat}),
    )
    assert statuses(answers) == [204, 409]
    assert "casus" in words(answers[1].text)
