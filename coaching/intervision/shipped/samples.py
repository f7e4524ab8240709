"""Invented cases for a practice session ("oefensessie"), in which nothing is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SampleCase:
    key: str
    title_nl: str
    title_en: str
    situation_nl: str
    situation_en: str
    tried_nl: str
    tried_en: str
    question_nl: str
    question_en: str


SAMPLE_CASES: tuple[SampleCase, ...] = (
    SampleCase(
        key="same_hands",
        title_nl="Steeds dezelfde vingers",
        title_en="Always the same hands",
        situation_nl=(
            "Na mijn uitleg bij rekenen in groep 6 stel ik vragen aan de hele groep. Vijf leerlingen steken "
            "altijd hun vinger op, de rest leunt achterover. Ik merk dat ik blij ben met de goede "
            "antwoorden en doorga, en bij het zelf werken blijkt dan dat de helft het niet heeft begrepen."
        ),
        situation_en=(
            "After my maths explanation in group 6 I ask the whole class questions. Five pupils always "
            "raise their hands, the rest lean back. I notice that I am happy with the right answers and "
            "move on, and when they work on their own it turns out that half of them did not understand."
        ),
        tried_nl=(
            "Ik heb beurtstokjes gebruikt, maar na twee weken lagen ze in de la. Als ik een stille leerling "
            "de beurt geef, valt er een lange stilte en help ik te snel."
        ),
        tried_en=(
            "I have used name sticks, but after two weeks they lay in the drawer. When I call on a quiet "
            "pupil there is a long silence, and I help too soon."
        ),
        question_nl="Hoe kan ik ervoor zorgen dat iedereen meedenkt voordat ik verderga?",
        question_en="How can I make sure that everybody thinks along before I move on?",
    ),
    SampleCase(
        key="long_parent_talk",
        title_nl="Een oudergesprek dat uitloopt",
        title_en="A talk with parents that runs over",
        situation_nl=(
            "Een ouder staat twee keer per week na schooltijd bij mijn deur. Het gaat over kleine dingen, "
            "maar het duurt al snel een half uur. Ik wil vriendelijk blijven, luister en knik, en daarna "
            "ben ik moe en moet mijn nakijkwerk nog beginnen."
        ),
        situation_en=(
            "A parent is at my door twice a week after school. It is about small things, but it soon takes "
            "half an hour. I want to stay friendly, I listen and nod, and afterwards I am tired and still "
            "have to start marking."
        ),
        tried_nl=(
            "Ik heb gezegd dat ik weinig tijd had, maar ging toch weer zitten. Ook heb ik een vaste "
            "afspraak aangeboden; de ouder kwam op die dag, en op de andere dagen ook."
        ),
        tried_en=(
            "I said that I had little time, but sat down again after all. I also offered a fixed "
            "appointment; the parent came on that day, and on the other days too."
        ),
        question_nl="Hoe kan ik vriendelijk mijn grens aangeven en het contact goed houden?",
        question_en="How can I kindly set my limit and keep the contact good?",
    ),
    SampleCase(
        key="unclear_support",
        title_nl="Ondersteunen zonder te weten waarbij",
        title_en="Supporting without knowing with what",
        situation_nl=(
            "Als onderwijsassistent kom ik elke ochtend in drie groepen. In een van die groepen hoor ik pas "
            "bij de deur wat de bedoeling is, soms midden in de instructie. Ik ga dan maar bij een paar "
            "leerlingen zitten en voel me eerder in de weg dan nuttig."
        ),
        situation_en=(
            "As a teaching assistant I visit three classes every morning. In one of them I only hear at the "
            "door what is meant to happen, sometimes in the middle of the lesson. So I sit down with a few "
            "pupils and feel in the way rather than useful."
        ),
        tried_nl=(
            "Ik heb een keer een briefje neergelegd met de vraag wat ik kon doen. Mijn collega was er blij "
            "mee, maar de week erna was alles weer als eerst. Een gesprek stel ik uit, want we hebben het "
            "allebei druk."
        ),
        tried_en=(
            "Once I left a note asking what I could do. My colleague was glad of it, but the week after all "
            "was as before. I keep putting off a talk, since we are both busy."
        ),
        question_nl="Hoe kan ik met mijn collega tot een korte, vaste afstemming komen?",
        question_en="How can I get to a short, regular moment of tuning in with my colleague?",
    ),
)
