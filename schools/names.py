"""Names as people type or paste them, made safe for lists, mails and headers."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from coaching.lib.forms import OneLine

NAME_LENGTH = 120
# A mail program makes a link of these by itself, so an invitation could carry somebody else's advertisement.
LINK_START = ("http:", "https:", "ftp:", "mailto:", "javascript:", "data:", "www.")
BARE_DOMAIN = re.compile(
    r"[\w-]{2,}(\.[\w-]+)*\.(com|net|org|nl|be|de|eu|uk|io|co|info|biz|xyz|site|online|app|dev|link|top|ru|cn)"
    r"([/:?#].*)?",
    re.IGNORECASE,
)


def is_link(word: str) -> bool:
    bare = word.strip("()[]<>{}\"'.,;!")
    if bare.lower().startswith(LINK_START) or "://" in bare or "@" in bare:
        return True
    return BARE_DOMAIN.fullmatch(bare) is not None


def clean_name(text: str) -> str:
    """``text`` without control and direction characters, links, addresses and doubled blanks; may be empty."""
    shown = (
        " " if char.isspace() or unicodedata.category(char) == "Cc" else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join(word for word in "".join(shown).split() if not is_link(word))


class NameField(OneLine):
    """The name of a person or a school; what does not belong in a name is left out."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", NAME_LENGTH)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_name(str(super().to_python(value))[:2000])
