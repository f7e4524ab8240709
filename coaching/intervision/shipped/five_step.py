from .texts import MethodText, StepText, dutch_tip, english_tip

FIVE_STEP = MethodText(
    key="five_step",
    title_nl="Vijfstappenmethode",
    title_en="Five-step method",
    about_nl=(
        "Kort en breed bruikbaar: van vraag naar advies in drie kwartier. Handig om het vragen stellen te "
        "oefenen."
    ),
    about_en=(
        "Short and widely usable: from question to advice in three quarters of an hour. Handy for "
        "practising how to ask questions."
    ),
    level="beginner",
    group_min=3,
    group_max=8,
    steps=(
        StepText(
            key="question",
            title_nl="Vraag",
            title_en="Question",
            instruction_nl=(
                "Inbrenger: vertel kort wat er speelt, zonder namen, en sluit af met je vraag. De anderen "
                "luisteren."
            ),
            instruction_en=(
                "Presenter: tell briefly what is going on, without names, and end with your question. The "
                "others listen."
            ),
            minutes=5,
            turn="presenter",
            presenter="speaks",
            captures="question_of_case",
            max_items=1,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Mijn vraag is …",
            prompt_en="My question is …",
            tip_nl=dutch_tip(
                "De vraag hoeft nog niet perfect te zijn. Zorg dat het een vraag is over het eigen handelen.",
                "Wat wil je over drie kwartier weten of kunnen?",
                "een lange voorgeschiedenis",
            ),
            tip_en=english_tip(
                "The question need not be perfect yet. Make sure that it is about the presenter's own "
                "actions.",
                "What do you want to know or be able to do in three quarters of an hour?",
                "a long history",
            ),
        ),
        StepText(
            key="exploration",
            title_nl="Verkenning",
            title_en="Exploration",
            instruction_nl=(
                "Stel om de beurt een open vraag. De inbrenger geeft kort antwoord, alleen op wat helpt."
            ),
            instruction_en=(
                "Take turns to ask an open question. The presenter answers briefly, and only what helps."
            ),
            minutes=15,
            turn="round_robin",
            presenter="answers",
            captures="question",
            max_items=2,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Mijn open vraag:",
            prompt_en="My open question:",
            tip_nl=dutch_tip(
                "Een open vraag begint met wat, hoe, wanneer of wie. Vraag af en toe aan de inbrenger of "
                "een vraag verder helpt.",
                "Hoe ziet het eruit als het lukt?",
                "een vraag met “waarom heb je niet …”",
            ),
            tip_en=english_tip(
                "An open question starts with what, how, when or who. Now and then, ask the presenter "
                "whether a question helps.",
                "What does it look like when it works?",
                "a question with “why didn't you …”",
            ),
        ),
        StepText(
            key="core",
            title_nl="De kern",
            title_en="The core",
            instruction_nl=(
                "Zeg in één zin wat volgens jou de kern van het probleem is. De inbrenger luistert en zegt "
                "aan het eind welke zin het meest klopt."
            ),
            instruction_en=(
                "Say in one sentence what you think is the core of the problem. The presenter listens and "
                "says at the end which sentence fits best."
            ),
            minutes=10,
            turn="open",
            presenter="silent",
            captures="hypothesis",
            max_items=1,
            not_here=("advice", "judgement", "own_story"),
            prompt_nl="De kern is volgens mij …",
            prompt_en="The core, I think, is …",
            tip_nl=dutch_tip(
                "Verschillende kernen naast elkaar zijn welkom. Schrijf eerst, praat daarna.",
                "Als je alles weglaat wat bijzaak is, wat blijft er dan over?",
                "een oplossing vermomd als kern",
            ),
            tip_en=english_tip(
                "Several cores side by side are welcome. Write first, talk after.",
                "If you leave out all that is minor, what remains?",
                "a solution disguised as a core",
            ),
        ),
        StepText(
            key="advice",
            title_nl="Adviesronde",
            title_en="Round of advice",
            instruction_nl=(
                "Geef om de beurt minstens één advies. De inbrenger zegt na elk advies alleen of het "
                "aanspreekt."
            ),
            instruction_en=(
                "Take turns to give at least one piece of advice. After each one the presenter only says "
                "whether it appeals."
            ),
            minutes=10,
            turn="round_robin",
            presenter="answers",
            captures="tip",
            max_items=2,
            not_here=("judgement", "discussion", "own_story"),
            prompt_nl="Ik zou …",
            prompt_en="I would …",
            tip_nl=dutch_tip(
                "Laat iedereen aan de beurt komen voor er een tweede ronde komt. “Spreekt me aan” of “nu "
                "niet” is genoeg als reactie.",
                "Wat zou jij als eerste proberen?",
                "“dat heb ik al gedaan” laten uitgroeien tot een gesprek",
            ),
            tip_en=english_tip(
                "Let everybody have a turn before a second round starts. “Appeals to me” or “not now” is "
                "enough as a reaction.",
                "What would you try first?",
                "letting “I have done that already” grow into a discussion",
            ),
        ),
        StepText(
            key="evaluation",
            title_nl="Evaluatie",
            title_en="Evaluation",
            instruction_nl=(
                "Inbrenger: vertel wat er voor jou veranderd is en schrijf één stap op die je gaat zetten."
            ),
            instruction_en=(
                "Presenter: tell what has changed for you, and write down one step that you will take."
            ),
            minutes=5,
            turn="presenter",
            presenter="speaks",
            captures="action_plan",
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik ga …",
            prompt_en="I am going to …",
            tip_nl=dutch_tip(
                "Eén stap met een moment is genoeg. Bedank de inbrenger voor het vertrouwen.",
                "Wat is het eerste dat je doet, en wanneer?",
                "nog een laatste advies",
            ),
            tip_en=english_tip(
                "One step with a moment is enough. Thank the presenter for the trust.",
                "What is the first thing you will do, and when?",
                "one last piece of advice",
            ),
        ),
    ),
)
