from .texts import MethodText, StepText, dutch_tip, english_tip

CONSULTANCY = MethodText(
    key="consultancy",
    title_nl="Consultancy-protocol",
    title_en="Consultancy protocol",
    about_nl=(
        "Voor een lastig vraagstuk of dilemma dat nog niet helder is. De groep onderzoekt eerst wat er "
        "speelt en wacht met adviezen."
    ),
    about_en=(
        "For a hard issue or dilemma that is not clear yet. The group first explores what is going on and "
        "holds back advice."
    ),
    level="experienced",
    group_min=4,
    group_max=8,
    steps=(
        StepText(
            key="overview",
            title_nl="Overzicht en vraag",
            title_en="Overview and question",
            instruction_nl=(
                "Inbrenger: schets je dilemma zonder namen en eindig met de vraag waar je op wilt focussen. "
                "De anderen luisteren."
            ),
            instruction_en=(
                "Presenter: outline your dilemma without names and end with the question you want to focus "
                "on. The others listen."
            ),
            minutes=10,
            turn="presenter",
            presenter="speaks",
            captures="question_of_case",
            max_items=1,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Mijn vraag is …",
            prompt_en="My question is …",
            tip_nl=dutch_tip(
                "Een dilemma met twee kanten werkt het best. Zet de vraag in beeld, zodat je erop terug "
                "kunt komen.",
                "Wat maakt dit zo lastig voor jou?",
                "een vraag met ja of nee als antwoord",
            ),
            tip_en=english_tip(
                "A dilemma with two sides works best. Put the question on the screen, so that you can come "
                "back to it.",
                "What makes this so hard for you?",
                "a question that yes or no can answer",
            ),
        ),
        StepText(
            key="clarifying",
            title_nl="Korte feitenvragen",
            title_en="Short questions on facts",
            instruction_nl=(
                "Vraag alleen naar feiten die je nodig hebt. De inbrenger antwoordt in één of twee zinnen."
            ),
            instruction_en="Only ask for facts that you need. The presenter answers in one or two sentences.",
            minutes=5,
            turn="round_robin",
            presenter="answers",
            captures="question",
            max_items=2,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Hoeveel, wie, wanneer …?",
            prompt_en="How many, who, when …?",
            tip_nl=dutch_tip(
                "Een feitenvraag is snel te beantwoorden. Duurt het antwoord lang, bewaar de vraag dan voor "
                "de volgende stap.",
                "Hoe lang speelt dit al?",
                "vragen naar het waarom",
            ),
            tip_en=english_tip(
                "A question on facts has a quick answer. If the answer takes long, keep the question for "
                "the next step.",
                "How long has this been going on?",
                "asking why",
            ),
        ),
        StepText(
            key="probing",
            title_nl="Doorvragen",
            title_en="Probing questions",
            instruction_nl=(
                "Stel vragen die de inbrenger aan het denken zetten. Daarna zegt de inbrenger de vraag "
                "opnieuw, als die veranderd is."
            ),
            instruction_en=(
                "Ask questions that make the presenter think. Then the presenter states the question again, "
                "if it has changed."
            ),
            minutes=10,
            turn="round_robin",
            presenter="answers",
            captures="question",
            max_items=2,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Wat zou er gebeuren als …?",
            prompt_en="What would happen if …?",
            tip_nl=dutch_tip(
                "Een goede vraag hoeft niet beantwoord te worden: nadenken is genoeg. Vraag aan het eind of "
                "de focusvraag nog klopt.",
                "Waar ben je zelf bang voor in deze kwestie?",
                "een tip met een vraagteken",
            ),
            tip_en=english_tip(
                "A good question need not be answered: thinking is enough. At the end, ask whether the "
                "focus question still fits.",
                "What are you afraid of in this matter?",
                "a tip with a question mark",
            ),
        ),
        StepText(
            key="group_talk",
            title_nl="Groep in gesprek",
            title_en="The group talks",
            instruction_nl=(
                "De inbrenger zwijgt en maakt notities. De groep bespreekt: wat hoorden we, wat niet, en "
                "welke aannames zien we?"
            ),
            instruction_en=(
                "The presenter is silent and takes notes. The group discusses: what did we hear, what not, "
                "and which assumptions do we see?"
            ),
            minutes=15,
            turn="open",
            presenter="silent",
            captures="hypothesis",
            not_here=("judgement", "own_story"),
            prompt_nl="Ik hoorde … en ik vraag me af of …",
            prompt_en="I heard … and I wonder whether …",
            tip_nl=dutch_tip(
                "Blijf eerst tien minuten bij het vraagstuk zelf. Pas daarna mag de groep mogelijke wegen "
                "noemen.",
                "Wat hebben we niet gehoord?",
                "te snel in oplossingen schieten",
            ),
            tip_en=english_tip(
                "Stay with the issue itself for the first ten minutes. Only then may the group name "
                "possible ways forward.",
                "What did we not hear?",
                "jumping to solutions too soon",
            ),
        ),
        StepText(
            key="reflect",
            title_nl="Inbrenger denkt hardop",
            title_en="The presenter reflects",
            instruction_nl=(
                "Inbrenger: zeg wat je opviel en wat je hiermee wilt. Schrijf je volgende stap op; de "
                "anderen luisteren."
            ),
            instruction_en=(
                "Presenter: say what struck you and what you want to do with it. Write down your next step; "
                "the others listen."
            ),
            minutes=5,
            turn="presenter",
            presenter="speaks",
            captures="action_plan",
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik ga …",
            prompt_en="I am going to …",
            tip_nl=dutch_tip(
                "Het gaat om nieuwe gedachten, niet om een antwoord op alles. Vijf minuten is genoeg.",
                "Wat ga je nu als eerste uitzoeken of doen?",
                "reageren op wie wat zei",
            ),
            tip_en=english_tip(
                "It is about new thoughts, not about answering everything. Five minutes is enough.",
                "What will you find out or do first?",
                "reacting to who said what",
            ),
        ),
        StepText(
            key="debrief",
            title_nl="Nabespreken",
            title_en="Debrief",
            instruction_nl=(
                "Bespreek hoe het ging: hielden we ons aan de stappen? Noem in één zin wat je meeneemt."
            ),
            instruction_en=(
                "Talk about how it went: did we keep to the steps? Say in one sentence what you take with "
                "you."
            ),
            minutes=5,
            turn="round_robin",
            presenter="takes_part",
            captures="learning",
            max_items=1,
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik neem mee dat …",
            prompt_en="I take with me that …",
            tip_nl=dutch_tip(
                "Praat nu over de werkwijze, niet over de casus. Kies één ding voor de volgende keer.",
                "Op welk moment hielpen we de inbrenger het meest?",
                "teruggaan naar het dilemma",
            ),
            tip_en=english_tip(
                "Talk about the way of working now, not about the case. Choose one thing for next time.",
                "At which moment did we help the presenter most?",
                "going back to the dilemma",
            ),
        ),
    ),
)
