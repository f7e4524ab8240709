"""The agreement a new group starts with (domain.md §5); from then on the text is the group's own."""

from __future__ import annotations

from django.utils.translation import get_language

from schools.models import School

NL = (
    "Wat we hier zeggen, blijft hier. Ook tegenover de directie.",
    "We noemen geen namen van leerlingen, ouders of collega's.",
    "Wie een casus inbrengt, bepaalt wat er bewaard wordt en mag altijd stoppen.",
    "Eerst vragen, dan vermoedens, en pas daarna tips.",
    "We zijn er, op tijd en voorbereid. Kun je niet? Dan meld je je af bij de coördinator.",
    "Buiten de groep vertellen we alleen: de datum, hoe lang het duurde, wie er was "
    "en een thema dat we samen kiezen.",
    "Er is één uitzondering: als een leerling of collega gevaar loopt. Dan volgen we de meldcode "
    "en gaan we naar {confidant}.",
)
EN = (
    "What is said here stays here. Towards the head of school as well.",
    "We use no names of pupils, parents or colleagues.",
    "Whoever brings in a case decides what is kept, and may stop at any moment.",
    "First questions, then guesses, and only then tips.",
    "We are present, on time and prepared. If you can't come, you tell the coordinator.",
    "Outside the group we share only: the date, how long it took, who was there, "
    "and a theme we choose together.",
    "There is one exception: when a pupil or colleague is in danger. Then we follow the reporting code "
    "and turn to {confidant}.",
)
SOMEBODY = {"nl": "de vertrouwenspersoon van de school", "en": "the school's confidential adviser"}


def default_text(school: School) -> str:
    """One point a line, in the language now in use, with the school's own confidant when it named one."""
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    text = "\n".join(f"• {line}" for line in (EN if language == "en" else NL))
    return text.replace("{confidant}", school.confidant.strip() or SOMEBODY[language])
