from .texts import MethodText, StepText, dutch_tip, english_tip

STATEMENTS = MethodText(
    key="statements",
    title_nl="Stellingenmethode",
    title_en="Statements method",
    about_nl=(
        "Ontdekken waar jullie hetzelfde of anders denken over een regel of gewoonte in het team. Kort, en "
        "goed als begin van een GOP."
    ),
    about_en=(
        "Finding out where you think alike or differently about a rule or habit in the team. Short, and a "
        "good start for a GOP."
    ),
    level="beginner",
    group_min=4,
    group_max=16,
    steps=(
        StepText(
            key="first_score",
            title_nl="Eerste score",
            title_en="First score",
            instruction_nl=(
                "De gespreksleider leest een stelling voor. Geef in stilte een score van 1 (helemaal "
                "oneens) tot 5 (helemaal eens)."
            ),
            instruction_en=(
                "The facilitator reads a statement aloud. Give a score in silence, from 1 (fully disagree) "
                "to 5 (fully agree)."
            ),
            minutes=3,
            turn="silent_write",
            presenter="takes_part",
            captures="score",
            hidden=True,
            max_items=1,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Mijn score, van 1 tot 5",
            prompt_en="My score, from 1 to 5",
            tip_nl=dutch_tip(
                "Een goede stelling is kort en kiest partij. Niemand ziet een score tot je alles toont.",
                "Wat vind je zelf, los van wat hoort?",
                "uitleggen wat je met de stelling bedoelt",
            ),
            tip_en=english_tip(
                "A good statement is short and takes sides. Nobody sees a score until you show all.",
                "What do you think, apart from what is expected?",
                "explaining what you mean by the statement",
            ),
        ),
        StepText(
            key="reveal",
            title_nl="Scores tonen",
            title_en="Show the scores",
            instruction_nl="Bekijk samen alle scores. Kijk rustig waar ze uit elkaar lopen en zeg nog niets.",
            instruction_en=(
                "Look at all the scores together. See calmly where they differ, and say nothing yet."
            ),
            minutes=2,
            turn="facilitator",
            presenter="takes_part",
            captures="none",
            not_here=("advice", "judgement", "discussion"),
            tip_nl=dutch_tip(
                "Geef een halve minuut stilte om te kijken. Noem alleen wat je ziet: waar liggen ze dicht "
                "bij elkaar, waar ver uiteen?",
                "Wat valt je op aan dit beeld?",
                "iemand aanspreken op een score",
            ),
            tip_en=english_tip(
                "Give half a minute of silence to look. Only name what you see: where are they close, where "
                "far apart?",
                "What strikes you in this picture?",
                "taking somebody to task for a score",
            ),
        ),
        StepText(
            key="talk",
            title_nl="Uitleggen en luisteren",
            title_en="Explain and listen",
            instruction_nl=(
                "De laagste en de hoogste scores vertellen eerst waarom. Daarna zegt ieder om de beurt wat "
                "de eigen score verklaart."
            ),
            instruction_en=(
                "The lowest and the highest scores explain first. Then all take turns to say what explains "
                "their own score."
            ),
            minutes=15,
            turn="round_robin",
            presenter="takes_part",
            captures="none",
            not_here=("advice", "judgement"),
            tip_nl=dutch_tip(
                "Eerst luisteren, dan pas reageren. Vraag om een voorbeeld uit de praktijk achter elke "
                "score.",
                "Wat zou er gebeuren als iedereen jouw score had?",
                "een meerderheid gelijk geven",
            ),
            tip_en=english_tip(
                "Listen first, only then react. Ask for an example from practice behind each score.",
                "What would happen if everybody had your score?",
                "declaring the majority right",
            ),
        ),
        StepText(
            key="second_score",
            title_nl="Tweede score",
            title_en="Second score",
            instruction_nl=(
                "Geef in stilte opnieuw een score van 1 tot 5. Dezelfde score houden is net zo goed als "
                "veranderen."
            ),
            instruction_en=(
                "Give a score from 1 to 5 again, in silence. Keeping the same score is as good as changing "
                "it."
            ),
            minutes=3,
            turn="silent_write",
            presenter="takes_part",
            captures="score",
            hidden=True,
            max_items=1,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Mijn score nu, van 1 tot 5",
            prompt_en="My score now, from 1 to 5",
            tip_nl=dutch_tip(
                "Zeg erbij dat niemand hoeft te schuiven. Toon daarna beide rondes naast elkaar.",
                "Wat heeft je aan het denken gezet?",
                "druk om het eens te worden",
            ),
            tip_en=english_tip(
                "Add that nobody has to shift. Then show both rounds side by side.",
                "What made you think?",
                "pressure to agree",
            ),
        ),
        StepText(
            key="harvest",
            title_nl="Oogst",
            title_en="Harvest",
            instruction_nl=(
                "Maak samen één of twee afspraken waar iedereen achter staat. Schrijf voor jezelf op wat "
                "jij daarvoor gaat doen."
            ),
            instruction_en=(
                "Make one or two agreements together that everybody supports. Write down for yourself what "
                "you will do for it."
            ),
            minutes=10,
            turn="open",
            presenter="takes_part",
            captures="action_plan",
            not_here=("judgement",),
            prompt_nl="Onze afspraak is … Daarom ga ik …",
            prompt_en="Our agreement is … So I am going to …",
            tip_nl=dutch_tip(
                "Een afspraak over iets kleins houdt beter dan een groot voornemen. Schrijf ook op waarover "
                "jullie verschillend blijven denken.",
                "Wat willen we over een maand in de school kunnen zien?",
                "een afspraak maken namens collega's die er niet zijn",
            ),
            tip_en=english_tip(
                "An agreement on something small lasts better than a grand intention. Note what you still "
                "see differently as well.",
                "What do we want to be able to see in the school in a month?",
                "making an agreement for colleagues who are not here",
            ),
        ),
    ),
)
