"""What was taken along comes in again: the same, once, all or nothing, and never what could do harm."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from coaching.lib.archives import ArchiveRefused, opened
from coaching.lib.kept_files import path_of
from coaching.taking_along import writing_in
from coaching.taking_along.bringing import Brought, arrival_of, bring_in, preview_of
from coaching.taking_along.mine import document_of
from portfolio.models import (
    ActionPlan,
    Competence,
    CoreQuadrant,
    DevelopmentPlan,
    Entry,
    EntryFile,
    KeptTip,
    PersonalNote,
    TalentScore,
)
from portfolio.pop import start_pop
from schools.models import SchoolYear, User
from tests.people import Cast
from tests.taking_along.conftest import packed, remade, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_paper")]

KEPT = ("competences", "talents", "entries", "pops", "paps", "tips", "notes", "quadrants")
# Numbers, what names the place a thing came from, and what stays where it was.
NOT_COMPARED = {
    "id",
    "plan",
    "source",
    "seal",
    "given_by",
    "buddy",
    "group_sees_title",
    "versions",
    "title_en",
}


def told(person: User) -> dict[str, Any]:
    """The portfolio of ``person`` in words: what points to a number points to a title instead."""
    mine = document_of(person, "nl", timezone.now())["portfolio"]
    names = {row["id"]: row["title_nl"] for row in mine["competences"]}
    titles = {row["id"]: row["title"] for row in mine["entries"]}

    def worded(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: worded(each, key) for key, each in value.items() if key not in NOT_COMPARED}
        if isinstance(value, list):
            found = [worded(each, name) for each in value]
            return sorted(found) if name in ("competences", "strengths", "proof") else found
        if name in ("competence", "competences", "strengths"):
            return names[value]
        return titles[value] if name == "proof" else value

    found = {name: [worded(row) for row in mine[name]] for name in KEPT}
    for pop in found["pops"]:
        del pop["moves"]
    for file in (file for row in found["entries"] for file in row["files"]):
        del file["made_at"]
    found["competences"].sort(key=lambda row: row["title_nl"])
    found["talents"].sort(key=lambda row: (row["competence"], row["at"]))
    return found


def wipe(person: User) -> None:
    DevelopmentPlan.objects.filter(owner=person).delete()
    for model in (Entry, ActionPlan, KeptTip, TalentScore, Competence, PersonalNote, CoreQuadrant):
        model.objects.filter(owner=person).delete()


def brought_by(person: User, data: bytes) -> Brought:
    file = io.BytesIO(data)
    with opened(file) as archive:
        arrival = arrival_of(archive, file, timezone.localdate())
        done = bring_in(archive, arrival, person, None, timezone.now())
    assert done is not None
    return done


def previewed(person: User, data: bytes) -> Any:
    file = io.BytesIO(data)
    with opened(file) as archive:
        return preview_of(archive, arrival_of(archive, file, timezone.localdate()), person)


def hashes(person: User) -> list[tuple[str, str]]:
    rows = EntryFile.objects.filter(entry__owner=person)
    for row in rows:
        assert len(path_of(row.stored).read_bytes()) == row.size
    return sorted(rows.values_list("name", "sha256"))


def everything() -> str:
    """All rows there are, but for log-ins and counts of tries."""
    with connection.cursor() as cursor:
        rows = []
        log_ins = {"django_session", "schools_user", "cache"}
        for table in sorted(set(connection.introspection.table_names(cursor)) - log_ins):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows.append(repr(sorted(map(repr, cursor.fetchall()))))
    return "".join(rows)


# -- the same ----------------------------------------------------------------------------------------------


def test_taken_along_wiped_and_brought_in_all_is_the_same(whole: DevelopmentPlan, cast: Cast) -> None:
    before, files, data = told(cast.noor), hashes(cast.noor), packed(cast.noor)
    wipe(cast.noor)
    assert not told(cast.noor)["entries"] and not hashes(cast.noor)
    brought_by(cast.noor, data)
    assert told(cast.noor) == before
    assert hashes(cast.noor) == files and len(files) == 3
    assert {row.by for row in ActionPlan.objects.get(owner=cast.noor).moves.all()} == {cast.noor}


def test_somebody_else_at_another_school_gets_the_same(whole: DevelopmentPlan, cast: Cast) -> None:
    brought_by(cast.vera, packed(cast.noor))
    assert told(cast.vera) == told(cast.noor)
    assert hashes(cast.vera) == hashes(cast.noor)
    plan = DevelopmentPlan.objects.get(owner=cast.vera)
    goal = plan.goals.get(order=1)
    made_of = ActionPlan.objects.get(owner=cast.vera)
    assert goal.actions.get(source=f"plan:{made_of.pk}").what == made_of.intention
    assert not plan.versions.exists() and plan.state == "concept"
    assert Competence.objects.filter(owner=cast.vera).values_list("title_nl", flat=True).get() == "Zingen"
    assert goal.competences.get(framework__isnull=False) == Competence.objects.get(
        title_nl="Interpersoonlijk"
    )


def test_a_second_time_changes_nothing(whole: DevelopmentPlan, cast: Cast) -> None:
    data = packed(cast.noor)
    brought_by(cast.vera, data)
    before = everything()
    again = brought_by(cast.vera, data)
    assert everything() == before
    assert again.sifted.is_nothing and {line.new for line in again.sifted.lines} == {0}
    home = brought_by(cast.noor, data)  # nothing of it was lost at home either
    assert everything() == before and home.sifted.is_nothing


def test_what_was_rewritten_at_home_is_not_brought_beside_it(whole: DevelopmentPlan, cast: Cast) -> None:
    data = packed(cast.noor)
    ActionPlan.objects.filter(owner=cast.noor).update(intention="Anders gezegd")
    CoreQuadrant.objects.filter(owner=cast.noor).update(quality="kalm")
    before = everything()
    done = brought_by(cast.noor, data)
    assert done.sifted.is_nothing and everything() == before
    assert not brought_by(cast.vera, data).sifted.is_nothing


def test_a_later_zip_brings_only_what_is_new(whole: DevelopmentPlan, cast: Cast) -> None:
    brought_by(cast.vera, packed(cast.noor))
    Entry.objects.create(owner=cast.noor, kind="success", title="Later gelukt")
    done = brought_by(cast.vera, packed(cast.noor))
    assert [line.new for line in done.sifted.lines if line.new] == [1]
    assert Entry.objects.filter(owner=cast.vera, title="Later gelukt").count() == 1


def test_a_picture_of_another_site_is_drawn_anew(whole: DevelopmentPlan, cast: Cast, settings: Any) -> None:
    data = packed(cast.noor)
    settings.SITE_URL, settings.SECRET_KEY = "https://elders.example.org", "x" * 60
    done = brought_by(cast.vera, data)
    assert done.files == 3
    photo = EntryFile.objects.get(entry__owner=cast.vera, kind="jpg")
    assert path_of(photo.stored).read_bytes()[:3] == b"\xff\xd8\xff" and photo.has_thumbnail


def test_an_old_plan_comes_in_closed(whole: DevelopmentPlan, cast: Cast) -> None:
    whole.year = SchoolYear.objects.get_or_create(starts=2021)[0]
    whole.save()
    brought_by(cast.vera, packed(cast.noor))
    plan = DevelopmentPlan.objects.get(owner=cast.vera)
    assert plan.is_closed and plan.year.starts == 2021
    assert [move.by for move in plan.moves.all()] == [cast.vera]


def test_a_year_that_has_a_pop_keeps_it_and_an_empty_one_is_filled(
    whole: DevelopmentPlan, cast: Cast
) -> None:
    data = packed(cast.noor)
    own = DevelopmentPlan.objects.create(owner=cast.vera, year=whole.year, standing="Van mij")
    skipped = brought_by(cast.vera, data).skipped
    assert [each.what for each in skipped if each.what.startswith("POP")] == [f"POP {whole.year}"]
    own.refresh_from_db()
    assert own.standing == "Van mij" and not own.goals.exists()
    DevelopmentPlan.objects.filter(pk=own.pk).update(standing="")
    brought_by(cast.vera, data)
    own.refresh_from_db()
    assert own.standing.startswith("Ik sta voor groep 5.") and own.goals.count() == 2


def test_a_pop_that_was_only_begun_makes_room(whole: DevelopmentPlan, cast: Cast) -> None:
    """Begun means: one goal and one action to write in, both empty."""
    begun = start_pop(cast.vera, timezone.localdate())
    assert begun.goals.count() == 1
    brought_by(cast.vera, packed(cast.noor))
    begun.refresh_from_db()
    assert [goal.order for goal in begun.goals.all()] == [1, 3] and begun.standing


@pytest.mark.parametrize(
    "field", ["agreed_money", "agreed_minutes", "talk_on", "strengths", "question", "typed"]
)
def test_a_pop_in_which_anything_is_stays_as_it_is(field: str, whole: DevelopmentPlan, cast: Cast) -> None:
    data, begun = packed(cast.noor), start_pop(cast.vera, timezone.localdate())
    if field == "strengths":
        begun.strengths.set(Competence.objects.filter(framework__isnull=False)[:1])
    elif field == "question":
        begun.goals.update(question="Hoe?")
    elif field == "typed":
        begun.owner.drafts.create(field=f"pop:{begun.pk}:standing", text="Ik sta")
    else:
        DevelopmentPlan.objects.filter(pk=begun.pk).update(
            **{field: "2026-12-01" if field == "talk_on" else 0}
        )
    done = brought_by(cast.vera, data)
    assert any(each.what.startswith("POP") for each in done.skipped)
    assert begun.goals.count() == 1


def test_an_answer_for_oneself_that_differs_stays(whole: DevelopmentPlan, cast: Cast) -> None:
    PersonalNote.objects.create(owner=cast.vera, key="drive", text="Rust")
    done = brought_by(cast.vera, packed(cast.noor))
    assert PersonalNote.objects.get(owner=cast.vera).text == "Rust"
    assert [each for each in done.skipped if "stays" in each.why or "blijft" in each.why]


@pytest.mark.parametrize(("years", "comes"), [(-11, False), (-10, True), (1, True), (2, False)])
def test_only_years_of_one_career_are_made(
    years: int, comes: bool, whole: DevelopmentPlan, cast: Cast
) -> None:
    """School years are of all schools."""
    year, before = whole.year.starts + years, set(SchoolYear.objects.values_list("starts", flat=True))
    data = changed_json(packed(cast.noor), set_in(*POP, "year", year))
    if comes:
        brought_by(cast.vera, data)
    else:
        with pytest.raises(ArchiveRefused):
            brought_by(cast.vera, data)
    made = set(SchoolYear.objects.values_list("starts", flat=True)) - before
    assert made == ({year} - before if comes else set())


# -- the preview -------------------------------------------------------------------------------------------


def test_the_preview_counts_and_writes_nothing(whole: DevelopmentPlan, cast: Cast) -> None:
    data, before = packed(cast.noor), everything()
    preview = previewed(cast.vera, data)
    assert everything() == before
    assert [line.new for line in preview.sifted.lines] == [1, 2, 1, 3, 1, 1, 3, 2]
    assert preview.files == 3 and not preview.unjudged
    assert any("1 " in each.what for each in preview.skipped)


# -- all or nothing ----------------------------------------------------------------------------------------


def test_all_comes_in_or_nothing_does(whole: DevelopmentPlan, cast: Cast, monkeypatch: Any) -> None:
    data, before = packed(cast.noor), everything()
    stored = set(path_of("x").parent.iterdir())

    def breaks(self: Any) -> None:
        raise RuntimeError("halverwege")

    monkeypatch.setattr(writing_in.Writer, "write_tips", breaks)
    with pytest.raises(RuntimeError):
        brought_by(cast.vera, data)
    assert everything() == before
    assert set(path_of("x").parent.iterdir()) == stored


def changed_json(data: bytes, change: Any) -> bytes:
    with opened(io.BytesIO(data)) as archive:
        document = json.loads(archive.read("mine.json", 10**7))
    change(document)
    return remade(data, **{"mine.json": json.dumps(document).encode()})


def set_in(*path: Any) -> Any:
    *way, last, value = path

    def change(document: Any) -> None:
        for step in way:
            document = document[step]
        document[last] = value

    return change


ENTRY, POP = ("portfolio", "entries", 0), ("portfolio", "pops", 0)


@pytest.mark.parametrize(
    "change",
    [
        set_in("schema", "iets-anders/9"),
        set_in("origin", "../../etc/passwd"),
        set_in("portfolio", []),
        set_in("portfolio", "entries", {}),
        set_in(*ENTRY, "kind", "bestaat niet"),
        set_in(*ENTRY, "title", 7),
        set_in(*ENTRY, "title", "x" * 201),
        set_in(*ENTRY, "text", "x" * 50_001),
        set_in(*ENTRY, "made_at", "gisteren"),
        set_in(*ENTRY, "made_at", "2026-10-05T09:30:00"),
        set_in(*ENTRY, "day", "9999-12-31"),
        set_in(*ENTRY, "competences", ["1"]),
        set_in(*ENTRY, "files", 0, "sha256", "../../../etc/passwd"),
        set_in(*ENTRY, "files", 0, "kind", "../x"),
        set_in(*POP, "year", -1),
        set_in(*POP, "year", 1990),
        set_in(*POP, "year", 2099),
        lambda document: document["portfolio"].update(pops=document["portfolio"]["pops"] * 16),
        set_in(*POP, "agreed_minutes", 10**9),
        set_in(*POP, "agreed_money", True),
        set_in(*POP, "goals", 1, "order", 1),
        set_in(*POP, "goals", 1, "order", 4),
        set_in("portfolio", "talents", 0, "good", 11),
        set_in("portfolio", "paps", 0, "state", "gehackt"),
        set_in("portfolio", "tips", 0, "mark", None),
        set_in("portfolio", "notes", [{}]),
        set_in("portfolio", "quadrants", [0]),
    ],
)
def test_what_this_program_would_not_write_is_refused(
    change: Any, whole: DevelopmentPlan, cast: Cast, client: Client
) -> None:
    before = everything()
    reply = upload(client, cast.vera, changed_json(packed(cast.noor), change))
    assert reply.status_code == 422 and "mine.json" in reply.content.decode()
    assert everything() == before


def test_characters_that_no_database_holds_are_left_out(whole: DevelopmentPlan, cast: Cast) -> None:
    data = changed_json(packed(cast.noor), set_in(*ENTRY, "text", "a\x00b\x07\ud800c"))
    brought_by(cast.vera, data)
    assert Entry.objects.filter(owner=cast.vera, text="abc").exists()
