from .texts import MethodText, StepText, dutch_tip, english_tip

APPRECIATIVE = MethodText(
    key="appreciative",
    title_nl="Succesmethode",
    title_en="Success method",
    about_nl=(
        "Waarderende intervisie: niet wat misging, maar wat er werkte en waardoor. Goed als de groep moe is "
        "van problemen, of om iets te vieren."
    ),
    about_en=(
        "Appreciative intervision: not what went wrong, but what worked and why. Good when the group is "
        "tired of problems, or to celebrate something."
    ),
    level="beginner",
    group_min=3,
    group_max=8,
    steps=(
        StepText(
            key="story",
            title_nl="Het succesverhaal",
            title_en="The success story",
            instruction_nl=(
                "Inbrenger: vertel uitgebreid over iets wat goed lukte. De anderen luisteren en noteren "
                "voor zichzelf wat het succes mogelijk maakte."
            ),
            instruction_en=(
                "Presenter: tell at length about something that went well. The others listen and note for "
                "themselves what made the success possible."
            ),
            minutes=15,
            turn="presenter",
            presenter="speaks",
            captures="note",
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Dit hielp:",
            prompt_en="This helped:",
            tip_nl=dutch_tip(
                "Help de inbrenger om het niet klein te maken. Vraag naar details: juist daarin zit wat "
                "werkte.",
                "Wat deed je precies op het moment dat het lukte?",
                "“ja, maar jij hebt ook een makkelijke groep”",
            ),
            tip_en=english_tip(
                "Help the presenter not to play it down. Ask for details: that is where you find what "
                "worked.",
                "What exactly did you do at the moment it worked?",
                "“yes, but you have an easy class”",
            ),
        ),
        StepText(
            key="person",
            title_nl="Wat deed jij?",
            title_en="What did you do?",
            instruction_nl=(
                "Zet op kaartjes wat van de inbrenger zelf kwam: initiatief, kwaliteiten, keuzes. De "
                "inbrenger verbetert aan het eind en vult aan."
            ),
            instruction_en=(
                "Put on cards what came from the presenter: initiative, qualities, choices. At the end the "
                "presenter corrects and adds."
            ),
            minutes=10,
            turn="open",
            presenter="silent",
            captures="association",
            max_items=3,
            not_here=("advice", "judgement", "own_story"),
            prompt_nl="Jij …",
            prompt_en="You …",
            tip_nl=dutch_tip(
                "Noem wat je hoorde, niet wat je aardig wilt zeggen. Eén kwaliteit per kaartje.",
                "Welke keuze van jou maakte het verschil?",
                "bescheidenheid laten winnen",
            ),
            tip_en=english_tip(
                "Name what you heard, not what would be kind to say. One quality on each card.",
                "Which choice of yours made the difference?",
                "letting modesty win",
            ),
        ),
        StepText(
            key="context",
            title_nl="Wat hielp om je heen?",
            title_en="What helped around you?",
            instruction_nl=(
                "Zet op kaartjes wat van buiten kwam: mensen, tijd, afspraken, steun. De inbrenger "
                "verbetert aan het eind en vult aan."
            ),
            instruction_en=(
                "Put on cards what came from outside: people, time, arrangements, support. At the end the "
                "presenter corrects and adds."
            ),
            minutes=10,
            turn="open",
            presenter="silent",
            captures="association",
            max_items=3,
            not_here=("advice", "judgement", "own_story"),
            prompt_nl="Om je heen hielp …",
            prompt_en="Around you, what helped was …",
            tip_nl=dutch_tip(
                "Zoek ook naar gewone dingen, zoals een rooster of een collega in de gang. Wat je kent, kun "
                "je opnieuw regelen.",
                "Wie of wat had je niet kunnen missen?",
                "het succes alleen aan toeval toeschrijven",
            ),
            tip_en=english_tip(
                "Look for ordinary things too, such as a timetable or a colleague in the corridor. What you "
                "know, you can arrange again.",
                "Whom or what could you not have done without?",
                "putting the success down to chance only",
            ),
        ),
        StepText(
            key="deepen",
            title_nl="Verdiepen",
            title_en="Go deeper",
            instruction_nl=(
                "Vraag om de beurt door naar wat nog verborgen is. Zoek samen naar wat het succes echt "
                "verklaart."
            ),
            instruction_en=(
                "Take turns to ask about what is still hidden. Search together for what really explains the "
                "success."
            ),
            minutes=15,
            turn="round_robin",
            presenter="answers",
            captures="question",
            max_items=2,
            not_here=("advice", "judgement", "own_story"),
            prompt_nl="Ik ben benieuwd …",
            prompt_en="I am curious …",
            tip_nl=dutch_tip(
                "Vraag door op wat vanzelf leek te gaan. Vat na tien minuten samen: deze twee of drie "
                "dingen waren het.",
                "Hoe wist je dat dit het goede moment was?",
                "overstappen naar een probleem",
            ),
            tip_en=english_tip(
                "Ask on about what seemed to go by itself. After ten minutes sum up: it was these two or "
                "three things.",
                "How did you know that this was the right moment?",
                "switching to a problem",
            ),
        ),
        StepText(
            key="learn",
            title_nl="Wat leren wij hiervan?",
            title_en="What do we learn from this?",
            instruction_nl=(
                "Vertel om de beurt wat jij uit dit succes meeneemt naar je eigen werk. Inbrenger: wil je "
                "dit succes bewaren in je portfolio?"
            ),
            instruction_en=(
                "Take turns to say what you take from this success into your own work. Presenter: do you "
                "want to keep this success in your portfolio?"
            ),
            minutes=10,
            turn="round_robin",
            presenter="takes_part",
            captures="learning",
            max_items=1,
            not_here=("judgement", "discussion"),
            prompt_nl="Ik neem mee dat …",
            prompt_en="I take with me that …",
            tip_nl=dutch_tip(
                "Maak het klein: één ding dat je deze week kunt doen. Vier het succes hardop.",
                "Waar in jouw werk kan dit ook?",
                "het succes tot norm voor iedereen maken",
            ),
            tip_en=english_tip(
                "Keep it small: one thing you can do this week. Celebrate the success out loud.",
                "Where in your work could this happen too?",
                "turning the success into a norm for all",
            ),
        ),
    ),
)
