from tests.people import Cast, again, make_meeting, make_session


def test_the_cast_stands_in_its_places(cast: Cast) -> None:
    assert cast.group.current_members().count() == 5
    assert not cast.group.has_member(cast.gone)
    assert cast.zandplaat.is_coordinated_by(again(cast.karin))
    assert cast.zandplaat.is_directed_by(again(cast.hanneke))


def test_a_session_copies_its_method(cast: Cast) -> None:
    session = make_session(make_meeting(cast.group), cast.members, running=True)
    assert [step.key for step in session.route] == [
        "look_back",
        "choice",
        "problem",
        "analysis",
        "hypothesis",
        "tip_parade",
        "action_plan",
        "close",
    ]
    assert session.step is not None and session.step.key == "look_back"
