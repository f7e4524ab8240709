"""An uploaded file, judged by what is in it and never by what it is called.

What comes out may be kept: pictures are made anew, documents hold no macros and fetch nothing, the name is safe
to show and to send. Everything else raises UploadRefused. Kept files are only ever sent as attachments.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .office_files import OfficeRefused, office_kind
from .pictures import PictureRefused, remade

MAX_FILE_BYTES = 20 * 1024 * 1024
# How the content is sent back. A kind is also the extension of the name.
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
}
PICTURES = ("png", "jpg", "webp")
THUMBNAIL_TYPE = "image/webp"

MAX_NAME_BYTES = 150  # without the extension; a name on disk ends at 255 bytes, also inside an export
EXTENSION = re.compile(r"\.(?=[a-z0-9]*[a-z])[a-z0-9]{1,5}$", re.I)
NOT_IN_NAMES = re.compile(r"[\"'`<>:;|?*%=&$\\/]+")
# Names of devices: Windows can't save a file that is called so.
DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.I)

MARKUP = re.compile(r"<(?:!doctype|\?xml|html|head|body|svg|script|iframe|math|xml)\b|<!--", re.I)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
SOUND_TRACK, MOVING_TRACK = (re.compile(rb"hdlr.{8}" + kind, re.S) for kind in (b"soun", b"vide"))


class UploadRefused(Exception):
    """The file can't be kept; the message says why, or what can be, to the user."""


@dataclass(frozen=True)
class Upload:
    """What may be kept: a clean name, one of TYPES, the bytes to store, and for a picture its thumbnail (WebP)."""

    name: str
    kind: str
    content: bytes
    thumbnail: bytes | None = None


def judge(name: str, content: bytes) -> Upload:
    """``content`` as it may be kept, under ``name`` made safe. Raises UploadRefused."""
    if len(content) > MAX_FILE_BYTES:
        raise UploadRefused(too_large())
    if not content.strip(b"\x00 \t\r\n"):
        raise UploadRefused(_("There is nothing in this file."))
    kind = kind_of(name, content)
    if kind in PICTURES:
        return picture(name, kind, content)
    return Upload(clean_name(name, kind), kind, plain(content) if kind == "txt" else content)


def too_large() -> str:
    return _("This file is larger than 20 MB. Make it smaller, or add a part of it.")


def not_allowed() -> str:
    return _(
        "This kind of file can't be added. What can: PDF, pictures (PNG, JPG, WebP), Word, Excel, PowerPoint and"
        " ODT without macros, text (TXT) and sound (MP3, M4A), each up to 20 MB."
    )


def kind_of(name: str, content: bytes) -> str:
    """One of TYPES, by the content alone; a text has no mark of its own, so there the name has to say it too."""
    for kind, is_it in MARKS.items():
        if is_it(content):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return office(content)
    if name.lower().rstrip().endswith(".txt") and is_text(content):
        return "txt"
    raise UploadRefused(not_allowed())


def is_jpg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def is_webp(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def is_pdf(content: bytes) -> bool:
    return re.match(rb"%PDF-\d\.\d", content) is not None


def is_mp3(content: bytes) -> bool:
    """Sound frames at the start, or after the tags (ID3) and the zeros that may follow those."""
    at = 0
    if content.startswith(b"ID3") and len(content) > 10:
        at = 10 + sum(
            (byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True)
        )
        at += len(content[at : at + 4096]) - len(content[at : at + 4096].lstrip(b"\x00"))
    return is_sound_frame(content[at : at + 4])


def is_sound_frame(head: bytes) -> bool:
    """The head of a frame of MPEG audio, layer III, with a bitrate and a sample rate that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2 or head[1] & 0x18 == 0x08:
        return False
    return head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C


def is_m4a(content: bytes) -> bool:
    """An MPEG-4 file with a track of sound and none of moving pictures."""
    if content[4:8] != b"ftyp":
        return False
    return SOUND_TRACK.search(content) is not None and MOVING_TRACK.search(content) is None


MARKS = {"pdf": is_pdf, "png": is_png, "jpg": is_jpg, "webp": is_webp, "mp3": is_mp3, "m4a": is_m4a}


def office(content: bytes) -> str:
    try:
        kind = office_kind(content)
    except OfficeRefused as refused:
        raise UploadRefused(str(refused)) from None
    if kind is None:
        raise UploadRefused(not_allowed())
    return kind


def picture(name: str, kind: str, content: bytes) -> Upload:
    try:
        whole, small = remade(content, kind)
    except PictureRefused as refused:
        raise UploadRefused(str(refused)) from None
    return Upload(clean_name(name, kind), kind, whole, small)


# -- text --------------------------------------------------------------------------------------------------


def decoded(content: bytes) -> str | None:
    """As UTF-8, as UTF-16 with its mark, or the way old Windows programs write; None when it is no text."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def is_text(content: bytes) -> bool:
    """Words for people: no control characters, and nothing that a browser might take for a page."""
    text = decoded(content)
    if text is None or CONTROLS.search(text):
        return False
    return not (text.lstrip().startswith(("<", "{\\rtf", "#!")) or MARKUP.search(text))


def plain(content: bytes) -> bytes:
    return (decoded(content) or "").encode()


# -- names -------------------------------------------------------------------------------------------------


def clean_name(name: str, kind: str) -> str:
    """``name`` without paths, quotes, line ends and marks one can't see, ending in ".<kind>" and nothing else."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in last)
    stem = NOT_IN_NAMES.sub(" ", seen)
    stem = without_extension(" ".join(stem.split()))
    stem = stem.encode(errors="ignore")[:MAX_NAME_BYTES].decode(errors="ignore").strip(" .")
    if DEVICE.match(stem):
        stem = f"_{stem}"
    return f"{stem or _('file')}.{kind}"


def without_extension(stem: str) -> str:
    """Off with the extension, and with a kind of ours before it: "a.pdf.html" is "a", "versie 3.2" stays."""
    stem = EXTENSION.sub("", stem)
    while stem.lower().endswith(tuple(f".{kind}" for kind in TYPES)):
        stem = EXTENSION.sub("", stem)
    return stem.strip(" .")
