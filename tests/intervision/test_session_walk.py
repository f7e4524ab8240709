"""The whole default session through its pages, without a browser: what each press does."""

from __future__ import annotations

import pytest

from coaching.intervision.models import Contribution
from popgroups.models import Attendance
from portfolio.models import ActionPlan, Entry, KeptTip
from schools.models import HourLine
from tests.people import Cast, make_meeting, make_session

from .play import Play


@pytest.fixture
def play(cast: Cast) -> Play:
    session = make_session(make_meeting(cast.group), cast.members)
    return Play(session, cast.members)


def test_from_lobby_to_action_plan(cast: Cast, play: Play) -> None:
    noor, samir, tom = cast.noor, cast.samir, cast.tom
    assert "Start" in play.read(noor)
    play.press(noor, "start")
    play.go_on(noor, "choice")
    play.write(samir, "Het wordt onrustig bij elke overgang.")
    card = Contribution.objects.get()
    play.press(tom, f"stem/{card.pk}", kind="urgent")
    play.press(noor, f"kies/{card.pk}")
    assert play.session.presenter is not None and play.session.presenter.person == samir
    play.go_on(noor, "problem")
    play.press(samir, "vraag", text="Hoe krijg ik rust in de overgang?", done="1")
    assert "Hoe krijg ik rust in de overgang?" in play.read(tom)
    play.go_on(noor, "analysis")
    play.write(tom, "Wanneer begint het?", done="1")
    play.write(tom, "Het lijkt vooral na de pauze.", kind="theme")
    play.press(noor, "volgende-spreker", seen=play.session.position)
    play.go_on(noor, "hypothesis")
    play.write(tom, "Ik vermoed dat niemand weet wanneer het begint.")
    assert "niemand weet" not in play.read(noor)
    assert "niemand weet" in play.read(tom)
    play.press(noor, "toon-alles", seen=play.session.position)
    assert "niemand weet" in play.read(noor)
    play.press(samir, f"hypothese/{Contribution.objects.get(kind='hypothesis').pk}")
    from_parade_to_close(cast, play)
    play.press(noor, "verder", seen=play.session.position)
    assert play.session.state == "closed"
    assert ActionPlan.objects.get(owner=samir).buddy == tom
    assert KeptTip.objects.get().text == "Ik zou een stil startblokje nemen."
    assert Entry.objects.get(owner=tom).text == "Eerst vragen, dan pas tips."
    assert Attendance.objects.count() == 5
    assert {line.minutes for line in HourLine.objects.filter(kind="held")} == {60}
    assert "Ik begin met een stil blokje." in play.read(samir)


def from_parade_to_close(cast: Cast, play: Play) -> None:
    noor, samir, tom = cast.noor, cast.samir, cast.tom
    play.go_on(noor, "tip_parade")
    play.write(tom, "Ik zou een stil startblokje nemen.", done="1")
    play.write(cast.esra, "Ik zou een leerling laten aftellen.", done="1")
    play.press(noor, "volgende-tip", shown=0)
    assert "startblokje" in play.read(samir) and "aftellen" not in play.read(samir)
    play.press(samir, f"merk/{Contribution.objects.get(turn=1).pk}", mark="pick")
    play.press(noor, "volgende-tip", shown=1)
    play.go_on(noor, "action_plan")
    assert "startblokje" in play.read(samir, "mijn/")
    play.press(samir, "pap", intention="Ik begin met een stil blokje.", buddy=tom.pk, group_sees_title="on")
    play.press(tom, "pap", intention="Ik let op mijn eigen overgangen.")
    play.go_on(noor, "close")
    play.press(tom, "geleerd", text="Eerst vragen, dan pas tips.")
    play.press(tom, "drie-tikken", safe=3, useful=3, fits=2)


def test_the_next_session_opens_with_the_plan(cast: Cast, play: Play) -> None:
    samir = cast.samir
    play.press(cast.noor, "start")
    play.press(samir, "pap", intention="Ik begin met een stil blokje.", group_sees_title="on")
    while play.session.is_running:
        play.press(cast.noor, "verder", seen=play.session.position)
    second = Play(make_session(make_meeting(cast.group), cast.members, running=True), cast.members)
    assert "Ik begin met een stil blokje." in second.read(cast.tom)
    row = ActionPlan.objects.get(owner=samir).look_backs.get()
    prefix = f"lb{row.pk}"
    told = {f"{prefix}-result": "done", f"{prefix}-happened": "Rustiger!"}
    second.press(samir, f"terugblik/{row.pk}", 204, **told)
    assert ActionPlan.objects.get(owner=samir).state == "done"
    second.press(cast.tom, f"terugblik/{row.pk}", 409, **{f"{prefix}-result": "let_go"})
    assert ActionPlan.objects.get(owner=samir).state == "done"
