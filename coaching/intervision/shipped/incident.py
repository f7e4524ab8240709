from .texts import MethodText, StepText, dutch_tip, english_tip

INCIDENT = MethodText(
    key="incident",
    title_nl="Incidentmethode",
    title_en="Incident method",
    about_nl=(
        "Voor één concrete gebeurtenis waar je mee blijft zitten. De groep komt snel tot veel ideeën om "
        "anders te handelen."
    ),
    about_en=(
        "For one concrete event that stays with you. The group quickly finds many ideas for acting "
        "differently."
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
                "Kreeg je de vorige keer advies? Vertel kort wat je ermee hebt gedaan en wat het opleverde."
            ),
            instruction_en=(
                "Were you given advice last time? Tell us briefly what you did with it and what came of it."
            ),
            minutes=5,
            turn="round_robin",
            presenter="takes_part",
            captures="look_back",
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik heb geprobeerd om …",
            prompt_en="I tried to …",
            tip_nl=dutch_tip(
                "Vraag naar wat er is gebeurd, niet of het advies goed was. Vier ook een kleine verandering.",
                "Wat gebeurde er toen je het anders deed?",
                "verder praten over de oude casus",
            ),
            tip_en=english_tip(
                "Ask what happened, not whether the advice was good. Celebrate a small change too.",
                "What happened when you did it differently?",
                "talking on about the old case",
            ),
        ),
        StepText(
            key="sketch",
            title_nl="Incidenten schetsen",
            title_en="Sketch incidents",
            instruction_nl=(
                "Vertel om de beurt kort een moment uit je werk waarop je iets moest doen of beslissen. "
                "Vertel nog niet hoe het afliep."
            ),
            instruction_en=(
                "Take turns to tell briefly about a moment at work when you had to act or decide. Do not "
                "tell yet how it ended."
            ),
            minutes=10,
            turn="round_robin",
            presenter="takes_part",
            captures="none",
            not_here=("advice", "judgement", "discussion"),
            tip_nl=dutch_tip(
                "Een incident is één moment, met een begin en een plek. Geef ieder ongeveer anderhalve "
                "minuut.",
                "Wat zag of hoorde je vlak voordat je iets moest doen?",
                "de afloop vertellen; die maakt het denken van de groep kleiner",
            ),
            tip_en=english_tip(
                "An incident is one moment, with a start and a place. Give everybody about a minute and a "
                "half.",
                "What did you see or hear just before you had to act?",
                "telling the ending; it narrows the thinking of the group",
            ),
        ),
        StepText(
            key="choose",
            title_nl="Eén incident kiezen",
            title_en="Choose one incident",
            instruction_nl=(
                "Zet je incident in één zin op het scherm en stem. Kies het incident dat het meest dringt "
                "of waar iedereen iets aan heeft."
            ),
            instruction_en=(
                "Put your incident on the screen in one sentence and vote. Choose the one that is most "
                "urgent or of use to everybody."
            ),
            minutes=5,
            turn="open",
            presenter="takes_part",
            captures="choice",
            max_items=1,
            not_here=("advice", "discussion"),
            prompt_nl="Het moment waarop …",
            prompt_en="The moment when …",
            tip_nl=dutch_tip(
                "Kies vlot: elk incident is goed genoeg om van te leren. Wie niet gekozen is, kan het "
                "incident bewaren voor een volgende keer.",
                "Van welk incident kan de hele groep iets leren?",
                "lang overleggen over de keuze",
            ),
            tip_en=english_tip(
                "Choose quickly: every incident is good enough to learn from. If yours is not chosen, keep "
                "it for another time.",
                "From which incident can the whole group learn?",
                "a long debate about the choice",
            ),
        ),
        StepText(
            key="questions",
            title_nl="Vragen stellen",
            title_en="Ask questions",
            instruction_nl=(
                "Schrijf twee open vragen op: één naar feiten, één die verder gaat. Stel ze om de beurt; de "
                "inbrenger geeft kort antwoord."
            ),
            instruction_en=(
                "Write two open questions: one about facts, one that goes deeper. Ask them in turn; the "
                "presenter answers briefly."
            ),
            minutes=15,
            turn="round_robin",
            presenter="answers",
            captures="question",
            max_items=2,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Ik wil graag weten …",
            prompt_en="I would like to know …",
            tip_nl=dutch_tip(
                "Eerst de feiten, dan pas wat iemand dacht en voelde. Laat na elk antwoord een korte stilte.",
                "Wat wilde je op dat moment bereiken?",
                "vragen waar al een advies in zit",
            ),
            tip_en=english_tip(
                "Facts first, only then what somebody thought and felt. Leave a short silence after each "
                "answer.",
                "What did you want to achieve at that moment?",
                "questions that already hold advice",
            ),
        ),
        StepText(
            key="group_analysis",
            title_nl="Groep denkt na",
            title_en="The group thinks",
            instruction_nl=(
                "De inbrenger gaat uit de kring. Praat in twee- of drietallen: wat speelde er, wat was de "
                "rol van de inbrenger en wat zou jij hebben gedaan?"
            ),
            instruction_en=(
                "The presenter leaves the circle. Talk in twos or threes: what was going on, what was the "
                "presenter's part and what would you have done?"
            ),
            minutes=10,
            turn="open",
            presenter="silent",
            captures="hypothesis",
            not_here=("judgement", "own_story"),
            prompt_nl="Ik vermoed dat … omdat …",
            prompt_en="I suspect that … because …",
            tip_nl=dutch_tip(
                "Zorg dat elk groepje ook iets opschrijft. Praat over de inbrenger alsof die meeluistert.",
                "Wat heeft de inbrenger misschien zelf niet kunnen zien?",
                "snel met z'n allen naar één verklaring toe praten",
            ),
            tip_en=english_tip(
                "Make sure that each small group writes something down. Talk about the presenter as if they "
                "were listening.",
                "What may the presenter not have been able to see?",
                "talking quickly towards one explanation",
            ),
        ),
        StepText(
            key="advice",
            title_nl="Adviesronde",
            title_en="Round of advice",
            instruction_nl=(
                "De inbrenger is terug en schrijft mee zonder te reageren. Geef om de beurt je advies, elk "
                "in één of twee zinnen."
            ),
            instruction_en=(
                "The presenter is back and takes notes without reacting. Take turns to give your advice, "
                "each in one or two sentences."
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
                "Eén advies per beurt, tot er niets nieuws meer komt. De inbrenger hoeft alleen te "
                "luisteren.",
                "Wat zou jij doen als dit moment morgen terugkwam?",
                "elkaars advies verbeteren of tegenspreken",
            ),
            tip_en=english_tip(
                "One piece of advice a turn, until nothing new comes up. The presenter only has to listen.",
                "What would you do if this moment came back tomorrow?",
                "improving or opposing each other's advice",
            ),
        ),
        StepText(
            key="decision",
            title_nl="Wat ga ik doen?",
            title_en="What will I do?",
            instruction_nl=(
                "Inbrenger: vertel hoe het afliep, welk advies je helpt en wat je gaat doen. Schrijf die "
                "stap op."
            ),
            instruction_en=(
                "Presenter: tell how it ended, which advice helps you and what you are going to do. Write "
                "that step down."
            ),
            minutes=10,
            turn="presenter",
            presenter="speaks",
            captures="action_plan",
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik ga …",
            prompt_en="I am going to …",
            tip_nl=dutch_tip(
                "De inbrenger kiest en hoeft zich niet te verantwoorden. Vraag door tot er één stap met een "
                "datum staat.",
                "Welk advies past het best bij jou, en wanneer probeer je het?",
                "een advies alsnog verdedigen",
            ),
            tip_en=english_tip(
                "The presenter chooses and need not justify the choice. Ask on until there is one step with "
                "a date.",
                "Which advice suits you best, and when will you try it?",
                "defending advice after all",
            ),
        ),
    ),
)
