"""Secret links: only a hash of their secret part is kept."""

from __future__ import annotations

import hashlib


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
