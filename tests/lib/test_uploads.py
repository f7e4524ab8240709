"""What people upload is judged by its content; what is hostile is refused or comes out harmless."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from coaching.lib.uploads import MAX_FILE_BYTES, TYPES, clean_name, judge
from tests.lib import files
from tests.lib.files import refused

pytestmark = pytest.mark.usefixtures("in_english")

GOOD = {
    "pdf": files.PDF,
    "png": files.picture("PNG"),
    "jpg": files.picture("JPEG"),
    "webp": files.picture("WEBP"),
    "docx": files.office("docx"),
    "xlsx": files.office("xlsx"),
    "pptx": files.office("pptx"),
    "odt": files.odt(),
    "txt": b"Wat ging goed? Alles, zelfs vrijdag.\n",
    "mp3": files.sound("mp3"),
    "m4a": files.sound("m4a"),
}


# -- what may be kept --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TYPES)
def test_each_kind_is_known_by_its_content(kind: str) -> None:
    assert (judge(f"Mijn les.{kind}", GOOD[kind]).name, judge("x.txt", GOOD[kind]).kind) == (
        f"Mijn les.{kind}",
        kind,
    )


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "pptx", "odt", "mp3", "m4a"])
def test_what_is_no_picture_is_kept_as_it_is(kind: str) -> None:
    upload = judge(f"a.{kind}", GOOD[kind])
    assert upload.content == GOOD[kind]
    assert upload.thumbnail is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_kept_as_utf_8_however_it_was_written(encoding: str) -> None:
    assert judge("a.txt", "Één ding: < 5 min & ‘nee’\r\n".encode(encoding)).content.decode() == (
        "Één ding: < 5 min & ‘nee’\r\n"
    )


def test_sound_may_have_tags_before_it() -> None:
    tags = b"ID3\x04\x00\x00\x00\x00\x01\x00" + bytes(128)
    assert judge("a.mp3", tags + bytes(20) + files.sound("mp3")).kind == "mp3"
    assert "can't be added" in refused("a.mp3", tags + files.HTML)


def test_a_link_in_a_document_is_fine() -> None:
    links = files.relations("hyperlink", "https://example.org/")
    assert judge("a.docx", files.office(more={"word/_rels/document.xml.rels": links})).kind == "docx"
    assert judge("a.odt", files.odt('<text:a xlink:href="https://example.org/"/>')).kind == "odt"
    assert judge("a.odt", files.odt('<draw:image xlink:href="Pictures/1.png"/>')).kind == "odt"


# -- pictures ----------------------------------------------------------------------------------------------


def test_place_camera_and_comments_are_gone_and_the_picture_stands_upright() -> None:
    upload = judge("foto.jpg", files.photo_with_place())
    made = files.opened(upload.content)
    assert not made.getexif() and not {"exif", "comment", "icc_profile", "xmp"} & made.info.keys()
    assert b"Exif" not in upload.content and b"script" not in upload.content
    assert made.size == (40, 60)
    red, _green, blue = made.getpixel((5, 30))  # type: ignore[misc]
    assert blue > 200 > red  # what was below is on the left, after a quarter turn to the right


def test_a_thumbnail_is_small_and_bare() -> None:
    upload = judge("foto.jpg", files.picture("JPEG", (1600, 1200)))
    assert upload.thumbnail
    small = files.opened(upload.thumbnail)
    assert (small.format, small.size) == ("WEBP", (320, 240))
    assert files.opened(upload.content).size == (1600, 1200)


@pytest.mark.parametrize(
    ("size", "becomes"), [((1, 1), (1, 1)), ((20, 4000), (5, 960)), ((4000, 2), (320, 1))]
)
def test_a_thumbnail_of_any_shape(size: tuple[int, int], becomes: tuple[int, int]) -> None:
    upload = judge("a.png", files.picture("PNG", size))
    assert upload.thumbnail
    assert files.opened(upload.thumbnail).size == becomes


def test_a_very_long_picture_is_made_smaller() -> None:
    assert files.opened(judge("a.png", files.picture("PNG", (8400, 10))).content).size == (2800, 4)
    assert files.opened(judge("a.jpg", files.picture("JPEG", (8000, 400))).content).size == (4000, 200)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_in_every_mode(mode: str) -> None:
    name = "JPEG" if mode == "CMYK" else "PNG"
    image = files.opened(files.picture()).convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 256).convert("I;16")
    out = files.BytesIO()
    image.save(out, name)
    made = files.opened(judge("a", out.getvalue()).content).convert("L")
    above, below = made.getpixel((5, 5)), made.getpixel((5, 35))
    assert (abs(above - 76) < 8 and abs(below - 29) < 8) or mode == "1"  # type: ignore[operator]


def test_what_is_clear_stays_clear() -> None:
    out = files.BytesIO()
    files.opened(files.picture()).convert("P").save(out, "PNG", transparency=0)
    content = out.getvalue()
    assert files.opened(judge("a.png", content).content).mode == "RGBA"


def test_of_a_moving_picture_one_frame_is_kept() -> None:
    frames = [files.opened(files.picture(size=(30, 30 + more))).resize((30, 30)) for more in range(0, 20, 2)]
    for name in ("PNG", "WEBP"):
        out = files.BytesIO()
        frames[0].save(out, name, save_all=True, append_images=frames[1:])
        made = files.opened(judge("a", out.getvalue()).content)
        assert getattr(made, "n_frames", 1) == 1


def test_a_page_behind_a_picture_is_gone() -> None:
    upload = judge("a.png", files.picture() + files.HTML)
    assert b"script" not in upload.content and b"html" not in upload.content


def test_a_script_in_the_notes_of_a_photo_is_gone() -> None:
    upload = judge("a.jpg", files.photo_with_place(script=b"<script>window.__xss=1</script>" * 2000))
    assert b"script" not in upload.content
    assert len(upload.content) < 5_000


def test_notes_that_cannot_be_read_spoil_no_photo() -> None:
    assert judge("a.jpg", files.picture("JPEG", exif=b"Exif\x00\x00nonsense")).kind == "jpg"


@pytest.mark.parametrize(
    "content", [files.picture()[:60], files.picture("JPEG")[:200], b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0WEBP"]
)
def test_half_a_picture_is_refused(content: bytes) -> None:
    assert refused("a.png", content) == "This picture is broken: it can't be opened."


def test_a_picture_of_more_pixels_than_it_has_memory_for() -> None:
    assert "more than 32 million pixels" in refused("a.png", files.png_that_says(6000, 6000))
    assert "more than 8 million pixels" in refused("a.webp", files.picture("WEBP", (4000, 2500)))
    assert "more than 16 million pixels" in refused(
        "a.jpg", files.picture("JPEG", (4100, 4000), progressive=True)
    )


# -- what is something else --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", files.HTML),
        ("a.png", files.SVG),
        ("a.svg", files.SVG),
        ("a.txt", files.SVG),
        ("a.txt", b"  \n<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>"),
        ("a.txt", b"Beste ouders,\n<IFRAME src=x>"),
        ("a.txt", "﻿".encode() + files.HTML),
        ("a.txt", files.HTML.decode().encode("utf-16")),
        ("a.txt", b"{\\rtf1\\ansi hallo}"),
        ("a.txt", b"MZ\x90\x00\x03 program"),
        ("a.txt", b"tekst met \x1b[31m rood"),
        ("a.txt", b"a\x00b"),
        ("a.js", b"window.__xss=1"),
        ("a.html", b"alleen maar tekst"),
        ("photo.png", b"alleen maar tekst"),
        ("a.gif", b"GIF89a/*\x01\x00*/=1;window.__xss=1"),
        ("a.jpg", b"GIF89a" + bytes(40)),
        ("a.pdf", b"<html>%PDF-1.7"),
        ("a.zip", files.zipped({"a.txt": "hallo"})),
        ("a.docx", files.zipped({"../../x": "hallo"})),
        ("a.epub", files.zipped({"mimetype": "application/epub+zip"})),
        (
            "a.ods",
            files.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}),
        ),
        ("a.rar", b"Rar!\x1a\x07\x01\x00"),
        ("a.gz", b"\x1f\x8b\x08\x00" + bytes(20)),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.mp3", b"\xff\xfe" + "tekst".encode("utf-16-le")),
        ("a.m4a", files.sound("m4a", b"vide")),
        ("a.m4a", b"\x00\x00\x00\x18ftypM4A "),
    ],
)
def test_what_is_not_on_the_list_is_refused_with_the_list(name: str, content: bytes) -> None:
    assert "What can: PDF, pictures (PNG, JPG, WebP), Word" in refused(name, content)


def test_nothing_is_refused() -> None:
    assert refused("a.pdf", b"") == refused("a.txt", b" \n") == "There is nothing in this file."


def test_too_large_is_refused() -> None:
    assert "larger than 20 MB" in refused("a.pdf", files.PDF + bytes(MAX_FILE_BYTES))


# -- names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("verslag 3.2.pdf", "verslag 3.2.pdf"),
        ("verslag 3.2", "verslag 3.2.pdf"),
        ("Mijn les – groep 7 (concept).PDF", "Mijn les – groep 7 (concept).pdf"),
        ("a.pdf.html", "a.pdf"),
        ("a.docx", "a.pdf"),
        ('b"; filename="x.html\r\nSet-Cookie: a=b.pdf', "b filename x.html Set-Cookie a b.pdf"),
        ("foto\u202egpj.exe", "foto gpj.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\noor\\les.pdf", "les.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul.pdf"),
        (" .. .pdf", "file.pdf"),
        ("", "file.pdf"),
        ("\x00\ud800'`.pdf", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("=1+1.pdf", "1+1.pdf"),
        ("e\u0301e\u0301n.pdf", "\u00e9\u00e9n.pdf"),
    ],
)
def test_names_are_made_safe(name: str, becomes: str) -> None:
    assert clean_name(name, "pdf") == becomes


@pytest.mark.parametrize("letter", ["a", "é", "👩"])
def test_long_names_are_cut_between_letters(letter: str) -> None:
    name = clean_name(letter * 400 + ".pdf", "pdf")
    assert 140 < len(name.encode()) <= 154
    assert set(name.removesuffix(".pdf")) == {letter}


# -- memory ------------------------------------------------------------------------------------------------

MEASURE = """
import re, sys, time
from django.conf import settings
settings.configure(USE_I18N=False)
from coaching.lib.uploads import UploadRefused, judge
with open(sys.argv[1], "rb") as file:
    content = file.read()
try:
    judge(sys.argv[1], content)
    said = "kept"
except UploadRefused:
    said = "refused"
with open("/proc/self/status") as status:  # getrusage counts what the parent had as well
    print(said, int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read())[1]) // 1024, time.process_time())
"""


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("huge.png", "refused"),
        ("bomb.docx", "refused"),
        ("parts.docx", "refused"),
        ("types.docx", "refused"),
        ("elements.docx", "refused"),
        ("names.docx", "refused"),
        ("tag.docx", "refused"),
        ("long.docx", "kept"),
        ("largest.png", "kept"),
    ],
)
def test_no_file_takes_two_hundred_megabytes_nor_long(name: str, outcome: str, tmp_path: Path) -> None:
    """The whole process, with the interpreter, Django and Pillow in it; seconds of the processor."""
    noise = random.Random(4).randbytes(400_000)  # so that the rest stays under what may be packed
    made = {
        "huge.png": lambda: files.png_that_says(30_000, 30_000),
        "bomb.docx": lambda: files.office(more={"word/a.xml": b" " * 150_000_000}),
        "parts.docx": lambda: files.many_parts(300_000),
        "types.docx": lambda: files.office(types="<a/>" * 6_000_000, more={"word/media/a.jpg": noise}),
        "elements.docx": lambda: body("<a>" * 6_000_000, noise),
        "names.docx": lambda: body("".join(f"<a{each:x}/>" for each in range(2_000_000)), noise),
        "tag.docx": lambda: body(
            "<a " + "".join(f'a{each:x}="" ' for each in range(1_500_000)) + "/>", noise
        ),
        "long.docx": lambda: body("<w:p><w:r><w:t>Een woord</w:t></w:r></w:p>" * 120_000, noise),
        "largest.png": lambda: files.picture("PNG", (5_650, 5_650)),
    }
    path = tmp_path / name
    path.write_bytes(made[name]())
    command = [sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    said, megabytes, seconds = done.stdout.split()
    assert said == outcome
    assert int(megabytes) < 200
    assert float(seconds) < 5


def body(text: str, noise: bytes) -> bytes:
    return files.office(
        more={"word/footer1.xml": f'<w:ftr xmlns:w="urn:w">{text}</w:ftr>', "word/media/a.jpg": noise}
    )
