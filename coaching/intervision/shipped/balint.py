from .texts import MethodText, StepText, dutch_tip, english_tip

BALINT = MethodText(
    key="balint",
    title_nl="Balintmethode",
    title_en="Balint method",
    about_nl=(
        "Voor een ervaren groep die wil zien wat er onder een werkprobleem ligt: blinde vlekken en het "
        "eigen aandeel. Eerst komt wat er in je opkomt, dan pas de vragen."
    ),
    about_en=(
        "For an experienced group that wants to see what lies under a work problem: blind spots and one's "
        "own part. First comes whatever arises in you, only then the questions."
    ),
    level="experienced",
    group_min=5,
    group_max=8,
    steps=(
        StepText(
            key="collect",
            title_nl="Casussen verzamelen",
            title_en="Collect cases",
            instruction_nl=(
                "Denk in stilte terug aan de afgelopen weken. Schrijf voor jezelf op welk moment met een "
                "ander je bijblijft."
            ),
            instruction_en=(
                "Think back in silence over the past weeks. Write for yourself which moment with somebody "
                "else stays with you."
            ),
            minutes=5,
            turn="silent_write",
            presenter="takes_part",
            captures="note",
            max_items=1,
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Mij blijft bij dat …",
            prompt_en="What stays with me is …",
            tip_nl=dutch_tip(
                "Het gaat om een contact met iemand: leerling, ouder of collega. Laat de stilte de volle "
                "tijd duren.",
                "Wie kwam je deze week in gedachten het vaakst tegen?",
                "hardop meedenken",
            ),
            tip_en=english_tip(
                "It is about contact with somebody: a pupil, a parent or a colleague. Let the silence last "
                "the whole time.",
                "Whom did you meet most often in your thoughts this week?",
                "thinking aloud",
            ),
        ),
        StepText(
            key="explain",
            title_nl="In drie zinnen",
            title_en="In three sentences",
            instruction_nl=(
                "Vertel om de beurt in hoogstens drie zinnen waar jouw casus over gaat. Noem geen namen."
            ),
            instruction_en=(
                "Take turns to tell in three sentences at most what your case is about. Mention no names."
            ),
            minutes=5,
            turn="round_robin",
            presenter="takes_part",
            captures="none",
            not_here=("advice", "judgement", "discussion"),
            tip_nl=dutch_tip(
                "Tel rustig mee: drie zinnen is echt genoeg. Wie niets heeft, zegt “ik pas”.",
                "Wat is de kern in één zin?",
                "doorvragen op een casus die nog niet gekozen is",
            ),
            tip_en=english_tip(
                "Count along calmly: three sentences really is enough. Who has nothing says “I pass”.",
                "What is the heart of it in one sentence?",
                "asking on about a case that is not chosen yet",
            ),
        ),
        StepText(
            key="choose",
            title_nl="Keuze",
            title_en="Choice of case",
            instruction_nl=(
                "Zet je casus in één zin op het scherm en stem. Kies de casus waar nu het meeste gevoel bij "
                "zit."
            ),
            instruction_en=(
                "Put your case on the screen in one sentence and vote. Choose the case that carries most "
                "feeling now."
            ),
            minutes=5,
            turn="open",
            presenter="takes_part",
            captures="choice",
            max_items=1,
            not_here=("advice", "judgement"),
            prompt_nl="Mijn casus gaat over …",
            prompt_en="My case is about …",
            tip_nl=dutch_tip(
                "Vraag aan de inbrenger of het goed voelt om deze casus nu te delen. Nee zeggen mag altijd.",
                "Welke casus laat je niet los?",
                "iemand overhalen",
            ),
            tip_en=english_tip(
                "Ask the presenter whether it feels right to share this case now. Saying no is always "
                "allowed.",
                "Which case will not let go of you?",
                "talking somebody into it",
            ),
        ),
        StepText(
            key="lead",
            title_nl="Wie leidt dit?",
            title_en="Who leads this?",
            instruction_nl=(
                "Spreek af wie het gesprek leidt en wie op de tijd let. De gespreksleider zegt nog één keer "
                "wat hier blijft."
            ),
            instruction_en=(
                "Agree who leads the talk and who watches the time. The facilitator says once more what "
                "stays in this room."
            ),
            minutes=2,
            turn="facilitator",
            presenter="takes_part",
            captures="none",
            not_here=("discussion",),
            tip_nl=dutch_tip(
                "De inbrenger leidt niet zelf. Noem hardop: wat hier gezegd wordt, blijft hier.",
                "Is er iets wat je nodig hebt om vrij te kunnen praten?",
                "deze stap overslaan omdat iedereen elkaar kent",
            ),
            tip_en=english_tip(
                "The presenter does not lead. Say it aloud: what is said here stays here.",
                "Is there anything you need to be able to talk freely?",
                "skipping this step because you all know each other",
            ),
        ),
        StepText(
            key="story",
            title_nl="Het verhaal",
            title_en="The story",
            instruction_nl=(
                "Inbrenger: vertel het hele verhaal, ook wat je voelde. De anderen luisteren en letten op "
                "wat het verhaal met hen doet."
            ),
            instruction_en=(
                "Presenter: tell the whole story, and what you felt. The others listen and notice what the "
                "story does to them."
            ),
            minutes=10,
            turn="presenter",
            presenter="speaks",
            captures="question_of_case",
            max_items=1,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Wat ik wil begrijpen is …",
            prompt_en="What I want to understand is …",
            tip_nl=dutch_tip(
                "Laat het verhaal komen zoals het komt, ook als het springt. Onderbreek niet.",
                "Wat wil je nog vertellen voor we gaan schrijven?",
                "het verhaal samenvatten of ordenen",
            ),
            tip_en=english_tip(
                "Let the story come as it comes, even if it jumps about. Do not interrupt.",
                "What else do you want to tell before we start writing?",
                "summing up or ordering the story",
            ),
        ),
        StepText(
            key="association",
            title_nl="Eerste inval",
            title_en="First association",
            instruction_nl=(
                "Schrijf in stilte het eerste op dat in je opkomt: een woord, beeld of gevoel. Daarna zien "
                "jullie alles tegelijk."
            ),
            instruction_en=(
                "Write in silence the first thing that arises in you: a word, an image or a feeling. Then "
                "you see everything at once."
            ),
            minutes=5,
            turn="silent_write",
            presenter="silent",
            captures="association",
            hidden=True,
            max_items=1,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Ik denk aan …",
            prompt_en="It makes me think of …",
            tip_nl=dutch_tip(
                "Een inval hoeft niet te kloppen en vraagt geen uitleg. Laat de inbrenger alleen kijken en "
                "voelen.",
                "Welk beeld of gevoel was er het eerst?",
                "een inval ombouwen tot een verklaring",
            ),
            tip_en=english_tip(
                "An association need not be right and needs no explaining. Let the presenter just look and "
                "feel.",
                "Which image or feeling came first?",
                "turning an association into an explanation",
            ),
        ),
        StepText(
            key="clarify",
            title_nl="Verhelderen",
            title_en="Clarify",
            instruction_nl=(
                "Stel om de beurt een vraag die je helpt te begrijpen wat er tussen deze mensen gebeurde. "
                "De inbrenger antwoordt kort."
            ),
            instruction_en=(
                "Take turns to ask a question that helps you understand what happened between these people. "
                "The presenter answers briefly."
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
                "Vraag naar het contact: wat deed de ander, wat deed jij, wat riep dat op. Een kort "
                "antwoord is genoeg.",
                "Wat denk je dat de ander van jou nodig had?",
                "een verhoor naar feiten",
            ),
            tip_en=english_tip(
                "Ask about the contact: what did the other do, what did you do, what did that evoke. A "
                "short answer is enough.",
                "What do you think the other person needed from you?",
                "an interrogation about facts",
            ),
        ),
        StepText(
            key="write_advice",
            title_nl="Advies schrijven",
            title_en="Write advice",
            instruction_nl=(
                "Schrijf in stilte je advies aan de inbrenger op. Je leest het in de volgende stap zelf voor."
            ),
            instruction_en=(
                "Write your advice to the presenter in silence. You will read it aloud in the next step."
            ),
            minutes=5,
            turn="silent_write",
            presenter="silent",
            captures="tip",
            hidden=True,
            max_items=2,
            not_here=("judgement", "discussion", "own_story"),
            prompt_nl="Ik zou …",
            prompt_en="I would …",
            tip_nl=dutch_tip(
                "Schrijf aan de inbrenger, niet over de ander. Het advies mag ook een andere manier van "
                "kijken zijn.",
                "Wat gun je de inbrenger in dit contact?",
                "al kijken wat je buur schrijft",
            ),
            tip_en=english_tip(
                "Write to the presenter, not about the other person. The advice may be a different way of "
                "looking as well.",
                "What do you wish for the presenter in this contact?",
                "looking at what your neighbour writes",
            ),
        ),
        StepText(
            key="speak_advice",
            title_nl="Advies geven",
            title_en="Give advice",
            instruction_nl=(
                "Lees om de beurt je advies voor, rechtstreeks aan de inbrenger. De inbrenger luistert en "
                "reageert niet, ook niet met een knik."
            ),
            instruction_en=(
                "Take turns to read your advice directly to the presenter. The presenter listens and does "
                "not react, not even with a nod."
            ),
            minutes=15,
            turn="round_robin",
            presenter="silent",
            captures="none",
            not_here=("judgement", "discussion", "own_story"),
            tip_nl=dutch_tip(
                "Laat na elk advies een paar tellen stilte. Niet reageren geeft de inbrenger vrijheid.",
                "Kun je je advies in één zin herhalen?",
                "een advies afzwakken of uitleggen",
            ),
            tip_en=english_tip(
                "Leave a few seconds of silence after each piece of advice. Not reacting sets the presenter "
                "free.",
                "Can you repeat your advice in one sentence?",
                "softening or explaining your advice",
            ),
        ),
        StepText(
            key="decide",
            title_nl="Besluit van de inbrenger",
            title_en="The presenter decides",
            instruction_nl=(
                "Inbrenger: vertel wat je nu anders ziet en wat je gaat doen of al deed. Schrijf je stap op."
            ),
            instruction_en=(
                "Presenter: tell what you see differently now and what you will do, or did already. Write "
                "your step down."
            ),
            minutes=10,
            turn="presenter",
            presenter="speaks",
            captures="action_plan",
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik ga …",
            prompt_en="I am going to …",
            tip_nl=dutch_tip(
                "De inbrenger mag ook besluiten om nog niets te doen. Vraag alleen wat helder is, vul niets "
                "aan.",
                "Wat zag je vanmorgen nog niet?",
                "vragen waarom een advies niet is gekozen",
            ),
            tip_en=english_tip(
                "The presenter may decide to do nothing yet. Only ask what is clear, add nothing.",
                "What did you not see this morning?",
                "asking why some advice was not chosen",
            ),
        ),
        StepText(
            key="evaluate",
            title_nl="Evaluatie",
            title_en="Evaluation",
            instruction_nl=(
                "Vertel om de beurt wat deze casus jou leert over je eigen werk, en hoe het gesprek voor je "
                "was."
            ),
            instruction_en=(
                "Take turns to say what this case teaches you about your own work, and how the talk was for "
                "you."
            ),
            minutes=8,
            turn="round_robin",
            presenter="takes_part",
            captures="learning",
            max_items=1,
            not_here=("advice", "judgement"),
            prompt_nl="Ik neem mee dat …",
            prompt_en="I take with me that …",
            tip_nl=dutch_tip(
                "Nu mag het over jezelf gaan. Begin bij de inbrenger en eindig met een dankwoord.",
                "Wat herkende je bij jezelf?",
                "de casus weer openen",
            ),
            tip_en=english_tip(
                "Now it may be about yourself. Begin with the presenter and end with a word of thanks.",
                "What did you recognise in yourself?",
                "opening the case again",
            ),
        ),
    ),
)
