"""Files as people upload them, and as they should not: all made by code."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from coaching.lib.uploads import UploadRefused, judge

PACKAGE = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": ("word/document.xml", f"{PACKAGE}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{PACKAGE}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{PACKAGE}.presentationml.presentation.main+xml"),
}
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MP3_FRAME = b"\xff\xfb\x90\x64" + bytes(413)
HTML = b"<!DOCTYPE html><html><script>window.__xss=1</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.__xss=1"/>'


def picture(name: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    """Red above, blue below."""
    image = Image.new(mode, size, "red")
    image.paste("blue", (0, size[1] // 2, size[0], size[1]))
    out = BytesIO()
    image.save(out, name, **options)
    return out.getvalue()


def refused(name: str, content: bytes) -> str:
    """Why it can't be kept."""
    with pytest.raises(UploadRefused) as caught:
        judge(name, content)
    return str(caught.value)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def png_that_says(wide: int, high: int) -> bytes:
    """A few kilobytes that claim ``wide`` × ``high`` pixels; its rows are there, all of them black."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer, rows = zlib.compressobj(9), b""
    for _ in range(high):
        rows += packer.compress(bytes(1 + wide // 8))
    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", rows + packer.flush()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def photo_with_place(script: bytes = b"") -> bytes:
    """A JPEG held sideways, with where it was taken and ``script`` in its Exif."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = script or b"klas"
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    return picture("JPEG", exif=exif.tobytes(), comment=b"<script>window.__xss=1</script>")


def zipped(parts: dict[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(
    kind: str = "docx", more: dict[str, bytes | str] | None = None, types: str = "", said: str = ""
) -> bytes:
    """A document of ``kind`` with ``more`` parts and ``types``; ``said`` is what its main part calls itself."""
    part, main = MAIN[kind]
    override = f'<Override PartName="/{part}" ContentType="{said or main}"/>'
    listed = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{override}{types}</Types>'
    return zipped({"[Content_Types].xml": listed, part: "<main/>", **(more or {})})


def relations(kind: str, target: str, mode: str = "External") -> str:
    names = "http://schemas.openxmlformats.org/package/2006/relationships"
    one = f'<Relationship Id="r1" Type="{RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f'<Relationships xmlns="{names}">{one}</Relationships>'


def odt(content: str = "", more: dict[str, bytes | str] | None = None) -> bytes:
    spaces = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:d" xmlns:text="urn:t" xmlns:script="urn:s"'
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<doc {spaces}>{content}</doc>",
    }
    return zipped({**parts, **(more or {})})


def sound(kind: str = "m4a", track: bytes = b"soun") -> bytes:
    if kind == "mp3":
        return MP3_FRAME * 3
    handler = b"\x00\x00\x00\x21hdlr" + bytes(8) + track + bytes(13)
    return b"\x00\x00\x00\x18ftypM4A \x00\x00\x02\x00isomiso2" + b"\x00\x00\x00\x29moov" + handler


def many_parts(number: int) -> bytes:
    """A document with ``number`` parts of nothing, without taking the time that zipfile takes for it."""
    base = office()
    at = base.rfind(b"PK\x05\x06")
    listed = struct.unpack("<I", base[at + 16 : at + 20])[0]
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    size = at - listed + number * len(entry)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, size, listed, 0)
    return base[:at] + entry * number + end
