from .texts import MethodText, StepText, dutch_tip, english_tip

GOSSIP = MethodText(
    key="gossip",
    title_nl="Roddelmethode",
    title_en="Gossip method",
    about_nl=(
        "De groep praat over de casus alsof de inbrenger er niet bij is, en die hoort zo nieuwe kanten. "
        "Alleen voor een groep die elkaar kent en vertrouwt."
    ),
    about_en=(
        "The group talks about the case as if the presenter were not there, who so hears new sides of it. "
        "Only for a group that knows and trusts each other."
    ),
    level="experienced",
    group_min=4,
    group_max=8,
    steps=(
        StepText(
            key="question",
            title_nl="Vraag",
            title_en="Question",
            instruction_nl=(
                "Inbrenger: vertel zonder namen wat je hebt meegemaakt en wat je wilt weten. De anderen "
                "luisteren."
            ),
            instruction_en=(
                "Presenter: tell, without names, what happened to you and what you want to know. The others "
                "listen."
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
                "Vraag vooraf of de inbrenger deze vorm aandurft. Spreek af dat de inbrenger altijd mag "
                "stoppen.",
                "Wat hoop je straks van ons te horen?",
                "beginnen als iemand zich er niet veilig bij voelt",
            ),
            tip_en=english_tip(
                "Ask beforehand whether the presenter feels up to this form. Agree that the presenter may "
                "stop at any time.",
                "What do you hope to hear from us?",
                "starting when somebody does not feel safe with it",
            ),
        ),
        StepText(
            key="exploration",
            title_nl="Verkenning",
            title_en="Exploration",
            instruction_nl=(
                "Stel om de beurt open vragen. De inbrenger geeft antwoord en vertelt wat helpt om het te "
                "begrijpen."
            ),
            instruction_en=(
                "Take turns to ask open questions. The presenter answers and tells what helps to understand "
                "it."
            ),
            minutes=15,
            turn="round_robin",
            presenter="answers",
            captures="question",
            max_items=2,
            not_here=("advice", "judgement", "own_story"),
            prompt_nl="Mijn open vraag:",
            prompt_en="My open question:",
            tip_nl=dutch_tip(
                "Hoe beter je nu vraagt, hoe beter het gesprek straks. Let op gevoel én op feiten.",
                "Wat maakt dat dit je bezighoudt?",
                "al laten merken wat je ervan vindt",
            ),
            tip_en=english_tip(
                "The better you ask now, the better the talk will be. Mind feelings as well as facts.",
                "What makes this stay on your mind?",
                "showing already what you think of it",
            ),
        ),
        StepText(
            key="gossip",
            title_nl="Roddelen",
            title_en="Gossip",
            instruction_nl=(
                "De inbrenger zit met de rug naar de kring en maakt notities. De anderen praten in de derde "
                "persoon over achtergrond, oorzaken en oplossingen en eindigen met een paar stellingen."
            ),
            instruction_en=(
                "The presenter sits with their back to the circle and takes notes. The others talk in the "
                "third person about background, causes and solutions, and end with a few statements."
            ),
            minutes=15,
            turn="open",
            presenter="silent",
            captures="note",
            not_here=("judgement",),
            prompt_nl="Dit valt me op:",
            prompt_en="This strikes me:",
            tip_nl=dutch_tip(
                "Praat met respect: de inbrenger hoort alles, maar niemand spreekt de inbrenger aan. Vraag "
                "de laatste drie minuten om een paar stellingen.",
                "Wat zou er bij onze collega onder kunnen liggen?",
                "grappen ten koste van de inbrenger, of oogcontact zoeken",
            ),
            tip_en=english_tip(
                "Talk with respect: the presenter hears all of it, but nobody addresses them. In the last "
                "three minutes, ask for a few statements.",
                "What could lie underneath for our colleague?",
                "jokes at the presenter's expense, or seeking eye contact",
            ),
        ),
        StepText(
            key="response",
            title_nl="Reactie van de inbrenger",
            title_en="The presenter responds",
            instruction_nl=(
                "Inbrenger: kom terug in de kring en vertel wat je raakte, wat klopt en wat niet. Schrijf "
                "op welke kleine stap je hieruit haalt."
            ),
            instruction_en=(
                "Presenter: come back into the circle and tell what touched you, what is right and what is "
                "not. Write down which small step you draw from it."
            ),
            minutes=15,
            turn="presenter",
            presenter="speaks",
            captures="action_plan",
            not_here=("advice", "judgement", "discussion"),
            prompt_nl="Ik ga …",
            prompt_en="I am going to …",
            tip_nl=dutch_tip(
                "Geef de inbrenger alle ruimte en vul niets in. Niet alles hoeft een antwoord te krijgen.",
                "Welke zin bleef het meest bij je hangen?",
                "uitleggen wat je met een opmerking bedoelde",
            ),
            tip_en=english_tip(
                "Give the presenter all the room and fill in nothing. Not everything needs an answer.",
                "Which sentence stayed with you most?",
                "explaining what you meant by a remark",
            ),
        ),
        StepText(
            key="evaluation",
            title_nl="Evaluatie",
            title_en="Evaluation",
            instruction_nl=(
                "Vertel om de beurt hoe het was om zo te praten of te luisteren, en wat je zelf meeneemt."
            ),
            instruction_en=(
                "Take turns to say how it was to talk or listen like this, and what you take with you."
            ),
            minutes=10,
            turn="round_robin",
            presenter="takes_part",
            captures="learning",
            max_items=1,
            not_here=("advice", "judgement"),
            prompt_nl="Ik neem mee dat …",
            prompt_en="I take with me that …",
            tip_nl=dutch_tip(
                "Begin bij de inbrenger. Check of alles gezegd is wat anders mee naar huis gaat.",
                "Wat heb je nodig om dit goed af te sluiten?",
                "de casus opnieuw bespreken",
            ),
            tip_en=english_tip(
                "Begin with the presenter. Check that nothing unsaid is taken home.",
                "What do you need to end this well?",
                "discussing the case again",
            ),
        ),
    ),
)
