"""The shape of the demo's texts. People go by their key in cast.py, words by (who, text)."""

from __future__ import annotations

from dataclasses import dataclass

Said = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A PAP made in a session. ``results`` are (state, what happened), one for each meeting after it."""

    who: str
    intention: str
    where: str = ""
    works_when: str = ""
    if_then: str = ""
    buddy: str = ""
    results: Said = ()
    becomes_success: bool = False
    for_the_group: bool = True


@dataclass(frozen=True, kw_only=True)
class Story:
    """One session of the default method. ``hypothesis`` empty: the presenter picks the first one as it is.

    ``marks`` say what the presenter does with each tip, in the order of ``tips``: p(ick), k(eep), n(ot now).
    """

    presenter: str
    facilitator: str
    timekeeper: str
    situation: str
    tried: str
    question: str
    choices: Said
    questions: Said
    themes: Said
    hypotheses: Said
    tips: Said
    marks: str
    plans: tuple[Plan, ...]
    learned: Said
    hypothesis: str = ""
    absent: tuple[str, ...] = ()
    about_change: str = ""
