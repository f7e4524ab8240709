"""What the cells of a staff list say: names, addresses, fte, days and dates as people and systems write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from .models import Function
from .names import NAME_LENGTH, clean_name
from .staff_columns import FIELDS, Matched, folded

EXCEL_DAY_ZERO = dt.date(1899, 12, 30)
EXCEL_DAYS = range(10_000, 80_000)  # 1927–2119; smaller numbers are something else
NO_END_FROM_YEAR = 2100  # systems write 31-12-9999 for "no end"
MOST_FTE = Decimal("1.2")
INFIX_WORDS = "van de der den het ten ter te 't ’t in op aan bij von und zu la le el al du da dos di ben d'"
INFIXES = frozenset(INFIX_WORDS.split())
FTE = re.compile(r"(\d{0,3})(?:[.,](\d{1,20}))?(%?)")
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
DAY_NAMES = [
    "ma maandag mo mon monday",
    "di dinsdag tu tue tuesday",
    "wo woensdag we wed wednesday",
    "do donderdag th thu thursday",
    "vr vrijdag fr fri friday",
    "za zaterdag sa sat saturday",
    "zo zondag su sun sunday",
]
DAYS = {
    word: digit for digit, words in enumerate(DAY_NAMES, start=1) for word in (*words.split(), str(digit))
}
TO = re.compile(r"(\w+)\s*(?:-|–|t/m|tm|tot en met)\s*(\w+)")
# How a function begins, folded. The role of coordinator or director never comes from a list.
FUNCTIONS: dict[str, list[str]] = {
    function: starts.split()
    for function, starts in {
        Function.CARE_COORDINATOR: "ib iber internbegeleid zorgcoordinator carecoordinator",
        Function.ASSISTANT: """
            onderwijsassistent klassenassistent lerarenonderst leraaronderst leerkrachtonderst
            teachingassistant toa oa
        """,
        Function.ADMINISTRATOR: "administrat secretar",
        Function.CARETAKER: "concierge caretaker huismeester",
        Function.DIRECTOR: """
            directeur schooldirecteur locatiedirecteur adjunctdirecteur schoolleider rector director
        """,
        Function.TEACHER: """
            leerkracht leraar leraren lerares docent groepsleerkracht vakleerkracht vakdocent teacher
        """,
        Function.OTHER: "overig other anders",
    }.items()
}


class Misread(Exception):
    """A cell that has to be mended before its row can be used; the message is for the user."""


@dataclass
class Values:
    """One row as understood. Empty or None: the list does not say. ``problem`` keeps the row out."""

    name: str = ""
    email: str = ""
    number: str = ""
    function: str = ""
    unknown_function: bool = False
    fte: Decimal | None = None
    days: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    group: str = ""
    problem: str = ""
    note: str = ""


def read_values(cells: list[str], matched: Matched, width: int) -> Values:
    """``width`` is that of the header: cells beyond it mean that the columns have shifted."""
    cell = {field: cells[place] if place < len(cells) else "" for field, place in matched.items()}
    values = Values(number=cell.get("number", ""), group=cell.get("group", ""))
    try:
        if len(cells) > width:
            raise Misread(_("There are more cells in this line than column names."))
        refuse_formulas(cell)
        for field, read in READERS.items():
            setattr(values, field, read(cell))
        read_softly(values, cell)
    except Misread as misread:
        values.problem = str(misread)
        # Enough to recognise the line by.
        values.name = (
            values.name or clean_name(" ".join(cell.get(each, "") for each in NAME_PARTS))[:NAME_LENGTH]
        )
    return values


def refuse_formulas(cell: dict[str, str]) -> None:
    for field in FIELDS:
        if (text := cell.get(field, "")).startswith("="):
            words = {"column": FIELDS[field], "text": text[:80]}
            raise Misread(
                _("Under “%(column)s” stands a formula, not a value: %(text)s. Paste it as a value.") % words
            )


def read_softly(values: Values, cell: dict[str, str]) -> None:
    """What is not understood here is left as it is, with a note; it keeps nobody out."""
    notes = []
    text = cell.get("days", "")
    try:
        values.days = days_of(text)
    except Misread:
        notes.append(
            _("We can't read the work days “%(text)s”; they are left as they are.") % {"text": text[:80]}
        )
    text = cell.get("function", "")
    values.function = function_of(text)
    values.unknown_function = bool(text) and not values.function
    if values.unknown_function:
        notes.append(_("We don't know the function “%(text)s”.") % {"text": text[:80]})
    values.note = " ".join(notes)


# -- who ---------------------------------------------------------------------------------------------------

NAME_PARTS = ("name", "given", "infix", "family")


def name_of(cell: dict[str, str]) -> str:
    whole = in_order(cell.get("name", ""))
    if not whole:
        family = in_order(cell.get("family", ""))
        whole = f"{cell.get('given', '')} {cell.get('infix', '')} {family}"
    name = clean_name(whole)
    if not name:
        raise Misread(_("The name is missing."))
    if len(name) > NAME_LENGTH:
        raise Misread(_("The name is too long."))
    return name


def in_order(text: str) -> str:
    """ "Vries, de, Anne", "Vries, Anne de" and "de Vries, Anne" all become "Anne de Vries"."""
    family, *rest = [part.strip() for part in text.split(",")]
    given: list[str] = []
    infix: list[str] = []
    for word in " ".join(rest).split():
        (infix if word.lower() in INFIXES else given).append(word)
    return " ".join([*given, *infix, family]).strip()


def email_of(cell: dict[str, str]) -> str:
    email = cell.get("email", "").removeprefix("mailto:").strip("<> ").lower()
    if not email:
        raise Misread(_("There is no e-mail address in this line."))
    try:
        validate_email(email)
    except ValidationError:
        raise Misread(_("“%(text)s” is not an e-mail address.") % {"text": email[:80]}) from None
    if len(email) > 254:
        raise Misread(_("This e-mail address is too long."))
    return email


def function_of(text: str) -> str:
    """The function a text begins with; empty when we don't know it."""
    word = folded(text)
    for function, starts in FUNCTIONS.items():
        if word.startswith(tuple(start for start in starts if len(start) > 3)) or word in starts:
            return str(function)
    labels = {folded(str(label)): str(value) for value, label in Function.choices}
    return labels.get(word, "") if word else ""


# -- how much and when -------------------------------------------------------------------------------------


def fte_of(cell: dict[str, str]) -> Decimal | None:
    """0,8, 0.8, 80% and 1 as a fraction with four decimals, at most 1.2."""
    text = cell.get("fte", "").replace(" ", "")
    if not text:
        return None
    found = FTE.fullmatch(text)
    if not found or not (found[1] or found[2]):
        raise Misread(_("“%(text)s” is not an fte, such as 0,8 or 80%%.") % {"text": text[:40]})
    value = Decimal(f"{found[1] or 0}.{found[2] or 0}") / (100 if found[3] else 1)
    if value > MOST_FTE:
        raise Misread(
            _("An fte of %(text)s is more than 1.2. Write it as a part of full time, such as 0,8.")
            % {"text": text[:40]}
        )
    return value.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def days_of(text: str) -> str:
    """ "ma di do", "ma, di en do", "124", "ma-vr", "1-5" as digits of week days in their order."""
    plain = text.lower().strip(" .")
    if not plain:
        return ""
    span = TO.fullmatch(plain)
    if span:
        first, last = number_of_day(span[1]), number_of_day(span[2])
        if first > last:
            raise Misread
        return "".join(str(day) for day in range(first, last + 1))
    words = list(plain) if plain.isdigit() else re.split(r"[\s,;/+&.-]+", plain)
    return "".join(sorted({str(number_of_day(word)) for word in words if word not in ("en", "and")}))


def number_of_day(word: str) -> int:
    if word not in DAYS:
        raise Misread
    return DAYS[word]


def date_in(field: str) -> Callable[[dict[str, str]], dt.date | None]:
    return lambda cell: date_of(cell.get(field, ""))


def end_of(cell: dict[str, str]) -> dt.date | None:
    day = date_of(cell.get("end", ""))
    return None if day is None or day.year >= NO_END_FROM_YEAR else day


def date_of(text: str) -> dt.date | None:
    """1-8-2026, 2026-08-01, with a time or not, and the number Excel keeps for it."""
    plain = CLOCK.sub("", text)
    if not plain:
        return None
    if plain.isdecimal() and len(plain) == 5 and int(plain) in EXCEL_DAYS:
        return EXCEL_DAY_ZERO + dt.timedelta(days=int(plain))
    parts: Any = YEAR_FIRST.fullmatch(plain)
    numbers = [int(part) for part in parts.groups()] if parts else []
    if not parts and (parts := DAY_FIRST.fullmatch(plain)):
        numbers = [int(part) for part in reversed(parts.groups())]
    try:
        day = dt.date(*numbers)
    except (TypeError, ValueError):
        day = dt.date.min
    if day.year < 1900:
        raise Misread(_("“%(text)s” is not a date, such as 1-8-2026.") % {"text": text[:40]})
    return day


READERS: dict[str, Callable[[dict[str, str]], Any]] = {
    "name": name_of,
    "email": email_of,
    "fte": fte_of,
    "start": date_in("start"),
    "end": end_of,
}
