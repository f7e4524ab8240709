"""The pages of one version share what is the same for all of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.template import Template
from django.utils import timezone

from coaching.intervision.live import SCENES_KEPT, Scene, SessionScreens
from coaching.lib.live.source import Look
from tests.people import Cast

from .play import session_at

pytestmark = pytest.mark.django_db


def test_the_top_of_the_page_is_made_once_for_people_and_once_for_the_board(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_at(cast, "tip_parade", presenter=cast.samir, at=timezone.now())
    made: Counter[str] = Counter()
    render = Template.render

    def counted(self: Template, context: Any) -> Any:
        made[str(self.name)] += 1
        return render(self, context)

    monkeypatch.setattr(Template, "render", counted)
    scene = Scene(session.channel)
    pages = {audience: scene.show(audience)[1] for audience in ("participant", "presenter", "facilitator")}
    assert made["intervision/_top.html"] == 1 and len(set(pages.values())) > 1
    board = scene.show("board")[1]
    assert made["intervision/_top.html"] == 2
    assert all("TIP-parade" in page for page in [*pages.values(), board])
    assert "session-links" not in board and "session-links" in pages["participant"]


def test_a_session_is_read_once_for_all_pages_of_a_version_and_again_for_the_next(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    session = session_at(cast, "tip_parade", presenter=cast.samir, at=timezone.now())
    screens = SessionScreens()
    screens.render(session.channel, Look("participant", "nl", session.version))
    with django_assert_num_queries(0):
        screens.render(session.channel, Look("participant", "nl", session.version))
    session.put(question="Waarom loopt de overgang steeds zo?")
    _version, html = screens.render(session.channel, Look("participant", "nl", session.version))
    assert "Waarom loopt de overgang" in html
    screens.forget(session.channel)
    assert not screens._scenes


def test_few_scenes_are_kept_and_none_of_a_look_back(cast: Cast) -> None:
    """A plan that its maker takes back must not stand on a page made after that."""
    screens = SessionScreens()
    for number in range(SCENES_KEPT + 2):
        session = session_at(cast, "problem", at=timezone.now())
        screens.render(session.channel, Look("participant", "nl", session.version))
        assert len(screens._scenes) == min(number + 1, SCENES_KEPT)
    session = session_at(cast, "look_back", at=timezone.now())
    screens.render(session.channel, Look("participant", "nl", session.version))
    assert all(channel != session.channel for channel, _version, _language in screens._scenes)
