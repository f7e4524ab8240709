"""A ZIP that was brought and waits for its owner's yes: on the disk, theirs alone, for an hour at most."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

KEPT = dt.timedelta(hours=1)
TOKEN = re.compile(r"[0-9a-f]{32}")


def folder() -> Path:
    """Beside the uploaded files, and never among what is served or backed up with them."""
    return Path(f"{settings.FILES_DIR}-brought")


def put(person: int, chunks: Iterable[bytes]) -> str:
    """Keep it in place of the one before; the token is in the address of the preview."""
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    remove(old_ones(timezone.now()))
    token = secrets.token_hex(16)
    path = path_of(person, token)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in chunks:
                file.write(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    remove(other for other in place.glob(f"{person}-*") if other != path)
    return token


def path_of(person: int, token: str) -> Path:
    return folder() / f"{person}-{token}.zip"


def find(person: int, token: str, now: dt.datetime) -> Path | None:
    """Only ``person`` finds it, and only within the hour."""
    path = path_of(person, token)
    return path if TOKEN.fullmatch(token) and not is_old(path, now) else None


def finish(person: int, token: str, report: dict[str, Any]) -> None:
    """The ZIP has been brought in: it goes, and what came of it stays for the rest of the hour.

    Of two at the same moment the report of the first stands: the second found nothing new.
    """
    half = folder() / f"{person}-{secrets.token_hex(8)}.half"
    half.write_text(json.dumps(report))
    with suppress(FileExistsError):
        os.link(half, path_of(person, token).with_suffix(".report"))
    remove([half, path_of(person, token)])


def report_of(person: int, token: str, now: dt.datetime) -> dict[str, Any] | None:
    path = path_of(person, token).with_suffix(".report")
    if not TOKEN.fullmatch(token) or is_old(path, now):
        return None
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def is_old(path: Path, now: dt.datetime) -> bool:
    """Or gone."""
    try:
        return path.stat().st_mtime < (now - KEPT).timestamp()
    except OSError:
        return True


def drop(person: int) -> None:
    remove(folder().glob(f"{person}-*"))


def old_ones(now: dt.datetime) -> list[Path]:
    return [path for path in folder().glob("*-*") if is_old(path, now)]


def forget_old(now: dt.datetime) -> int:
    """How many go; once it is certain, so that a dry run of the clean-up leaves them."""
    old = old_ones(now)
    transaction.on_commit(lambda: remove(old))
    return len(old)


def remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
