"""Fields of a text document: most say a page number or a date; some start a program or fetch a file when opened.

A field stands in the text as "begin, instruction, separate, result, end", in as many pieces as its writer likes and
one inside another; so its instruction is put together again before it is judged.
"""

from __future__ import annotations

import re
import zipfile

from .office_xml import Room, called, elements

INSTRUCTIONS = frozenset({"instrText"})
# A picture that was pasted on a Mac keeps a field with a path of that machine; nothing is fetched through that.
FETCHING = re.compile(
    r"\{[\s\"]*(?:(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|RD|EMBED)(?![a-z])"
    r"|INCLUDEPICTURE(?!\s*\"?/[\w.])"
    r"|\{)",  # a field that names a field: only who hides something writes it so
    re.I,
)
OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.I)
DRAWN = ("imagedata", "fill", "stroke")  # of old drawings (VML), which may name a picture by its address


def runs_or_fetches(archive: zipfile.ZipFile, part: str, room: Room) -> bool:
    """Whether a program that opens ``part`` runs something else or fetches something. Raises what elements does."""
    told: list[str] = []
    for met in elements(archive, part, room, with_text=INSTRUCTIONS):
        if met.name in DRAWN and any(OUTSIDE.match(each) for each in called("src", met.attributes)):
            return True
        if met.name == "fldSimple":
            told += [f"{{{each}}}" for each in called("instr", met.attributes)]
        elif met.name == "fldChar":
            told.append("{" if "begin" in called("fldCharType", met.attributes) else "}")
        elif met.text:
            told.append(met.text)
    return FETCHING.search("".join(told)) is not None
