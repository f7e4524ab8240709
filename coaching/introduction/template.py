"""The trajectory that comes with the site: six phases over a school year, as data. Each school changes it freely.

Source of the phases: domain.md §6. ``at``: where in the trajectory, from 0 (its first day) to 1 (the hand-over).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from schools.models import Phase, Proof


@dataclass(frozen=True)
class InWords:
    nl: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "nl").startswith("en") else self.nl


@dataclass(frozen=True)
class MilestoneText:
    phase: Phase
    at: float
    words: InWords
    proof: str = ""


@dataclass(frozen=True)
class UnitText:
    at: float
    minutes: int
    title: InWords
    text: InWords


GOAL = InWords(
    "Dit jaar: kennismaken, een eerste ervaring in een POP-groep, en groepen die zelf verder kunnen.\n"
    "Daarna: praten over wat we kunnen en willen leren wordt gewoon, en de school maakt er ruimte voor.",
    "This year: getting to know it, a first experience in a POP-group, and groups that can go on by themselves.\n"
    "After that: talking about what we can do and want to learn becomes normal, and the school makes room for it.",
)
MINUTES = 15 * 60  # six meetings of an hour and a half and two lesson visits of three hours (domain.md §4)

MILESTONES = (
    MilestoneText(
        Phase.DESIGN,
        0.01,
        InWords(
            "Doel, uren en beginpunt staan op papier, samen met betrokken collega’s",
            "Goal, hours and starting point are written down, together with the staff involved",
        ),
    ),
    MilestoneText(
        Phase.DESIGN,
        0.03,
        InWords("Iemand van de school leidt de invoering", "Somebody of the school leads the introduction"),
    ),
    MilestoneText(
        Phase.DESIGN,
        0.06,
        InWords("De PMR heeft ingestemd", "The PMR has agreed"),
        Proof.CONSENT,
    ),
    MilestoneText(
        Phase.DESIGN,
        0.09,
        InWords("Nulmeting: de vragenlijst voor de eerste keer", "Baseline: the survey for the first time"),
        Proof.SURVEYS,
    ),
    MilestoneText(
        Phase.KICK_OFF,
        0.12,
        InWords(
            "Startbijeenkomst: uitleg, en een eerste keer in een POP-groep",
            "Start meeting: what it is, and a first time in a POP-group",
        ),
        Proof.START_MEETINGS,
    ),
    MilestoneText(
        Phase.KICK_OFF,
        0.16,
        InWords(
            "Elke groep is het eens over de afspraken", "Every group has agreed on how it works together"
        ),
        Proof.AGREEMENTS,
    ),
    MilestoneText(
        Phase.LEARN,
        0.28,
        InWords("De trainingen zijn gegeven", "The trainings have been given"),
        Proof.TRAININGS,
    ),
    MilestoneText(
        Phase.LEARN,
        0.34,
        InWords(
            "Sessie 1 en 2, geleid door de adviseur als gast van de groep",
            "Sessions 1 and 2, led by the consultant as a guest of the group",
        ),
    ),
    MilestoneText(
        Phase.LEARN,
        0.4,
        InWords(
            "In elke groep willen er twee gespreksleider zijn", "In every group two people want to facilitate"
        ),
    ),
    MilestoneText(
        Phase.DO,
        0.5,
        InWords(
            "Sessie 3 en 4, geleid door iemand van jullie zelf", "Sessions 3 and 4, led by one of your own"
        ),
        Proof.OWN_SESSIONS,
    ),
    MilestoneText(
        Phase.DO,
        0.56,
        InWords(
            "Eerste lesbezoeken, bij een collega die je zelf kiest",
            "First lesson visits, with a colleague of your own choice",
        ),
    ),
    MilestoneText(
        Phase.DO,
        0.6,
        InWords("Halverwege: de vragenlijst voor de tweede keer", "Halfway: the survey for the second time"),
        Proof.SURVEYS,
    ),
    MilestoneText(
        Phase.SECURE,
        0.7,
        InWords("Sessie 5 en 6, zonder de adviseur", "Sessions 5 and 6, without the consultant"),
    ),
    MilestoneText(
        Phase.SECURE,
        0.78,
        InWords(
            "Het eerste groepsontwikkelplan (GOP) is ingediend", "The first group plan (GOP) is handed in"
        ),
        Proof.FIRST_GOP,
    ),
    MilestoneText(
        Phase.SECURE,
        0.85,
        InWords("Nieuwe gespreksleiders hebben meegelopen", "New facilitators have learnt along"),
    ),
    MilestoneText(
        Phase.HAND_OVER,
        0.9,
        InWords(
            "Aan het eind: de vragenlijst voor de derde keer", "At the end: the survey for the third time"
        ),
        Proof.SURVEYS,
    ),
    MilestoneText(
        Phase.HAND_OVER,
        0.94,
        InWords("De data van volgend jaar staan vast", "The dates of next year are fixed"),
        Proof.NEXT_YEAR,
    ),
    MilestoneText(
        Phase.HAND_OVER,
        0.98,
        InWords(
            "De lijst voor de overdracht is nagelopen", "The list for the hand-over has been gone through"
        ),
    ),
)

UNITS = (
    UnitText(
        0.2,
        120,
        InWords("Luisteren, samenvatten, doorvragen", "Listening, summing up, asking on"),
        InWords(
            "In drietallen: één vertelt, één luistert en vat samen, één kijkt. Daarna wisselen. We letten op wat "
            "de ander zegt en op wat je hoort tussen de woorden. Advies houden we nog even voor ons.",
            "In threes: one tells, one listens and sums up, one watches. Then swap. We listen to what somebody "
            "says and to what is between the words. Advice we keep to ourselves for a while.",
        ),
    ),
    UnitText(
        0.24,
        120,
        InWords("Open vragen en feedback", "Open questions and feedback"),
        InWords(
            "Het verschil tussen een vraag en een verpakte tip. Feedback in drie zinnen: wat zag ik, wat deed dat "
            "met mij, wat wens ik. En krijgen: luisteren, vragen, bedanken, zelf beslissen.",
            "The difference between a question and a tip in disguise. Feedback in three sentences: what I saw, "
            "what it did to me, what I wish. And getting it: listen, ask, thank, decide for yourself.",
        ),
    ),
    UnitText(
        0.38,
        120,
        InWords("Een sessie leiden", "Leading a session"),
        InWords(
            "De stappen, de tijd en de stilte. Wat doe je als één iemand veel praat, of als het een gesprek bij de "
            "koffie wordt? We oefenen met een oefensessie: er wordt niets bewaard.",
            "The steps, the time and the silence. What to do when one person talks a lot, or when it turns into "
            "coffee talk? We try it out in a practice session: nothing is kept.",
        ),
    ),
)
