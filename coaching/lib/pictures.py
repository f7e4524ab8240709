"""Pictures that people upload, made anew: what is not seen (place, camera, script, a second file) is gone."""

from __future__ import annotations

import threading
import warnings
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image

FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
BUDGET = 160_000_000  # bytes that one picture may take while it is open
LONGEST = 4_096  # pixels; what is longer comes out at half of its length, or a third ...
THUMBNAIL = (320, 960)
KEPT_MODES = ("L", "LA", "RGB", "RGBA")
# How a camera was held (Exif 0x0112), and the turn that sets the picture upright.
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# What is too large is refused below; Pillow would write a line about it as well.
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
ONE_AT_A_TIME = threading.Lock()  # ten people with a large picture must not take ten times the memory


class PictureRefused(Exception):
    """The picture can't be kept; the message is for the user."""


def too_many_pixels(most: float) -> str:
    return _(
        "This picture has more than %(most)s million pixels. Make it smaller first, for example with a screenshot"
        " of it."
    ) % {"most": int(most / 1_000_000)}


def bytes_a_pixel(opened: Image.Image, kind: str) -> float:
    """What a pixel takes at the worst moment, as measured: what is large is unpacked, turned and made smaller."""
    if kind == "webp":
        return 18
    if kind == "jpg":  # unpacked at half its length, unless its pixels come in steps
        return 10 if "progressive" in opened.info else 1.6 if opened.mode in ("L", "RGB") else 3
    return 5 if opened.mode in ("1", "L", "RGB") else 9


def remade(content: bytes, kind: str) -> tuple[bytes, bytes]:
    """The picture and its thumbnail (WebP), both drawn from its pixels alone. Raises PictureRefused."""
    with ONE_AT_A_TIME:
        try:
            pixels = upright(*unpacked(content, kind))
            return packed(pixels, FORMATS[kind]), thumbnail(pixels)
        except PictureRefused:
            raise
        except Image.DecompressionBombError:
            raise PictureRefused(too_many_pixels(BUDGET / 5)) from None
        except Exception:  # a broken picture makes Pillow raise whatever comes first
            raise PictureRefused(_("This picture is broken: it can't be opened.")) from None


def unpacked(content: bytes, kind: str) -> tuple[Image.Image, int | None]:
    """The pixels, at most LONGEST either way, and the turn they need. Of a moving picture the first one."""
    with Image.open(BytesIO(content), formats=[FORMATS[kind]]) as opened:
        most = BUDGET / bytes_a_pixel(opened, kind)  # by what the header says, before anything is unpacked
        if opened.width * opened.height > most:
            raise PictureRefused(too_many_pixels(most))
        if times_too_long(opened) > 1:
            opened.draft(opened.mode, (opened.width // 2, opened.height // 2))
        opened.load()
        turn = turn_of(opened)
        pixels = in_kept_mode(opened)
    return (pixels.reduce(times) if (times := times_too_long(pixels)) > 1 else pixels), turn


def turn_of(opened: Image.Image) -> int | None:
    """None also when the camera's notes can't be read: the picture itself may still be fine."""
    try:
        return opened.getexif().get(0x0112)
    except Exception:
        return None


def times_too_long(image: Image.Image) -> int:
    return -(-max(image.size) // LONGEST)


def upright(pixels: Image.Image, turn: int | None) -> Image.Image:
    """Set right, and without what was written into the file beside the pixels."""
    turned = pixels.transpose(UPRIGHT[turn]) if turn in UPRIGHT else pixels
    turned.info = {}
    return turned


def in_kept_mode(image: Image.Image) -> Image.Image:
    clear = image.has_transparency_data
    if image.mode in KEPT_MODES and ("A" in image.mode or not clear):
        return image.copy() if image.format == "WEBP" else image  # its unpacker is large, and goes with it
    if image.mode.startswith("I"):  # grey in 16 bits
        return image.point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA" if clear else "L" if image.mode == "1" else "RGB")


def packed(pixels: Image.Image, name: str) -> bytes:
    out = BytesIO()
    flat = pixels.convert("RGB") if name == "JPEG" and pixels.mode != "L" else pixels
    flat.save(out, name, **({} if name == "PNG" else {"quality": 88}))
    return out.getvalue()


def thumbnail(pixels: Image.Image) -> bytes:
    scale = min(1, THUMBNAIL[0] / pixels.width, THUMBNAIL[1] / pixels.height)
    small = pixels.resize([max(1, round(side * scale)) for side in pixels.size], reducing_gap=2)
    out = BytesIO()
    small.save(out, "WEBP", quality=80)
    return out.getvalue()
