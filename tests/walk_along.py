"""Addresses of taking along: everything of mine out, and in again."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from coaching.taking_along import making, packing, waiting
from tests.lib.test_archives import zipped
from tests.scene import Scene
from tests.walk_row import EVERYBODY, page, verb

TOKEN = "0123456789abcdef" * 2
FEED = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Mee</title><author><name>Ans</name></author>
<entry><id>portfolio:1</id><title>Meegebracht</title></entry></feed>"""


def patient(scene: Scene) -> None:
    """The ZIP itself comes, however busy the machine is; without its PDFs, which have tests of their own."""
    making.AT_ONCE_SECONDS, packing.SECONDS_FOR_PDFS = 60, -1


def waits(scene: Scene) -> None:
    """What the facilitator brought, as if it was uploaded just now."""
    waiting.put(scene.cast.noor.pk, [zipped(("leap2a.xml", FEED))])
    [path] = waiting.folder().glob(f"{scene.cast.noor.pk}-*.zip")
    path.rename(waiting.path_of(scene.cast.noor.pk, TOKEN))


ALONG = [
    page("take_along", "entry", EVERYBODY),
    page("take_along_zip", "entry", EVERYBODY, before=patient),
    verb(
        "bring_along",
        "entry",
        EVERYBODY,
        post=lambda s: {"file": SimpleUploadedFile("mee.zip", zipped(("leap2a.xml", FEED)))},
        silent=True,  # it writes to the disk alone
    ),
    page("brought", "entry", "facilitator", parts={"token": TOKEN}, before=waits),
    verb("bring", "entry", "facilitator", parts={"token": TOKEN}, before=waits),
    verb("bring_drop", "entry", "facilitator", parts={"token": TOKEN}, before=waits, silent=True),
]
