from .texts import MethodText, StepText, dutch_tip, english_tip

POP_BASIS = MethodText(
    key="pop_basis",
    title_nl="POP-groep basis",
    title_en="POP group basic",
    about_nl=(
        "De vaste werkwijze van een POP-groep: van een probleem uit je werk naar een klein, haalbaar plan. "
        "Kies deze als je begint, of als je twijfelt."
    ),
    about_en=(
        "The standard way of working of a POP group: from a problem in your work to a small plan you can "
        "carry out. Choose this one when you start, or when in doubt."
    ),
    level="beginner",
    group_min=4,
    group_max=8,
    steps=(
        StepText(
            key="look_back",
            title_nl="Terugblik",
            title_en="Look back",
            instruction_nl=(
                "Had je een PAP, vertel dan kort wat je hebt gedaan en wat er gebeurde. De groep luistert "
                "en viert wat gelukt is."
            ),
            instruction_en=(
                "If you had a PAP, tell us briefly what you did and what happened. The group listens and "
                "celebrates what worked."
            ),
            minutes=5,
            turn="round_robin",
            presenter="takes_part",
            captures="look_back",
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik heb geprobeerd om …",
            prompt_en="I tried to …",
            tip_nl=dutch_tip(
                "Eén minuut per plan is genoeg. Ook van een plan dat niet lukte, leer je iets.",
                "Wat merkte je aan jezelf, en wat aan de ander?",
                "een nieuw probleem bespreken; dat kan zo meteen bij Keuze",
            ),
            tip_en=english_tip(
                "One minute for each plan is enough. A plan that did not work teaches you something too.",
                "What did you notice in yourself, and what in the other person?",
                "starting on a new problem; that can wait until Choice of case",
            ),
        ),
        StepText(
            key="choice",
            title_nl="Keuze",
            title_en="Choice of case",
            instruction_nl=(
                "Noem om de beurt in één zin een probleem of vraag uit je werk. Stem daarna: wat is "
                "dringend, en wat herken je?"
            ),
            instruction_en=(
                "Take turns to name a problem or question from your work in one sentence. Then vote: what "
                "is urgent, and what do you recognise?"
            ),
            minutes=5,
            turn="round_robin",
            presenter="takes_part",
            captures="choice",
            max_items=1,
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik wil het hebben over …",
            prompt_en="I would like to talk about …",
            tip_nl=dutch_tip(
                "Laat iedereen iets noemen, ook als het klein lijkt. Bij gelijke stemmen kijk je wie er "
                "deze week al mee verder moet.",
                "Wat zit er deze week het meest in je hoofd?",
                "doorvragen of al meedenken over een oplossing",
            ),
            tip_en=english_tip(
                "Let everybody name something, even if it seems small. If votes are equal, see who has to "
                "deal with it this week.",
                "What has been on your mind most this week?",
                "asking on, or already thinking about a solution",
            ),
        ),
        StepText(
            key="problem",
            title_nl="Probleem",
            title_en="Problem",
            instruction_nl=(
                "Inbrenger: vertel wat er speelt, zonder namen, en eindig met “Hoe kan ik …?”. De anderen "
                "luisteren en maken notities voor zichzelf."
            ),
            instruction_en=(
                "Presenter: tell what is going on, without names, and end with “How can I …?”. The others "
                "listen and make notes for themselves."
            ),
            minutes=5,
            turn="presenter",
            presenter="speaks",
            captures="question_of_case",
            max_items=1,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Hoe kan ik …?",
            prompt_en="How can I …?",
            tip_nl=dutch_tip(
                "Laat de inbrenger rustig vertellen en bewaak de stilte van de groep. Help pas aan het eind "
                "om de vraag kort te maken.",
                "Als je maar één ding mag vragen, wat is dan je vraag?",
                "een vraag over wat een ander moet doen; de vraag gaat over de inbrenger zelf",
            ),
            tip_en=english_tip(
                "Let the presenter talk at ease and keep the group quiet. Only help at the end, to make the "
                "question short.",
                "If you may ask only one thing, what is your question?",
                "a question about what somebody else should do; it is about the presenter",
            ),
        ),
        StepText(
            key="analysis",
            title_nl="Analyse",
            title_en="Analysis",
            instruction_nl=(
                "Schrijf eerst twee open vragen op en stel ze om de beurt; de inbrenger antwoordt. Daarna "
                "zwijgt de inbrenger en zoekt de groep naar feiten, patroon en eigen aandeel van de "
                "inbrenger."
            ),
            instruction_en=(
                "First write two open questions and ask them in turn; the presenter answers. Then the "
                "presenter is silent while the group looks for facts, a pattern and the presenter's own "
                "part."
            ),
            minutes=15,
            turn="round_robin",
            presenter="answers",
            captures="question",
            max_items=2,
            not_here=("advice", "judgement", "own_story"),
            prompt_nl="Mijn vraag aan jou:",
            prompt_en="My question to you:",
            tip_nl=dutch_tip(
                "Reken tien minuten voor vragen en vijf voor het gesprek van de groep. Onderbreek "
                "vriendelijk als een vraag een tip in vermomming is.",
                "Wanneer gaat het wél goed, en wat doe jij dan?",
                "vragen die beginnen met “Heb je al eens …”",
            ),
            tip_en=english_tip(
                "Count on ten minutes for questions and five for the talk in the group. Interrupt kindly "
                "when a question is a tip in disguise.",
                "When does it go well, and what do you do then?",
                "questions that start with “Have you ever tried …”",
            ),
        ),
        StepText(
            key="hypothesis",
            title_nl="Hypothese",
            title_en="Hypothesis",
            instruction_nl=(
                "Schrijf in stilte op wat er volgens jou achter zit. Daarna zien jullie alles tegelijk en "
                "kiest de inbrenger één hypothese, of herschrijft die."
            ),
            instruction_en=(
                "Write in silence what you think lies behind this. Then you all see everything at once, and "
                "the presenter picks one hypothesis or rewrites it."
            ),
            minutes=10,
            turn="silent_write",
            presenter="silent",
            captures="hypothesis",
            hidden=True,
            max_items=2,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Ik vermoed dat … omdat …",
            prompt_en="I suspect that … because …",
            tip_nl=dutch_tip(
                "Een hypothese is een vermoeden, geen oordeel: ze mag er best naast zitten. Geef de "
                "inbrenger na het tonen een minuut om rustig te lezen.",
                "Welke hypothese verrast je, en welke raakt je?",
                "praten over welke hypothese de beste is; dat kiest de inbrenger",
            ),
            tip_en=english_tip(
                "A hypothesis is a guess, not a judgement: it may well be wrong. After showing them, give "
                "the presenter a minute to read in peace.",
                "Which hypothesis surprises you, and which one touches you?",
                "debating which hypothesis is best; the presenter picks",
            ),
        ),
        StepText(
            key="tip_parade",
            title_nl="TIP-parade",
            title_en="TIP-parade",
            instruction_nl=(
                "Schrijf drie minuten in stilte één tot drie tips. Lees dan om de beurt één tip voor; "
                "niemand reageert en de inbrenger markeert elke tip."
            ),
            instruction_en=(
                "Write one to three tips in silence for three minutes. Then take turns to read one tip "
                "aloud; nobody reacts and the presenter marks each tip."
            ),
            minutes=10,
            turn="round_robin",
            presenter="silent",
            captures="tip",
            hidden=True,
            max_items=3,
            not_here=("judgement", "discussion", "own_story"),
            prompt_nl="Ik zou …",
            prompt_en="I would …",
            tip_nl=dutch_tip(
                "Elke tip begint met “Ik zou …”: je zegt wat jij zou doen, de ander is vrij. Houd het tempo "
                "erin, een tip is één of twee zinnen.",
                "Wat zou jij morgen als eerste anders doen?",
                "“ja maar”, uitleg achteraf en tips van een minuut",
            ),
            tip_en=english_tip(
                "Each tip starts with “I would …”: you say what you would do, the other is free. Keep up "
                "the pace, a tip is one or two sentences.",
                "What would you do differently first thing tomorrow?",
                "“yes but”, explaining afterwards and tips that take a minute",
            ),
        ),
        StepText(
            key="action_plan",
            title_nl="Actieplan",
            title_en="Action plan",
            instruction_nl=(
                "Inbrenger: maak van je tips één kleine stap en schrijf je PAP; de anderen vragen: wat, "
                "wanneer, wie helpt? Wil je zelf ook iets proberen, schrijf dan één regel."
            ),
            instruction_en=(
                "Presenter: turn your tips into one small step and write your PAP; the others ask: what, "
                "when, who helps? If you want to try something yourself, write one line."
            ),
            minutes=5,
            turn="presenter",
            presenter="writes",
            captures="action_plan",
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik ga …",
            prompt_en="I am going to …",
            tip_nl=dutch_tip(
                "Vijf minuten is genoeg voor één stap die vóór de volgende bijeenkomst kan. Kleiner is "
                "beter: iets wat de inbrenger zelf doet.",
                "Wanneer precies doe je dit, en wie vraagt je ernaar?",
                "nieuwe tips, of een plan met vijf stappen",
            ),
            tip_en=english_tip(
                "Five minutes is enough for one step that fits before the next meeting. Smaller is better: "
                "something the presenter does in person.",
                "When exactly will you do this, and who will ask you about it?",
                "new tips, or a plan of five steps",
            ),
        ),
        StepText(
            key="close",
            title_nl="Afronding",
            title_en="Close",
            instruction_nl=(
                "De inbrenger vertelt wat hielp. Noem daarna om de beurt in één zin wat je meeneemt, en vul "
                "de drie korte vragen in."
            ),
            instruction_en=(
                "The presenter says what helped. Then take turns to say in one sentence what you take with "
                "you, and answer the three short questions."
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
                "Laat de inbrenger beginnen en houd het bij één zin per persoon. Sluit af met de datum van "
                "de volgende bijeenkomst.",
                "Wat ga je morgen anders zien of doen?",
                "de casus opnieuw openen",
            ),
            tip_en=english_tip(
                "Let the presenter begin, and keep it to one sentence each. End with the date of the next "
                "meeting.",
                "What will you see or do differently tomorrow?",
                "opening the case again",
            ),
        ),
    ),
)
