"""Files that are brought: judged like any upload, each once, and only as many as there is room and time for."""

from __future__ import annotations

from typing import Any

import pytest

from coaching.lib.kept_files import path_of
from coaching.lib.uploads import UploadRefused
from coaching.taking_along import bringing, judging
from coaching.taking_along.stored_files import judged
from portfolio.models import DevelopmentPlan, Entry, EntryFile
from tests.people import Cast
from tests.taking_along.conftest import packed, remade
from tests.taking_along.test_bring import brought_by, changed_json, hashes, previewed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_paper")]


def test_files_are_judged_as_if_they_were_uploaded(whole: DevelopmentPlan, cast: Cast) -> None:
    """A page called .txt, a file that is gone, and one whose sum is another's."""
    text = EntryFile.objects.get(entry__owner=cast.noor, kind="txt")
    pdf = EntryFile.objects.get(entry__owner=cast.noor, kind="pdf")
    evil = b"<!DOCTYPE html><script>window.__xss=1</script>"
    changed = {f"bestanden__{text.sha256}.txt": evil, f"bestanden__{pdf.sha256}.pdf": None}
    data = remade(packed(cast.noor), **changed)
    preview = previewed(cast.vera, data)
    reasons = {each.what: each.why for each in preview.skipped}
    assert text.name in reasons and pdf.name in reasons and preview.files == 1
    done = brought_by(cast.vera, data)
    assert done.files == 1 and hashes(cast.vera) == [row for row in hashes(cast.noor) if row[0] == "foto.jpg"]
    assert Entry.objects.filter(owner=cast.vera).count() == 3


def test_what_fits_in_no_quota_stays_out(whole: DevelopmentPlan, cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr("portfolio.files.QUOTA", 60)
    preview = previewed(cast.vera, packed(cast.noor))
    done = brought_by(cast.vera, packed(cast.noor))
    assert preview.files == done.files == len(hashes(cast.vera)) < 3


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_file_that_is_named_thousands_of_times_is_looked_into_once(
    is_refused: bool, whole: DevelopmentPlan, cast: Cast, monkeypatch: Any
) -> None:
    looked: list[str] = []

    def look(file: Any, archive: Any) -> Any:
        looked.append(file.path)
        if is_refused:
            raise UploadRefused("nee")
        return judged(file, archive)

    def many(document: Any) -> None:
        [row] = [each for each in document["portfolio"]["entries"] if each["title"] == "Stil begin"]
        rows = [{**row, "id": 1_000 + number, "files": row["files"][:1] * 100} for number in range(40)]
        document["portfolio"]["entries"] = rows

    monkeypatch.setattr(judging, "judged", look)
    data = changed_json(packed(cast.noor), many)
    preview = previewed(cast.vera, data)
    assert len(looked) == 1 and preview.files == (0 if is_refused else 400)
    assert any(each.what.startswith("3600 ") for each in preview.skipped)
    done = brought_by(cast.vera, data)
    assert len(looked) == 2 and done.files == preview.files
    assert len({row.stored for row in EntryFile.objects.filter(entry__owner=cast.vera)}) == done.files


def test_no_more_than_so_many_files_of_one_zip(whole: DevelopmentPlan, cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(bringing, "MOST_IN_ALL", 2)
    done = brought_by(cast.vera, packed(cast.noor))
    assert done.files == 2 and any(each.what.startswith("1 bestand te veel") for each in done.skipped)


def test_what_can_not_be_looked_into_in_time_stays_out(
    whole: DevelopmentPlan, cast: Cast, monkeypatch: Any
) -> None:
    monkeypatch.setattr(bringing, "SECONDS_TO_KEEP", -1)
    done = brought_by(cast.vera, packed(cast.noor))
    assert done.files == 0 and len([each for each in done.skipped if "geen tijd" in each.why]) == 3


def test_room_that_was_taken_meanwhile_is_not_taken_twice(
    whole: DevelopmentPlan, cast: Cast, monkeypatch: Any
) -> None:
    """Another screen of the same person adds a file while those of the ZIP are judged."""
    before = set(path_of("x").parent.iterdir())
    judge_all = bringing.keep_files

    def meanwhile(*words: Any) -> None:
        judge_all(*words)
        monkeypatch.setattr("portfolio.files.QUOTA", 60)

    monkeypatch.setattr(bringing, "keep_files", meanwhile)
    done = brought_by(cast.vera, packed(cast.noor))
    rows = EntryFile.objects.filter(entry__owner=cast.vera)
    assert sum(row.size for row in rows) <= 60 and done.files == rows.count() < 3
    assert len([each for each in done.skipped if "200 MB" in each.why]) == 3 - done.files
    kept = {path.name.split(".")[0] for path in set(path_of("x").parent.iterdir()) - before}
    assert kept == {row.stored for row in rows}
