from .texts import MethodText, StepText, dutch_tip, english_tip

SOCRATIC = MethodText(
    key="socratic",
    title_nl="Socratisch gesprek",
    title_en="Socratic dialogue",
    about_nl=(
        "Samen onderzoeken wat je belangrijk vindt, aan de hand van één echte ervaring. Goed voor waarden "
        "en normen, of voor een thema van jullie GOP."
    ),
    about_en=(
        "Exploring together what matters to you, through one real experience. Good for values and norms, or "
        "for a theme of your GOP."
    ),
    level="experienced",
    group_min=6,
    group_max=16,
    steps=(
        StepText(
            key="theme",
            title_nl="Thema",
            title_en="Theme",
            instruction_nl=(
                "De gespreksleider noemt het thema en waarom het nu speelt. Luister en bedenk welke "
                "ervaring je erbij hebt."
            ),
            instruction_en=(
                "The facilitator names the theme and why it matters now. Listen and think which experience "
                "of yours belongs to it."
            ),
            minutes=5,
            turn="facilitator",
            presenter="takes_part",
            captures="none",
            not_here=("judgement", "discussion"),
            tip_nl=dutch_tip(
                "Houd het thema open: één woord of een korte zin. Vertel dat je samen zoekt en dat niemand "
                "hoeft te winnen.",
                "Wanneer had jij hier voor het laatst mee te maken?",
                "zelf al een mening geven",
            ),
            tip_en=english_tip(
                "Keep the theme open: one word or a short sentence. Say that you search together and that "
                "nobody has to win.",
                "When did you last have to do with this?",
                "giving an opinion of your own",
            ),
        ),
        StepText(
            key="starting_question",
            title_nl="Beginvraag",
            title_en="Starting question",
            instruction_nl=(
                "Maak samen één vraag over het thema die je zonder boek kunt onderzoeken. Schrijf de vraag "
                "op waar iedereen mee verder wil."
            ),
            instruction_en=(
                "Make one question about the theme together, one that you can explore without a book. Write "
                "down the question that everybody wants to explore."
            ),
            minutes=10,
            turn="open",
            presenter="takes_part",
            captures="question_of_case",
            max_items=1,
            not_here=("judgement", "own_story"),
            prompt_nl="Onze vraag is …",
            prompt_en="Our question is …",
            tip_nl=dutch_tip(
                "Een goede beginvraag is kort en gaat over wat goed of juist is. Vraag of iedereen hem in "
                "eigen woorden kan zeggen.",
                "Wat willen we echt weten van elkaar?",
                "een vraag waar één feit het antwoord op is",
            ),
            tip_en=english_tip(
                "A good starting question is short and about what is good or right. Ask whether all can say "
                "it in their own words.",
                "What do we really want to know from each other?",
                "a question that one fact can answer",
            ),
        ),
        StepText(
            key="examples",
            title_nl="Eigen voorbeelden",
            title_en="Own examples",
            instruction_nl=(
                "Noem om de beurt een moment dat je zelf hebt meegemaakt en dat bij de vraag past. Kies "
                "daarna samen één voorbeeld."
            ),
            instruction_en=(
                "Take turns to name a moment from your own experience that fits the question. Then choose "
                "one example together."
            ),
            minutes=10,
            turn="round_robin",
            presenter="takes_part",
            captures="choice",
            max_items=1,
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik maakte mee dat …",
            prompt_en="I experienced that …",
            tip_nl=dutch_tip(
                "Een goed voorbeeld is echt, klein en voorbij. Wie het gekozen voorbeeld vertelde, is nu de "
                "inbrenger.",
                "Welk voorbeeld kan iedereen zich goed voorstellen?",
                "verzonnen situaties, of “stel dat”",
            ),
            tip_en=english_tip(
                "A good example is real, small and over. Whoever told the chosen example is now the "
                "presenter.",
                "Which example can everybody picture well?",
                "made-up situations, or “suppose that”",
            ),
        ),
        StepText(
            key="clarify",
            title_nl="Voorbeeld verhelderen",
            title_en="Clarify the example",
            instruction_nl=(
                "Stel vragen tot je het moment voor je ziet. De inbrenger vertelt wat er gebeurde, gezegd "
                "en gedaan werd."
            ),
            instruction_en=(
                "Ask questions until you can picture the moment. The presenter tells what happened, what "
                "was said and what was done."
            ),
            minutes=15,
            turn="round_robin",
            presenter="answers",
            captures="question",
            max_items=2,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Wat gebeurde er toen …?",
            prompt_en="What happened when …?",
            tip_nl=dutch_tip(
                "Blijf bij dit ene moment. Vat af en toe samen en vraag of het klopt.",
                "Wat deed je precies, en wat dacht je toen?",
                "algemene uitspraken zoals “dat is altijd zo”",
            ),
            tip_en=english_tip(
                "Stay with this one moment. Sum up now and then, and ask whether it is right.",
                "What exactly did you do, and what did you think then?",
                "general statements such as “it is always like that”",
            ),
        ),
        StepText(
            key="core_statement",
            title_nl="Kernbewering",
            title_en="Core statement",
            instruction_nl=(
                "Inbrenger: zeg in één zin wat je toen deed, dacht of voelde, en waarom. De anderen helpen "
                "alleen met vragen."
            ),
            instruction_en=(
                "Presenter: say in one sentence what you did, thought or felt at that moment, and why. The "
                "others help with questions only."
            ),
            minutes=10,
            turn="presenter",
            presenter="speaks",
            captures="none",
            not_here=("advice", "judgement", "own_story"),
            tip_nl=dutch_tip(
                "De zin heeft de vorm “Toen … deed ik …, want …”. Laat de inbrenger zoeken naar de eigen "
                "woorden.",
                "Op welk moment nam je dat besluit?",
                "de zin voorzeggen",
            ),
            tip_en=english_tip(
                "The sentence has the form “When … I did …, because …”. Let the presenter search for their "
                "own words.",
                "At which moment did you take that decision?",
                "putting words into the presenter's mouth",
            ),
        ),
        StepText(
            key="justification",
            title_nl="Onderbouwing",
            title_en="Justification",
            instruction_nl=(
                "Inbrenger: vertel wat je handelen op dat moment goed of nodig maakte. De anderen vragen: "
                "en waarom is dat zo?"
            ),
            instruction_en=(
                "Presenter: tell what made your action good or necessary at that moment. The others ask: "
                "and why is that so?"
            ),
            minutes=5,
            turn="presenter",
            presenter="answers",
            captures="none",
            not_here=("advice", "judgement", "own_story"),
            tip_nl=dutch_tip(
                "Vraag twee of drie keer rustig door. Je zoekt de regel of waarde die erachter zit.",
                "Wat vond je toen het belangrijkst?",
                "in de verdediging dringen",
            ),
            tip_en=english_tip(
                "Ask on calmly two or three times. You are looking for the rule or value behind it.",
                "What mattered most to you then?",
                "pushing somebody into defence",
            ),
        ),
        StepText(
            key="write_down",
            title_nl="Opschrijven",
            title_en="Write it down",
            instruction_nl=(
                "Inbrenger: schrijf je kernbewering op, en daaronder waarom dat goed was. De anderen lezen "
                "mee."
            ),
            instruction_en=(
                "Presenter: write down your core statement, and below it why that was good. The others read "
                "along."
            ),
            minutes=5,
            turn="presenter",
            presenter="writes",
            captures="association",
            max_items=2,
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Toen … deed ik …, want …",
            prompt_en="When … I did …, because …",
            tip_nl=dutch_tip(
                "Schrijf precies op wat gezegd is. Lees het daarna één keer hardop voor.",
                "Staat het er zoals je het bedoelt?",
                "mooier maken of samenvatten",
            ),
            tip_en=english_tip(
                "Write down exactly what was said. Then read it aloud once.",
                "Does it say what you mean?",
                "polishing or summing up",
            ),
        ),
        StepText(
            key="own_statement",
            title_nl="Jouw kernbewering",
            title_en="Your own core statement",
            instruction_nl=(
                "Stel je voor dat jij daar stond. Schrijf in stilte wat jij had gedaan en waarom; daarna "
                "zien jullie alles tegelijk."
            ),
            instruction_en=(
                "Imagine that you were there. Write in silence what you would have done and why; then you "
                "see everything at once."
            ),
            minutes=10,
            turn="silent_write",
            presenter="silent",
            captures="association",
            hidden=True,
            max_items=1,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Ik had …, want …",
            prompt_en="I would have …, because …",
            tip_nl=dutch_tip(
                "Verplaats je in dit moment, niet in een ander. Anders doen is geen oordeel over de "
                "inbrenger.",
                "Wat had jou op dat moment geleid?",
                "een oplossing voor de toekomst bedenken",
            ),
            tip_en=english_tip(
                "Place yourself in this moment, not in another one. Doing differently is no judgement of "
                "the presenter.",
                "What would have guided you at that moment?",
                "inventing a solution for the future",
            ),
        ),
        StepText(
            key="compare",
            title_nl="Vergelijken",
            title_en="Compare",
            instruction_nl=(
                "Leg de zinnen naast elkaar. Waarin verschillen jullie redenen, en wat hebben ze gemeen?"
            ),
            instruction_en=(
                "Lay the sentences side by side. In what do your reasons differ, and what do they share?"
            ),
            minutes=10,
            turn="open",
            presenter="takes_part",
            captures="none",
            not_here=("advice", "judgement"),
            tip_nl=dutch_tip(
                "Vraag naar de reden achter het verschil. Laat iedereen eerst de ander herhalen.",
                "Kun je de reden van een ander zeggen in je eigen woorden?",
                "een stemming over wie gelijk heeft",
            ),
            tip_en=english_tip(
                "Ask for the reason behind the difference. Let everybody first repeat the other.",
                "Can you say somebody else's reason in your own words?",
                "a vote on who is right",
            ),
        ),
        StepText(
            key="values",
            title_nl="Waarden",
            title_en="Values",
            instruction_nl=(
                "Zoek samen welke waarden hieronder liggen. Geef daarna om de beurt een voorlopig antwoord "
                "op de beginvraag."
            ),
            instruction_en=(
                "Search together which values lie underneath. Then take turns to give your answer, for now, "
                "to the starting question."
            ),
            minutes=5,
            turn="open",
            presenter="takes_part",
            captures="association",
            max_items=1,
            not_here=("advice", "judgement"),
            prompt_nl="Voor mij gaat het om …",
            prompt_en="For me it is about …",
            tip_nl=dutch_tip(
                "Een waarde is één woord, zoals vertrouwen of eerlijkheid. Jullie hoeven het niet eens te "
                "worden.",
                "Welke waarde wil je hier niet kwijt?",
                "één antwoord voor de hele groep afdwingen",
            ),
            tip_en=english_tip(
                "A value is one word, such as trust or honesty. You need not agree.",
                "Which value would you not want to lose here?",
                "forcing one answer on the whole group",
            ),
        ),
        StepText(
            key="evaluation",
            title_nl="Evaluatie",
            title_en="Evaluation",
            instruction_nl=(
                "Vertel om de beurt in één zin wat je nu anders ziet, en hoe het gesprek voor je was."
            ),
            instruction_en=(
                "Take turns to say in one sentence what you see differently now, and how the talk was for "
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
                "Eén zin per persoon, zonder reactie. Spreek af of het thema terugkomt, bijvoorbeeld in het "
                "GOP.",
                "Wanneer dacht je even langer na?",
                "de discussie voortzetten",
            ),
            tip_en=english_tip(
                "One sentence each, without reactions. Agree whether the theme comes back, for instance in "
                "the GOP.",
                "When did you stop to think a little longer?",
                "going on with the discussion",
            ),
        ),
    ),
)
