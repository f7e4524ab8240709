"""What every PDF of the site must be, checked in one call; and a picture of each page for a person to look at."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pypdf

PICTURES = Path(__file__).parents[1] / "screenshots" / "pdf"
OURS = ("Source-S", "Emoji", "Symbols", "Hebrew", "Arabic", "Ethiopic")
PAGE_WORDS = {"nl": ("pagina", "van"), "en": ("page", "of")}
GLYPH_IS = re.compile(r"^<([0-9a-f]{4})> <([0-9a-f]*)>$", re.MULTILINE | re.IGNORECASE)
REACHING_OUT = {
    "/URI",
    "/JavaScript",
    "/Launch",
    "/GoToR",
    "/SubmitForm",
    "/ImportData",
    "/GoToE",
    "/Rendition",
}


def check(
    document: bytes,
    *,
    title: str,
    language: str = "nl",
    headings: Sequence[str] = (),
    in_order: Sequence[str] = (),
    pages: int | None = None,
) -> None:
    """Everything below. ``headings`` are bookmarks, ``in_order`` texts as somebody reads them."""
    assert document.startswith(b"%PDF-1.7")
    check_catalog(document, title, language)
    check_fonts(document)
    check_inert(document)
    check_numbering(document, language, pages)
    check_conforms(document)
    outline = bookmarks(document)
    assert all(title.strip() for title in outline)
    assert all(heading in outline for heading in headings), outline
    check_order(spoken(document), in_order)


def check_catalog(document: bytes, title: str, language: str) -> None:
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert opened.Root.MarkInfo.Marked and opened.Root.StructTreeRoot.K
        assert str(opened.Root.Lang) == language
        assert str(opened.docinfo["/Title"]) == title
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1" and metadata["dc:title"] == title


def check_conforms(document: bytes) -> None:
    """PDF/UA-1, as far as a machine can tell."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(document)
        file.flush()
        report = pdfua.validate(file.name)
    # Its rule on empty headings stumbles over lists in the tree; check() looks at the bookmarks instead.
    assert {outcome.rule_id for outcome in report.outcomes if outcome.skipped_reason} <= {"UA-14-001"}
    wrong = [finding for finding in report.findings if finding.severity >= pdfua.Severity.ERROR]
    assert not wrong, wrong


def fonts(document: bytes) -> dict[str, bool]:
    """Base font name → embedded, of every font in the file."""
    with pikepdf.open(io.BytesIO(document)) as opened:
        found = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and "/FontName" in o]
        return {str(o["/FontName"]): "/FontFile2" in o or "/FontFile3" in o for o in found}


def check_fonts(document: bytes) -> None:
    found = fonts(document)
    assert found and all(found.values()), found
    assert all(name.partition("+")[2].startswith(OURS) for name in found), found


def check_inert(document: bytes) -> None:
    """No attachment, no script and no link that leads out."""
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert not opened.attachments
        assert "/EmbeddedFiles" not in opened.Root.get("/Names", {}) and "/AF" not in opened.Root
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(opened.Root.keys())
        for each in opened.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                assert str(each.get("/S", "")) not in REACHING_OUT, each.get("/S")
                assert str(each.get("/Type", "")) not in ("/EmbeddedFile", "/Filespec")
                assert "/JS" not in each


def texts(document: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages]


def check_numbering(document: bytes, language: str, pages: int | None = None) -> None:
    """Each page says which one it is, and of how many."""
    page_word, of_word = PAGE_WORDS[language]
    found = texts(document)
    assert pages is None or len(found) == pages, len(found)
    for number, text in enumerate(found, start=1):
        assert f"{page_word} {number} {of_word} {len(found)}" in text, number


def bookmarks(document: bytes) -> list[str]:
    return list(_titles(pypdf.PdfReader(io.BytesIO(document)).outline))


def _titles(outline: Any) -> Iterator[str]:
    for each in outline:
        if isinstance(each, list):
            yield from _titles(each)
        else:
            yield str(each.title)


def spoken(document: bytes) -> str:
    """All text in the order of the structure tree, as a screen reader reads it: head and foot of pages left out."""
    with pikepdf.open(io.BytesIO(document)) as opened:
        marked = {page.objgen: _marked_text(page) for page in opened.pages}
        words = _read(opened.Root.StructTreeRoot, None, marked)
        return " ".join(words)


def _read(node: Any, page: Any, marked: dict[Any, dict[int, str]]) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _read(child, page, marked)
    elif isinstance(node, pikepdf.Dictionary):
        page = node.get("/Pg", page)
        if "/MCID" in node:
            yield marked[page.objgen].get(int(node.MCID), "")
        else:
            yield str(node.get("/Alt", ""))
            yield from _read(node.get("/K", pikepdf.Array()), page, marked)
    elif page is not None:
        yield marked[page.objgen].get(int(node), "")


def _marked_text(page: pikepdf.Page) -> dict[int, str]:
    """Number of a piece of marked content → its text; pieces may lie within each other."""
    glyphs = {name: _unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    pieces: list[int | None] = []
    names: dict[str, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                pieces.append(int(operands[1].MCID) if "/MCID" in operands[1] else None)
            case "BMC":
                pieces.append(None)
            case "EMC":
                pieces.pop()
            case "Tf":
                names = glyphs[str(operands[0])]
            case "Tj" | "TJ":
                piece = next((each for each in reversed(pieces) if each is not None), None)
                if piece is not None:
                    found[piece] = found.get(piece, "") + _shown(operands[0], names)
    return found


def _shown(operand: Any, names: dict[str, str]) -> str:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = "".join(bytes(part).hex() for part in parts if isinstance(part, pikepdf.String))
    return "".join(names.get(codes[at : at + 4], "") for at in range(0, len(codes), 4))


def _unicode(font: pikepdf.Object) -> dict[str, str]:
    """Glyph → text, from the font's own table."""
    found = GLYPH_IS.findall(font.ToUnicode.read_bytes().decode())
    return {glyph.lower(): bytes.fromhex(text).decode("utf-16-be", "replace") for glyph, text in found}


def check_order(text: str, in_order: Sequence[str]) -> None:
    """Spaces left out: a line on paper ends where it likes."""
    text, at = "".join(text.split()), 0
    for each in in_order:
        wanted = "".join(each.split())
        found = text.find(wanted, at)
        assert found >= 0, f"{wanted!r} does not come after what was before it in: {text}"
        at = found + len(wanted)


def keep_pictures(document: bytes, name: str, dots: int = 70) -> list[Path]:
    """Write the PDF and a picture of each page to screenshots/pdf/, for a person to look at."""
    assert shutil.which("pdftoppm"), "poppler-utils is missing; ./test installs it"
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob(f"{name}-*.png"):
        old.unlink()
    path = PICTURES / f"{name}.pdf"
    path.write_bytes(document)
    subprocess.run(
        ["pdftoppm", "-r", str(dots), "-png", str(path), str(PICTURES / name)],
        check=True,
        capture_output=True,
    )
    return sorted(PICTURES.glob(f"{name}-*.png"))
