"""Files of entries: stored, sent, shown small, deleted, counted, swept up."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.lib.kept_files import path_of, sweep_strays, thumbnail_of
from coaching.lib.uploads import Upload, UploadRefused, judge
from portfolio import files
from portfolio.files import keep, used_by
from portfolio.models import Entry, EntryFile, ShareOpening
from portfolio.sharing import share
from schools.models import User
from tests.lib.files import HTML, PDF, office, photo_with_place, picture
from tests.people import Cast

NOW = timezone.now


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return Entry.objects.create(owner=cast.noor, kind="proof", title="Mijn dagplanning")


def add(entry: Entry, name: str = "les.pdf", content: bytes = PDF) -> EntryFile:
    made = keep(entry, judge(name, content), NOW())
    assert made is not None
    return made


def upload(client: Client, entry: Entry, name: str, content: bytes, **more: Any) -> Any:
    told = {"file": SimpleUploadedFile(name, content), "once_key": uuid4(), **more}
    return client.post(reverse("file_add", args=[entry.pk]), told)


def on_disk(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# -- adding ------------------------------------------------------------------------------------------------


def test_a_file_is_kept_under_a_random_name_with_its_hash(noor: Client, entry: Entry, folder: Path) -> None:
    assert upload(noor, entry, "Mijn les.pdf", PDF).status_code == 302
    kept = entry.files.get()
    assert (kept.name, kept.kind, kept.size) == ("Mijn les.pdf", "pdf", len(PDF))
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert on_disk(folder) == [kept.stored] and len(kept.stored) == 32
    assert path_of(kept.stored).read_bytes() == PDF
    assert path_of(kept.stored).stat().st_mode & 0o077 == 0


def test_a_photo_is_kept_without_its_place_and_with_a_thumbnail(
    noor: Client, entry: Entry, folder: Path
) -> None:
    upload(noor, entry, "IMG_1.JPG", photo_with_place())
    kept = entry.files.get()
    assert (kept.name, kept.has_thumbnail) == ("IMG_1.jpg", True)
    assert b"Exif" not in path_of(kept.stored).read_bytes()
    assert on_disk(folder) == [kept.stored, f"{kept.stored}.thumb"]


def test_the_folder_lies_outside_what_the_web_serves(settings: Any) -> None:
    from coaching import settings as own

    assert not own.FILES_DIR.is_relative_to(own.STATIC_ROOT)
    assert not own.FILES_DIR.is_relative_to(own.BASE_DIR / "static")


def test_a_form_sent_twice_adds_one_file(noor: Client, entry: Entry, folder: Path) -> None:
    key = uuid4()
    for _twice in range(2):
        assert upload(noor, entry, "a.pdf", PDF, once_key=key).status_code == 302
    assert on_disk(folder) == [entry.files.get().stored]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.png", HTML, "Dit soort bestand kan niet"),
        ("a.pdf", b"", "Er staat niets in dit bestand"),
        ("a.docx", office(more={"word/vbaProject.bin": "x"}), "macro"),
    ],
)
def test_a_refused_file_leaves_nothing(
    noor: Client, entry: Entry, folder: Path, name: str, content: bytes, says: str
) -> None:
    reply = upload(noor, entry, name, content)
    assert reply.status_code == 422
    assert says in reply.content.decode()
    assert not entry.files.exists() and not on_disk(folder)


def test_a_form_without_a_file_says_so(noor: Client, entry: Entry) -> None:
    assert noor.post(reverse("file_add", args=[entry.pk])).status_code == 422


def test_ten_files_is_the_most_for_one_entry(noor: Client, entry: Entry, folder: Path) -> None:
    for _each in range(files.MOST_FILES):
        add(entry)
    reply = upload(noor, entry, "a.pdf", PDF)
    assert reply.status_code == 422 and "Tien bestanden" in reply.content.decode()
    assert len(on_disk(folder)) == files.MOST_FILES


def test_the_quota_counts_all_entries_of_a_person_and_nobody_elses(
    cast: Cast, entry: Entry, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "QUOTA", 2 * len(PDF))
    other = Entry.objects.create(owner=cast.noor, kind="proof", title="Nog een")
    theirs = Entry.objects.create(owner=cast.samir, kind="proof", title="Van Samir")
    add(entry), add(theirs), add(other)
    with pytest.raises(UploadRefused, match="200 MB"):
        keep(entry, judge("a.pdf", PDF), NOW())
    assert used_by(cast.noor.pk) == 2 * len(PDF)
    assert len(on_disk(folder)) == 3


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_pass_the_quota(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits for the row of the person; SQLite has one writer at a time anyhow."""
    monkeypatch.setattr(files, "QUOTA", len(PDF))
    entry = Entry.objects.create(owner=cast.noor, kind="proof", title="Tegelijk")
    start, came = Barrier(2), []

    def one() -> None:
        start.wait()
        try:
            came.append(keep(Entry.objects.get(pk=entry.pk), judge("a.pdf", PDF), NOW()) is not None)
        except UploadRefused:
            came.append(False)
        finally:
            connection.close()

    threads = [Thread(target=one) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == [False, True]
    assert entry.files.count() == 1


def test_a_full_disk_leaves_no_row_and_no_half_file(
    entry: Entry, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep(entry, judge("a.pdf", PDF), NOW())
    assert not EntryFile.objects.exists() and not on_disk(folder)


# -- sending -----------------------------------------------------------------------------------------------


def test_a_file_is_sent_as_an_attachment_that_can_run_nothing(noor: Client, entry: Entry) -> None:
    kept = add(entry, "Één les.pdf")
    reply: Any = noor.get(reverse("file", args=[kept.pk]))
    assert b"".join(reply.streaming_content) == PDF
    assert reply["Content-Type"] == "application/pdf"
    assert reply["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('Één les.pdf')}"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert reply["Cache-Control"] == "no-store"
    assert int(reply["Content-Length"]) == len(PDF)


def test_a_thumbnail_is_shown_and_locked_up_too(noor: Client, entry: Entry) -> None:
    kept = add(entry, "foto.png", picture())
    reply: Any = noor.get(reverse("thumbnail", args=[kept.pk]))
    assert b"".join(reply.streaming_content)[8:12] == b"WEBP"
    assert "attachment" not in reply.get("Content-Disposition", "")
    assert reply["Content-Security-Policy"].startswith("sandbox")
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert noor.get(reverse("thumbnail", args=[add(entry).pk])).status_code == 404


def test_a_missing_file_is_said_and_no_error(noor: Client, entry: Entry) -> None:
    kept = add(entry, "foto.png", picture())
    files.remove(kept.stored)
    reply = noor.get(reverse("file", args=[kept.pk]))
    assert reply.status_code == 410 and "foto.png" in reply.content.decode()
    assert noor.get(reverse("thumbnail", args=[kept.pk])).status_code == 404
    assert noor.get(reverse("entry", args=[entry.pk])).status_code == 200


def fetched(client: Client, kept: EntryFile, person: User) -> set[int]:
    client.force_login(person)
    return {client.get(reverse(name, args=[kept.pk])).status_code for name in ("file", "thumbnail")}


def test_a_viewer_gets_the_files_until_it_is_taken_back(cast: Cast, client: Client, entry: Entry) -> None:
    kept = add(entry, "foto.png", picture())
    assert fetched(client, kept, cast.tom) == {404}
    shared = share(entry, cast.tom, until=None, at=NOW())
    assert fetched(client, kept, cast.tom) == {200}
    assert ShareOpening.objects.filter(share=shared).exists()
    shared.revoke(NOW())
    assert fetched(client, kept, cast.tom) == {404}


@pytest.mark.parametrize("name", ["file", "thumbnail"])
def test_the_owner_sees_that_a_file_was_looked_at(
    cast: Cast, client: Client, entry: Entry, name: str
) -> None:
    kept = add(entry, "foto.png", picture())
    shared = share(entry, cast.tom, until=None, at=NOW())
    for person, times in ((cast.noor, 0), (cast.samir, 0), (cast.tom, 1), (cast.tom, 1)):
        client.force_login(person)
        client.get(reverse(name, args=[kept.pk]))
        assert shared.openings.count() == times


# -- deleting ----------------------------------------------------------------------------------------------


def test_a_file_is_deleted_after_asking(
    noor: Client, entry: Entry, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    kept = add(entry, "foto.png", picture())
    address = reverse("file_delete", args=[kept.pk])
    assert "foto.png" in noor.get(address).content.decode()
    with django_capture_on_commit_callbacks() as later:
        noor.post(address)
    assert not EntryFile.objects.exists()
    assert len(on_disk(folder)) == 2  # until the row is gone for certain
    for each in later:
        each()
    assert not on_disk(folder)


def test_an_entry_takes_its_files_along(
    noor: Client, entry: Entry, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    add(entry), add(entry, "foto.png", picture())
    assert "2" in noor.get(reverse("entry_delete", args=[entry.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        noor.post(reverse("entry_delete", args=[entry.pk]))
    assert not Entry.objects.exists() and not on_disk(folder)


# -- sweeping up -------------------------------------------------------------------------------------------


def aged(path: Path, hours: int) -> Path:
    moment = NOW().timestamp() - hours * 3600
    os.utime(path, (moment, moment))
    return path


def test_only_old_files_without_a_row_are_swept_up(
    entry: Entry, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    kept = add(entry, "foto.png", picture())
    for path in (path_of(kept.stored), thumbnail_of(kept.stored)):
        aged(path, 48)
    files.put("a" * 32, Upload("x", "png", b"x", b"y"))
    files.put("b" * 32, Upload("x", "png", b"x"))
    aged(path_of("a" * 32), 25), aged(thumbnail_of("a" * 32), 25)
    (folder / ("c" * 32 + ".part")).write_bytes(b"half")
    aged(folder / ("c" * 32 + ".part"), 25)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_strays(NOW()) == 2
    assert on_disk(folder) == sorted([kept.stored, f"{kept.stored}.thumb", "b" * 32])


def test_a_file_that_is_renamed_meanwhile_is_passed_over(
    db: None, folder: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    files.put("a" * 32, Upload("x", "png", b"x"))
    aged(path_of("a" * 32), 25)
    there = list(folder.iterdir())
    monkeypatch.setattr(Path, "iterdir", lambda _folder: iter([folder / ("b" * 32 + ".part"), *there]))
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_strays(NOW()) == 1
    assert not path_of("a" * 32).exists()


@pytest.mark.django_db(transaction=True)
def test_the_night_sweeps_and_a_dry_run_does_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files.put("a" * 32, Upload("x", "txt", b"x"))
    aged(path_of("a" * 32), 30)
    call_command("clean_up", "--dry-run")
    assert on_disk(folder) == ["a" * 32]
    call_command("clean_up")
    assert on_disk(folder) == []
    assert "1 uploaded files that belong to nothing." in capsys.readouterr().out


def test_without_a_folder_there_is_nothing_to_sweep(db: None) -> None:
    assert sweep_strays(NOW() + dt.timedelta(days=3)) == 0
