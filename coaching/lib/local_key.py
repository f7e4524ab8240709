"""The secret key of somebody's own machine."""

from __future__ import annotations

import secrets
from pathlib import Path


def local_key(folder: Path) -> str:
    """A key of this checkout's own, made once in ``folder``, so that a restart keeps people logged in."""
    folder.mkdir(exist_ok=True)
    path = folder / "local-secret-key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text()
