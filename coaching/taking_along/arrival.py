"""What a ZIP brings, checked but not yet compared with what is there: new rows, each with the id it had there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class New:
    """``values``: fields of the model, of the right type and length."""

    id: str
    values: dict[str, Any]


@dataclass
class NewCompetence(New):
    """``framework``, ``version``, ``key``: of the list it was on; empty for one's own."""

    framework: str = ""
    version: str = ""
    key: str = ""


@dataclass
class NewScore(New):
    competence: str = ""


@dataclass
class NewFile:
    """``path`` in the ZIP; ``sha256`` and ``seal`` as the ZIP says, empty when it does not."""

    name: str
    path: str
    sha256: str = ""
    seal: str = ""


@dataclass
class NewEntry(New):
    competences: list[str] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)
    files: list[NewFile] = field(default_factory=list)


@dataclass
class NewGoal(New):
    """``actions`` come with the id of the PAP they were made from, or ""."""

    competences: list[str] = field(default_factory=list)
    proof: list[str] = field(default_factory=list)
    actions: list[tuple[New, str]] = field(default_factory=list)
    progress: list[New] = field(default_factory=list)


@dataclass
class NewPop(New):
    """``year``: the one it starts in."""

    year: int = 0
    strengths: list[str] = field(default_factory=list)
    goals: list[NewGoal] = field(default_factory=list)


@dataclass
class NewPap(New):
    moves: list[New] = field(default_factory=list)


@dataclass
class NewTip(New):
    pap: str = ""


@dataclass(frozen=True)
class Skipped:
    """What is left out, and why; both are shown."""

    what: str
    why: str


@dataclass
class Arrival:
    """``origin`` names where it comes from: what came from there before is not brought in again."""

    origin: str
    owner: str
    is_own: bool
    competences: list[NewCompetence] = field(default_factory=list)
    scores: list[NewScore] = field(default_factory=list)
    entries: list[NewEntry] = field(default_factory=list)
    pops: list[NewPop] = field(default_factory=list)
    paps: list[NewPap] = field(default_factory=list)
    tips: list[NewTip] = field(default_factory=list)
    notes: list[New] = field(default_factory=list)
    quadrants: list[New] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
