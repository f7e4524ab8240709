from .texts import MethodText, StepText, dutch_tip, english_tip

ACTION_LEARNING = MethodText(
    key="action_learning",
    title_nl="Action learning",
    title_en="Action learning",
    about_nl=(
        "Alleen vragen, geen advies: de inbrenger vindt zelf de volgende stap. Kort genoeg voor twee "
        "casussen in één bijeenkomst."
    ),
    about_en=(
        "Questions only, no advice: the presenter finds their own next step. Short enough for two cases in "
        "one meeting."
    ),
    level="beginner",
    group_min=4,
    group_max=8,
    steps=(
        StepText(
            key="issue",
            title_nl="Vraagstuk",
            title_en="Issue",
            instruction_nl="Inbrenger: zeg in twee minuten wat je wilt aanpakken. De anderen luisteren.",
            instruction_en="Presenter: say in two minutes what you want to tackle. The others listen.",
            minutes=2,
            turn="presenter",
            presenter="speaks",
            captures="question_of_case",
            max_items=1,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Ik wil …",
            prompt_en="I want to …",
            tip_nl=dutch_tip(
                "Twee minuten dwingt tot de kern. De rest komt vanzelf bij de vragen.",
                "Wat wil je aan het eind van dit gesprek hebben?",
                "langer vertellen “voor het beeld”",
            ),
            tip_en=english_tip(
                "Two minutes forces you to the core. The rest comes with the questions.",
                "What do you want to have at the end of this talk?",
                "telling more “to give the picture”",
            ),
        ),
        StepText(
            key="clarifying",
            title_nl="Verhelderen",
            title_en="Clarify",
            instruction_nl=(
                "Vraag naar wat je moet weten om mee te kunnen denken. De inbrenger antwoordt kort."
            ),
            instruction_en="Ask what you need to know to think along. The presenter answers briefly.",
            minutes=9,
            turn="open",
            presenter="answers",
            captures="question",
            max_items=2,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Ik wil graag weten …",
            prompt_en="I would like to know …",
            tip_nl=dutch_tip(
                "Eén vraag tegelijk, en wacht op het antwoord. Let erop dat iedereen aan bod komt.",
                "Wat heb je al geprobeerd?",
                "je eigen ervaring vertellen",
            ),
            tip_en=english_tip(
                "One question at a time, and wait for the answer. See to it that everybody gets a turn.",
                "What have you tried already?",
                "telling your own experience",
            ),
        ),
        StepText(
            key="helping_questions",
            title_nl="Vragen die helpen",
            title_en="Questions that help",
            instruction_nl=(
                "Stel open vragen die de inbrenger verder helpen denken. Geen advies, geen eigen verhalen, "
                "geen oordeel."
            ),
            instruction_en=(
                "Ask open questions that help the presenter think further. No advice, no stories of your "
                "own, no judgement."
            ),
            minutes=15,
            turn="open",
            presenter="answers",
            captures="question",
            max_items=3,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Mijn open vraag:",
            prompt_en="My open question:",
            tip_nl=dutch_tip(
                "Stilte na een vraag is goud waard. Vraag halverwege aan de inbrenger welke vraag het meest "
                "helpt.",
                "Wat zou je doen als je wist dat het lukt?",
                "“zou het niet handig zijn om …”",
            ),
            tip_en=english_tip(
                "Silence after a question is worth gold. Halfway, ask the presenter which question helps "
                "most.",
                "What would you do if you knew it would work?",
                "“wouldn't it be handy to …”",
            ),
        ),
        StepText(
            key="summary",
            title_nl="Samenvatting",
            title_en="Summary",
            instruction_nl="Inbrenger: vat samen waar je nu staat. De anderen luisteren.",
            instruction_en="Presenter: sum up where you stand now. The others listen.",
            minutes=2,
            turn="presenter",
            presenter="speaks",
            captures="none",
            not_here=("advice", "judgement", "discussion", "own_story"),
            tip_nl=dutch_tip(
                "De inbrenger vat zelf samen, in eigen woorden. Het mag nog zoekend zijn.",
                "Wat weet je nu wat je een half uur geleden niet wist?",
                "voor de inbrenger samenvatten",
            ),
            tip_en=english_tip(
                "The presenter sums up, in their own words. It may still be tentative.",
                "What do you know now that you did not know half an hour ago?",
                "summing up for the presenter",
            ),
        ),
        StepText(
            key="resources",
            title_nl="Hulpbronnen",
            title_en="Resources",
            instruction_nl=(
                "Noem om de beurt wat je de inbrenger kunt bieden: een boek, een contact, een uur van je "
                "tijd. Passen mag."
            ),
            instruction_en=(
                "Take turns to name what you can offer the presenter: a book, a contact, an hour of your "
                "time. You may pass."
            ),
            minutes=5,
            turn="round_robin",
            presenter="silent",
            captures="association",
            max_items=2,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Ik kan je helpen aan …",
            prompt_en="I can help you to …",
            tip_nl=dutch_tip(
                "Een aanbod is geen advies: de inbrenger hoeft er niets mee. Sla deze stap gerust over als "
                "de tijd krap is.",
                "Wie of wat zou hierbij van pas komen?",
                "uitleggen hoe je het zelf zou doen",
            ),
            tip_en=english_tip(
                "An offer is no advice: the presenter need not do anything with it. Feel free to skip this "
                "step when time is short.",
                "Who or what would come in useful here?",
                "explaining how you would do it",
            ),
        ),
        StepText(
            key="action",
            title_nl="Actie",
            title_en="Action",
            instruction_nl=(
                "Inbrenger: schrijf op wat je vóór de volgende bijeenkomst gaat doen. Daar vertel je hoe "
                "het ging."
            ),
            instruction_en=(
                "Presenter: write down what you will do before the next meeting. There you will tell how it "
                "went."
            ),
            minutes=2,
            turn="presenter",
            presenter="writes",
            captures="action_plan",
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Ik ga …",
            prompt_en="I am going to …",
            tip_nl=dutch_tip(
                "Eén actie die iemand anders kan zien. Schrijf er een dag bij.",
                "Waaraan merk je dat het gelukt is?",
                "een voornemen zonder moment",
            ),
            tip_en=english_tip(
                "One action that somebody else can see. Add a day to it.",
                "How will you notice that it worked?",
                "an intention without a moment",
            ),
        ),
    ),
)
