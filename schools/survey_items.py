"""What the survey asks: the four results that collegial coaching is meant to have (domain.md §6), as short items.

A wave keeps the number of the list it asked. A wording that changes gets a new key in a new list, so that waves
are compared on what was asked in the same words. The words are our own.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NO_ANSWER = 0
SCALE = (
    (1, _("not true")),
    (2, _("a little true")),
    (3, _("partly true")),
    (4, _("mostly true")),
    (5, _("completely true")),
)
RATHER_NOT = _("I'd rather not say")
VALUES = (NO_ANSWER, *(value for value, _words in SCALE))


@dataclass(frozen=True)
class Text:
    """``key`` never changes its meaning."""

    key: str
    nl: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "nl").startswith("en") else self.nl


@dataclass(frozen=True)
class Result:
    """One of the four expected results with its items."""

    name: Text
    items: tuple[Text, ...]

    @property
    def keys(self) -> list[str]:
        return [item.key for item in self.items]


FIRST = (
    Result(
        Text("pride", "Zelfvertrouwen en trots", "Confidence and pride"),
        (
            Text("pride.strengths", "Ik weet waar ik goed in ben.", "I know what I am good at."),
            Text(
                "pride.limits",
                "Ik kan zeggen wat ik nog lastig vind in mijn werk.",
                "I can say what I still find hard in my work.",
            ),
            Text(
                "pride.successes",
                "Als er iets gelukt is, sta ik daar met collega’s bij stil.",
                "When something went well, I take a moment for it with colleagues.",
            ),
        ),
    ),
    Result(
        Text("own", "Zelf aan het roer van je ontwikkeling", "In charge of your own development"),
        (
            Text(
                "own.choice",
                "Ik kies zelf wat ik dit schooljaar wil leren.",
                "I choose myself what I want to learn this school year.",
            ),
            Text(
                "own.steps",
                "De laatste twee maanden heb ik iets nieuws geprobeerd in mijn werk.",
                "In the last two months I tried something new in my work.",
            ),
            Text(
                "own.career",
                "Ik heb een beeld van hoe ik verder wil in mijn loopbaan.",
                "I have an idea of where I want to go in my career.",
            ),
        ),
    ),
    Result(
        Text("support", "Elkaar steunen", "Supporting each other"),
        (
            Text(
                "support.ask",
                "Als ik vastloop, vraag ik een collega om mee te denken.",
                "When I am stuck, I ask a colleague to think along.",
            ),
            Text(
                "support.listen",
                "Collega’s luisteren eerst, voor ze met een oplossing komen.",
                "Colleagues listen first, before they come up with a solution.",
            ),
            Text(
                "support.give",
                "Ik help collega’s verder met wat ik weet en kan.",
                "I help colleagues along with what I know and can do.",
            ),
        ),
    ),
    Result(
        Text("joy", "Plezier in het werk", "Joy in the work"),
        (
            Text("joy.pleasure", "Ik ga met plezier naar mijn werk.", "I enjoy going to work."),
            Text(
                "joy.energy",
                "Samenwerken met mijn collega’s geeft me energie.",
                "Working with my colleagues gives me energy.",
            ),
            Text(
                "joy.backed",
                "Ik voel me op deze school gesteund.",
                "I feel supported at this school.",
            ),
        ),
    ),
)
LISTS = {1: FIRST}  # by number; a list that was asked once stays
NEWEST = max(LISTS)


def keys_of(number: int) -> list[str]:
    return [key for result in LISTS[number] for key in result.keys]
