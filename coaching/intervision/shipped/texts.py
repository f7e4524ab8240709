"""The shape of a shipped method: texts in two languages and the values a step may have.

turn       whose turn it is. "silent_write": all write at once; "round_robin" on a hidden step: write first,
           then one card a turn.
presenter  what the presenter does; "takes_part" also where no presenter has been chosen yet.
captures   what the box keeps. "note" is for the writer's eyes only, whatever `hidden` says;
           "association" is a short card for everybody; "marks" are the presenter's ratings of the cards
           written in the step before; "score" is a number from 1 to 5.
hidden     nobody reads another's cards before the reveal; what is hidden may be discussed in the next step.
"""

from dataclasses import dataclass
from typing import Literal

Turn = Literal["presenter", "open", "round_robin", "facilitator", "silent_write"]
PresenterRole = Literal["speaks", "answers", "silent", "writes", "takes_part"]
Captures = Literal[
    "none",
    "look_back",
    "choice",
    "question_of_case",
    "question",
    "note",
    "association",
    "hypothesis",
    "tip",
    "score",
    "marks",
    "action_plan",
    "learning",
]
NotHere = Literal["advice", "judgement", "discussion", "own_story"]
Level = Literal["beginner", "experienced"]


@dataclass(frozen=True, kw_only=True)
class StepText:
    """One step; `max_items` counts per person (0: no cap); without a prompt nothing is written."""

    key: str
    title_nl: str
    title_en: str
    instruction_nl: str
    instruction_en: str
    minutes: int
    turn: Turn
    presenter: PresenterRole
    captures: Captures
    hidden: bool = False
    max_items: int = 0
    not_here: tuple[NotHere, ...] = ()
    prompt_nl: str = ""
    prompt_en: str = ""
    tip_nl: str = ""
    tip_en: str = ""


@dataclass(frozen=True, kw_only=True)
class MethodText:
    """A protocol and its ordered steps; `about` says when to use it."""

    key: str
    title_nl: str
    title_en: str
    about_nl: str
    about_en: str
    level: Level
    group_min: int
    group_max: int
    steps: tuple[StepText, ...]


def minutes(method: MethodText) -> int:
    return sum(step.minutes for step in method.steps)


def dutch_tip(advice: str, ask: str, avoid: str) -> str:
    """The facilitator's drawer as three lines: advice, an example question, one thing to avoid."""
    return f"{advice}\nVraag bijvoorbeeld: “{ask}”\nVermijd: {avoid}."


def english_tip(advice: str, ask: str, avoid: str) -> str:
    return f"{advice}\nAsk for example: “{ask}”\nAvoid: {avoid}."
