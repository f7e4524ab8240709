"""Which column of a staff list is what, by the names Dutch systems give their columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

Matched = dict[str, int]  # field → place of its column, counted from 0

FIELDS: dict[str, Any] = {
    "name": _("Whole name"),
    "given": _("First name"),
    "infix": _("Name prefix"),
    "family": _("Last name"),
    "email": _("E-mail address"),
    "number": _("Personnel number"),
    "function": _("Function"),
    "fte": _("Fte (werktijdfactor)"),
    "days": _("Work days"),
    "start": _("First day"),
    "end": _("Last day"),
    "group": _("Class or group"),
}
# Folded: letters and digits alone. The first that a header has wins.
SYNONYMS: dict[str, list[str]] = {
    field: words.split()
    for field, words in {
        "name": "volledigenaam weergavenaam displayname fullname naammedewerker medewerker",
        "given": "roepnaam voornaam givenname firstname nickname voornamen",
        "infix": """
            tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels tv tussenv prefix nameprefix
            infix
        """,
        "family": "achternaam familienaam familyname surname lastname",
        "email": """
            zakelijkeemail zakelijkemail emailwerk emailzakelijk emailbusiness email emailadres
            mail mailadres emailaddress userprincipalname gebruikersnaam
        """,
        "number": """
            personeelsnummer personeelsnr persnr medewerkernummer medewerkernr employeenumber
            employeecode employeeid stamnr stamnummer leerkrachtkey
        """,
        "function": "functie functieomschrijving function jobtitle rol",
        "fte": "wtf werktijdfactor fte deeltijdfactor betrekkingsomvang deeltijd",
        "days": "werkdagen werkdag dagen workdays werkrooster rooster",
        "start": "startdatum indienst datumindienst indienstdatum indienstper begindatum startdate vanaf",
        "end": "einddatum uitdienst datumuitdienst uitdienstdatum uitdienstper enddate tot totenmet tm",
        "group": "groep klas team bouw groepen klassen",
    }.items()
}
NAME_ALONE = ("naam", "name")  # the last name beside a first name, else the whole one
KNOWN = {word for words in SYNONYMS.values() for word in words} | set(NAME_ALONE)


def folded(text: str) -> str:
    """Letters and digits alone, small, without accents."""
    taken_apart = unicodedata.normalize("NFKD", text[:200]).casefold()
    return "".join(char for char in taken_apart if char.isalnum())


def known_headers(cells: list[str]) -> int:
    """How many different column names of ours stand in a row; a single cell makes no header."""
    found = {folded(cell) for cell in cells} & KNOWN
    return len(found) if sum(1 for cell in cells if cell.strip()) > 1 else 0


def guess(header: Sequence[str]) -> Matched:
    """The likeliest column of each field; of two columns with the same name the first."""
    names = [folded(cell) for cell in header]
    matched: Matched = {}
    for field, words in SYNONYMS.items():
        place = first_of(words, names)
        if place is not None:
            matched[field] = place
    bare = first_of(NAME_ALONE, names)
    if bare is not None:
        field = "family" if "given" in matched else "name"
        matched.setdefault(field, bare)
    return matched


def first_of(words: Sequence[str], names: list[str]) -> int | None:
    return next((names.index(word) for word in words if word in names), None)


def is_enough(matched: Matched) -> bool:
    """Who somebody is: an address and a name."""
    return "email" in matched and bool({"name", "given", "family"} & set(matched))


def letter(place: int) -> str:
    """A, B ... Z, AA: what a spreadsheet calls the column at ``place``."""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)
