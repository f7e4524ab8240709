"""Every private text is a word of its own; here is who may find it, and everything else is a leak."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from coaching.intervision.erasing import due_for_erasing, erase_notes
from coaching.intervision.live import SessionScreens
from coaching.intervision.models import Contribution, Session
from coaching.intervision.screen import AUDIENCES
from coaching.intervision.writing import reveal
from coaching.lib.live.source import Look
from coaching.reminders import remind
from schools.models import OutgoingMail
from tests.scene import ROLES, WORDS, Scene
from tests.scene_gop import GOP_WORDS
from tests.scene_portfolio import PORTFOLIO_WORDS
from tests.scene_review import REVIEW_WORDS
from tests.scene_trajectory import TRAJECTORY_WORDS
from tests.visits import Visits, visitors, words_in
from tests.walk import MEMBERS, PRESENT, ROWS
from tests.walk_review import READERS as GOP_READERS
from tests.walk_trajectory import DESIGNERS, INSIDE

pytestmark = pytest.mark.django_db
PLAN_READERS = "presenter participant director"  # its owner, the buddy, and whom it was shared with
# Word → the roles that may find it somewhere on a page.
MAY_FIND = {
    **dict.fromkeys(["situation", "tried", "case_question", "case_draft"], "presenter"),
    **dict.fromkeys(["old_situation", "old_case_draft", "happened", "plan_draft"], "presenter"),
    **dict.fromkeys(["choice", "question", "theme", "asked", "shown_tip"], f"{PRESENT} guest"),
    **dict.fromkeys(["hidden_hypothesis", "hidden_tip", "typing", "notes", "learning"], "participant"),
    **dict.fromkeys(["old_question", "old_hypothesis", "old_chosen"], PRESENT),
    **dict.fromkeys(["picked_tip", "kept_tip", "passed_tip"], PRESENT),
    **dict.fromkeys(["where", "works_when", "if_then"], PLAN_READERS),
    **dict.fromkeys(["typed_for", "closed_title", "reflection", "competence"], "facilitator"),
    **dict.fromkeys(["pop", "wish", "action", "progress", "pop_draft"], "presenter"),
    **dict.fromkeys(["about_note", "about_draft", "quadrant", "quadrant_draft"], "facilitator"),
    "start_draft": "facilitator",
    **dict.fromkeys(["other_case", "old_hidden"], ""),
    "old_draft": "participant",  # what they typed themselves, in what they take along
    **dict.fromkeys(["entry_part", "file_name"], "presenter director"),
    "entry_draft": "presenter",
    "intention": PLAN_READERS,
    "agreement": f"{MEMBERS} coordinator asked",
    "pop_shared": "presenter director",
    "pop_later": "presenter",
    **dict.fromkeys(["feedback_question", "feedback_answer"], "presenter participant"),
    "answer_draft": "participant",
    "wall": MEMBERS,
    **dict.fromkeys(["talk_agreement", "talk_agreed_before"], "presenter director"),
    **dict.fromkeys(["talk_preparation", "talk_draft"], "presenter"),
    "shared_entry": "presenter participant",
    **dict.fromkeys(["gop_living", "gop_wish", "gop_taken_away"], MEMBERS),
    **dict.fromkeys(["gop_handed_in", *REVIEW_WORDS], GOP_READERS),
    "gop_draft": "facilitator",
    **dict.fromkeys(TRAJECTORY_WORDS, DESIGNERS),
    "looked_back": INSIDE,
    "school_proposal": "coordinator director",
}
NEVER_SHARED = {"hidden_hypothesis", "hidden_tip", "typed_for", "typing", "notes", "old_draft", "old_hidden"}
# Stays after erasing: what people took along, wrote for themselves or for another occasion.
TAKEN_ALONG = {
    *("picked_tip", "kept_tip", "intention", "where", "works_when", "if_then", "happened", "plan_draft"),
    *PORTFOLIO_WORDS,
    *GOP_WORDS,
    *REVIEW_WORDS,
    *TRAJECTORY_WORDS,
    *("competence", "closed_title", "learning", "reflection", "agreement", "other_case", "case_draft"),
    "school_proposal",
}


def test_each_word_is_found_by_its_own_readers_alone(
    scene: Scene, clients: dict[str, Client], visits: Visits
) -> None:
    found: dict[str, dict[str, list[str]]] = {word: {} for word in WORDS}
    for row in ROWS:
        seen = visits.make(row, "get", scene, visitors(row, clients)) if row.get else {}
        for role, visit in seen.items():
            assert not visit.logged, row.id
            for word in visit.words:
                found[word].setdefault(role, []).append(row.id)
    leaks = {
        (word, role): where
        for word, readers in found.items()
        for role, where in readers.items()
        if role not in MAY_FIND[word].split()
    }
    assert not leaks
    if connection.vendor == "postgresql":
        return  # not everybody was there
    # A word that its own readers don't find would make this test look at nothing.
    assert {word: set(readers) for word, readers in found.items()} == {
        word: set(roles.split()) for word, roles in MAY_FIND.items()
    }


def fragments(session: Session) -> dict[str, str]:
    screens = SessionScreens()
    return {each: screens.render(session.channel, Look(each, "nl", session.version))[1] for each in AUDIENCES}


@pytest.mark.parametrize("step", ["look_back", "choice", "analysis", "hypothesis", "tip_parade", "close"])
def test_shared_screens_hold_nothing_hidden(step: str, scene: Scene) -> None:
    shown = {"choice", "question", "theme", "asked", "shown_tip"}
    with transaction.atomic():
        order = scene.running.steps.get(key=step).order
        Session.objects.filter(pk=scene.running.pk).update(position=order)
        for audience, html in fragments(scene.running).items():
            assert words_in(html) <= shown, audience
            assert "asked" in words_in(html), audience
        transaction.set_rollback(True)


def test_a_first_line_is_for_the_group_and_never_for_a_guest(scene: Scene) -> None:
    with transaction.atomic():
        order = scene.running.steps.get(key="look_back").order
        Session.objects.filter(pk=scene.running.pk).update(position=order)
        assert not [html for html in fragments(scene.running).values() if WORDS["intention"] in html]
        scene.running.participants.filter(guest=True).delete()
        for audience, html in fragments(scene.running).items():
            assert words_in(html) == {"asked", "intention"}, audience
        transaction.set_rollback(True)


def test_shared_screens_of_other_sessions_hold_nothing_at_all(scene: Scene) -> None:
    for session in (scene.closed, scene.lobby):
        assert not set().union(*(words_in(html) for html in fragments(session).values()))


def test_a_reveal_shows_to_all_at_once_and_marks_to_the_presenter_alone(scene: Scene) -> None:
    with transaction.atomic():
        step = scene.running.step
        reveal(scene.running, step, timezone.now())
        for audience, html in fragments(scene.running).items():
            assert {"hidden_tip", "typed_for", "shown_tip"} <= words_in(html), audience
            assert ("/merk/" in html) == (audience == "presenter"), audience
        transaction.set_rollback(True)


def test_hidden_rows_are_visible_to_whose_they_are(scene: Scene) -> None:
    hidden = Contribution.objects.filter(shown_at__isnull=True, step__session=scene.running)
    owners = {role: words_of(hidden.visible_to(scene.person(role))) for role in ROLES}
    assert owners.pop("participant") == {"hidden_hypothesis", "hidden_tip"}
    assert owners.pop("facilitator") == {"typed_for"}
    assert not set().union(*owners.values())


def words_of(cards: Any) -> set[str]:
    return words_in(" ".join(card.text for card in cards))


def test_mails_hold_none_of_it(scene: Scene) -> None:
    """Those about a moved meeting with their calendar files, whose long lines are folded, and reminders too."""
    change = "kanarieverandering"
    with transaction.atomic():
        scene.later.change(timezone.now(), place="aula", about_change=change)
        remind(scene.later.starts_at - dt.timedelta(days=2))
        mails = OutgoingMail.objects.all()
        assert mails.exclude(calendar="").exists() and mails.filter(calendar="").exists()
        text = "".join(f"{m.to} {m.subject} {m.body} {m.html} {m.calendar}" for m in mails)
        text = text.replace("\r\n ", "")
        assert not words_in(text) and change not in text
        transaction.set_rollback(True)


# -- erased is erased --------------------------------------------------------------------------------------


def everything() -> str:
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows.append(repr(cursor.fetchall()))
    return "".join(rows)


def test_no_table_keeps_what_was_erased(scene: Scene) -> None:
    with transaction.atomic():
        assert words_in(everything()) == set(WORDS)
        for session in (scene.closed, scene.running):
            erase_notes(Session.objects.get(pk=session.pk), timezone.now())
        assert words_in(everything()) == TAKEN_ALONG
        transaction.set_rollback(True)


def test_what_is_written_after_a_case_was_withdrawn_is_cleaned_up_too(scene: Scene) -> None:
    with transaction.atomic():
        session = Session.objects.get(pk=scene.running.pk)
        erase_notes(session, timezone.now(), withdrawn=True)
        session.close(seen=session.position, by=scene.cast.noor, at=timezone.now())
        later = session.erased_on() + dt.timedelta(days=1)
        assert session.pk in [due.pk for due in due_for_erasing(later)]
        transaction.set_rollback(True)


ON_A_FILE = """
import django
django.setup()
from pathlib import Path
from django.conf import settings
from django.utils import timezone
from coaching.intervision.erasing import erase_notes
from coaching.intervision.models import Session
from tests import scene as scenes
from tests.migrated import migrate
migrate()
scene = scenes.build()
name = str(settings.DATABASES["default"]["NAME"])
def words():
    files = [path for path in (Path(name), Path(name + "-wal"), Path(name + "-journal")) if path.exists()]
    held = b"".join(path.read_bytes() for path in files)
    return sorted(word for word, text in scenes.WORDS.items() if text.encode() in held)
print(",".join(words()))
for session in (scene.closed, scene.running):
    erase_notes(Session.objects.get(pk=session.pk), timezone.now())
print(",".join(words()))
"""


def test_the_files_of_the_database_keep_nothing_of_it(tmp_path: Path) -> None:
    around = {
        **os.environ,
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "coaching.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'school.sqlite3'}",
    }
    command = [sys.executable, "-c", ON_A_FILE]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=around, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    before, after = (set(line.split(",")) for line in done.stdout.split())
    assert before == set(WORDS)
    assert after == TAKEN_ALONG
