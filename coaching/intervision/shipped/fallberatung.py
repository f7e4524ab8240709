from .texts import MethodText, StepText, dutch_tip, english_tip

FALLBERATUNG = MethodText(
    key="fallberatung",
    title_nl="Kollegiale Fallberatung",
    title_en="Peer case consultation",
    about_nl=(
        "Duitse schoolvorm met een vaste volgorde: de inbrenger luistert alleen terwijl de groep hypotheses "
        "en voorstellen noemt. Goed als je veel invallen wilt zonder discussie."
    ),
    about_en=(
        "A German school form with a fixed order: the presenter only listens while the group voices "
        "hypotheses and proposals. Good when you want many ideas without debate."
    ),
    level="beginner",
    group_min=5,
    group_max=10,
    steps=(
        StepText(
            key="roles",
            title_nl="Rollen",
            title_en="Roles",
            instruction_nl=(
                "Spreek af wie inbrengt, wie leidt en wie op de tijd let. Wie iets wil inbrengen, noemt het "
                "in één zin."
            ),
            instruction_en=(
                "Agree who presents, who leads and who watches the time. If you want to bring something in, "
                "name it in one sentence."
            ),
            minutes=5,
            turn="open",
            presenter="takes_part",
            captures="choice",
            max_items=1,
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik wil inbrengen dat …",
            prompt_en="I would like to bring in that …",
            tip_nl=dutch_tip(
                "De rollen wisselen elke keer. Zeg nog eens hardop dat alles hier blijft.",
                "Wie heeft nog niet of lang niet ingebracht?",
                "de rollen uit gewoonte verdelen",
            ),
            tip_en=english_tip(
                "Roles change every time. Say aloud once more that everything stays here.",
                "Who has not presented yet, or not for a long time?",
                "giving out roles by habit",
            ),
        ),
        StepText(
            key="case",
            title_nl="De casus",
            title_en="The case",
            instruction_nl=(
                "Inbrenger: beschrijf de situatie zonder namen en eindig met je vraag. De anderen maken "
                "notities en vragen nog niets."
            ),
            instruction_en=(
                "Presenter: describe the situation without names and end with your question. The others "
                "take notes and do not ask yet."
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
                "Vijf minuten is kort: eerst de situatie, dan de vraag. Zet de vraag leesbaar in beeld.",
                "Wat wil je aan het eind van ons hebben?",
                "tussendoor al vragen",
            ),
            tip_en=english_tip(
                "Five minutes is short: first the situation, then the question. Put the question where all "
                "can read it.",
                "What do you want from us in the end?",
                "asking in between",
            ),
        ),
        StepText(
            key="interview",
            title_nl="Vraaggesprek",
            title_en="Interview",
            instruction_nl=(
                "Vraag om de beurt naar wat je nog niet weet of begrijpt. Leg nog niets uit; de inbrenger "
                "antwoordt."
            ),
            instruction_en=(
                "Take turns to ask what you do not know or understand yet. Do not explain anything yet; the "
                "presenter answers."
            ),
            minutes=15,
            turn="round_robin",
            presenter="answers",
            captures="question",
            max_items=3,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Ik wil graag weten …",
            prompt_en="I would like to know …",
            tip_nl=dutch_tip(
                "Vragen om te weten, niet om te overtuigen. Houd een vraag bij één onderwerp.",
                "Wie is er nog meer bij betrokken, en hoe?",
                "een uitleg met een vraagteken erachter",
            ),
            tip_en=english_tip(
                "Ask to know, not to convince. Keep a question to one subject.",
                "Who else is involved, and how?",
                "an explanation with a question mark behind it",
            ),
        ),
        StepText(
            key="hypotheses",
            title_nl="Hypotheses",
            title_en="Hypotheses",
            instruction_nl=(
                "De inbrenger schuift uit de kring en luistert. De groep noemt vermoedens: wat kan hier "
                "spelen? Nog geen oplossingen."
            ),
            instruction_en=(
                "The presenter moves out of the circle and listens. The group voices guesses: what may be "
                "going on? No solutions yet."
            ),
            minutes=10,
            turn="open",
            presenter="silent",
            captures="hypothesis",
            max_items=3,
            not_here=("advice", "judgement", "own_story"),
            prompt_nl="Ik vermoed dat … omdat …",
            prompt_en="I suspect that … because …",
            tip_nl=dutch_tip(
                "Meer vermoedens is beter dan één goed vermoeden. Kijk ook vanuit de ander en vanuit de "
                "school.",
                "Hoe zou de ander dit verhaal vertellen?",
                "de inbrenger aankijken of aanspreken",
            ),
            tip_en=english_tip(
                "More guesses are better than one good guess. Look from the other person's side and from "
                "the school's as well.",
                "How would the other person tell this story?",
                "looking at the presenter or addressing them",
            ),
        ),
        StepText(
            key="response",
            title_nl="Reactie",
            title_en="Response",
            instruction_nl=(
                "Inbrenger: kom terug en zeg welke vermoedens kloppen, wat ontbreekt en wat niet past. De "
                "anderen luisteren."
            ),
            instruction_en=(
                "Presenter: come back and say which guesses are right, what is missing and what does not "
                "fit. The others listen."
            ),
            minutes=5,
            turn="presenter",
            presenter="speaks",
            captures="none",
            not_here=("advice", "judgement", "discussion"),
            tip_nl=dutch_tip(
                "De inbrenger hoeft niet op alles in te gaan. Een nieuw vermoeden van de inbrenger is winst.",
                "Welk vermoeden bleef hangen?",
                "in gesprek gaan over een vermoeden",
            ),
            tip_en=english_tip(
                "The presenter need not go into everything. A new guess from the presenter is a gain.",
                "Which guess stayed with you?",
                "debating a guess",
            ),
        ),
        StepText(
            key="proposals",
            title_nl="Voorstellen",
            title_en="Proposals",
            instruction_nl=(
                "De inbrenger gaat weer uit de kring en schrijft mee. Zeg om de beurt wat jij in deze "
                "situatie zou doen."
            ),
            instruction_en=(
                "The presenter leaves the circle again and takes notes. Take turns to say what you would do "
                "in this situation."
            ),
            minutes=10,
            turn="round_robin",
            presenter="silent",
            captures="tip",
            max_items=3,
            not_here=("judgement", "discussion", "own_story"),
            prompt_nl="Ik zou …",
            prompt_en="I would …",
            tip_nl=dutch_tip(
                "Ook een ongewoon voorstel is welkom. Niemand hoeft een voorstel te verdedigen.",
                "Wat zou je doen als niets je tegenhield?",
                "voorstellen vergelijken of afkeuren",
            ),
            tip_en=english_tip(
                "An unusual proposal is welcome too. Nobody has to defend a proposal.",
                "What would you do if nothing held you back?",
                "comparing or rejecting proposals",
            ),
        ),
        StepText(
            key="decision",
            title_nl="Besluit",
            title_en="Decision",
            instruction_nl=(
                "Inbrenger: vertel welke vermoedens en voorstellen je overneemt en waarom. Schrijf op wat "
                "je gaat doen."
            ),
            instruction_en=(
                "Presenter: tell which guesses and proposals you take over, and why. Write down what you "
                "are going to do."
            ),
            minutes=10,
            turn="presenter",
            presenter="speaks",
            captures="action_plan",
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik ga …",
            prompt_en="I am going to …",
            tip_nl=dutch_tip(
                "Vraag door tot de eerste stap duidelijk is. Niet kiezen voor een voorstel is ook goed.",
                "Waarmee begin je, en op welke dag?",
                "alsnog een voorstel aanprijzen",
            ),
            tip_en=english_tip(
                "Ask on until the first step is clear. Not choosing a proposal is fine as well.",
                "What do you start with, and on which day?",
                "recommending a proposal after all",
            ),
        ),
        StepText(
            key="exchange",
            title_nl="Uitwisseling",
            title_en="Exchange",
            instruction_nl=(
                "Vertel om de beurt wat je zelf meeneemt. Noem ook wat goed werkte aan deze manier van "
                "praten."
            ),
            instruction_en=(
                "Take turns to say what you take with you. Name what worked well in this way of talking too."
            ),
            minutes=5,
            turn="round_robin",
            presenter="takes_part",
            captures="learning",
            max_items=1,
            not_here=("advice", "judgement"),
            prompt_nl="Ik neem mee dat …",
            prompt_en="I take with me that …",
            tip_nl=dutch_tip(
                "De inbrenger begint. Schrijf een verbeterpunt voor de volgende keer op.",
                "Wat kun je gebruiken in je eigen werk?",
                "de casus opnieuw oppakken",
            ),
            tip_en=english_tip(
                "The presenter begins. Write down one thing to improve next time.",
                "What can you use in your own work?",
                "taking up the case again",
            ),
        ),
    ),
)
