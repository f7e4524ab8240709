from .texts import MethodText, StepText, dutch_tip, english_tip

TEN_STEP = MethodText(
    key="ten_step",
    title_nl="Tienstappenmethode",
    title_en="Ten-step method",
    about_nl=(
        "Neemt ruim de tijd en zet eerst alles op papier, zodat ook een nieuwe groep niet te snel naar "
        "adviezen gaat. De groep helpt de inbrenger het probleem opnieuw te zien."
    ),
    about_en=(
        "Takes ample time and puts everything on paper first, so that even a new group does not rush to "
        "advice. The group helps the presenter to see the problem anew."
    ),
    level="beginner",
    group_min=4,
    group_max=7,
    steps=(
        StepText(
            key="sketch",
            title_nl="Probleem schetsen",
            title_en="Sketch the problem",
            instruction_nl=(
                "Inbrenger: vertel wat er speelt, zonder namen, en wat je vraag is. De anderen luisteren en "
                "vragen nog niets."
            ),
            instruction_en=(
                "Presenter: tell what is going on, without names, and what your question is. The others "
                "listen and do not ask anything yet."
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
                "Laat de inbrenger de volle tien minuten gebruiken. Een stilte is goed: vaak komt daarna "
                "het belangrijkste.",
                "Is er nog iets wat we moeten weten om je vraag te begrijpen?",
                "tussendoor vragen stellen",
            ),
            tip_en=english_tip(
                "Let the presenter use the full ten minutes. A silence is fine: the most important part "
                "often comes after it.",
                "Is there anything else we need to know to understand your question?",
                "asking questions in between",
            ),
        ),
        StepText(
            key="questions",
            title_nl="Vragen opschrijven",
            title_en="Write questions",
            instruction_nl=(
                "Schrijf in stilte je vragen aan de inbrenger op, hoogstens drie. Ze komen straks allemaal "
                "tegelijk in beeld."
            ),
            instruction_en=(
                "Write your questions to the presenter in silence, three at most. They will all appear at "
                "the same time."
            ),
            minutes=10,
            turn="silent_write",
            presenter="silent",
            captures="question",
            hidden=True,
            max_items=3,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Mijn vraag aan jou:",
            prompt_en="My question to you:",
            tip_nl=dutch_tip(
                "Stilte geeft ook de rustige denker ruimte. Een goede vraag kun je niet met ja of nee "
                "beantwoorden.",
                "Welke vraag durf je bijna niet te stellen?",
                "overleggen met je buur",
            ),
            tip_en=english_tip(
                "Silence gives the quiet thinker room as well. A good question cannot be answered with yes "
                "or no.",
                "Which question do you hardly dare to ask?",
                "talking it over with your neighbour",
            ),
        ),
        StepText(
            key="rate_questions",
            title_nl="Vragen waarderen",
            title_en="Rate the questions",
            instruction_nl=(
                "Inbrenger: lees de vragen en geef bij elke vraag aan of die warm, neutraal of koel voelt. "
                "Geef nog geen antwoord; de anderen kijken mee."
            ),
            instruction_en=(
                "Presenter: read the questions and mark for each whether it feels warm, neutral or cool. Do "
                "not answer yet; the others follow."
            ),
            minutes=10,
            turn="presenter",
            presenter="writes",
            captures="marks",
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Deze vraag voelt …",
            prompt_en="This question feels …",
            tip_nl=dutch_tip(
                "Warm betekent: deze vraag raakt iets. Koel is geen afkeuring van wie de vraag schreef.",
                "Bij welke vraag voelde je meteen iets?",
                "uitleg bij elke waardering",
            ),
            tip_en=english_tip(
                "Warm means: this question touches something. Cool is no disapproval of who wrote it.",
                "Which question made you feel something at once?",
                "explaining every rating",
            ),
        ),
        StepText(
            key="answers",
            title_nl="Vragen beantwoorden",
            title_en="Answer the questions",
            instruction_nl=(
                "Inbrenger: beantwoord de vragen en begin bij de warme. De anderen luisteren en maken "
                "notities voor zichzelf."
            ),
            instruction_en=(
                "Presenter: answer the questions, starting with the warm ones. The others listen and make "
                "notes for themselves."
            ),
            minutes=20,
            turn="presenter",
            presenter="answers",
            captures="none",
            not_here=("advice", "judgement", "discussion", "own_story"),
            tip_nl=dutch_tip(
                "Niet elke vraag hoeft een antwoord te krijgen. Let op het moment waarop de inbrenger "
                "vertraagt.",
                "Wat gebeurt er als je dit zo hardop zegt?",
                "doorvragen; er komt nog een ronde",
            ),
            tip_en=english_tip(
                "Not every question needs an answer. Notice the moment when the presenter slows down.",
                "What happens when you say this out loud?",
                "follow-up questions; another round is coming",
            ),
        ),
        StepText(
            key="last_questions",
            title_nl="Laatste vragen",
            title_en="Last questions",
            instruction_nl=(
                "Stel om de beurt nog één vraag over wat je net hoorde. De inbrenger antwoordt kort."
            ),
            instruction_en=(
                "Take turns to ask one more question about what you just heard. The presenter answers "
                "briefly."
            ),
            minutes=10,
            turn="round_robin",
            presenter="answers",
            captures="question",
            max_items=1,
            not_here=("advice", "judgement", "own_story"),
            prompt_nl="Ik vraag me nog af …",
            prompt_en="I still wonder …",
            tip_nl=dutch_tip(
                "Eén vraag per persoon houdt de aandacht scherp. Passen mag.",
                "Wat hoorde je jezelf zeggen dat nieuw was?",
                "een vraag om je eigen idee te bewijzen",
            ),
            tip_en=english_tip(
                "One question each keeps the attention sharp. You may pass.",
                "What did you hear yourself say that was new?",
                "a question to prove your own idea",
            ),
        ),
        StepText(
            key="reformulate",
            title_nl="Probleem in de ik-vorm",
            title_en="The problem in I-form",
            instruction_nl=(
                "Kruip in de huid van de inbrenger en schrijf het probleem op in de ik-vorm. Daarna komen "
                "alle zinnen tegelijk in beeld."
            ),
            instruction_en=(
                "Step into the presenter's shoes and write the problem in the I-form. Then all sentences "
                "appear at the same time."
            ),
            minutes=10,
            turn="silent_write",
            presenter="silent",
            captures="hypothesis",
            hidden=True,
            max_items=1,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Mijn probleem is dat ik …",
            prompt_en="My problem is that I …",
            tip_nl=dutch_tip(
                "Schrijf alsof je de inbrenger bent: “Ik wil … maar ik …”. Het gaat om de eigen kant, niet "
                "om wat anderen fout doen.",
                "Wat zou je zelf voelen op deze plek?",
                "schrijven over de leerling, de ouder of de collega",
            ),
            tip_en=english_tip(
                "Write as if you were the presenter: “I want … but I …”. It is about their own side, not "
                "about what others do wrong.",
                "What would you feel in this place?",
                "writing about the pupil, the parent or the colleague",
            ),
        ),
        StepText(
            key="rate_formulations",
            title_nl="Zinnen waarderen",
            title_en="Rate the sentences",
            instruction_nl=(
                "Inbrenger: lees elke zin hardop en geef aan hoe goed die past: warm, neutraal of koel. De "
                "anderen luisteren."
            ),
            instruction_en=(
                "Presenter: read each sentence aloud and mark how well it fits: warm, neutral or cool. The "
                "others listen."
            ),
            minutes=10,
            turn="presenter",
            presenter="writes",
            captures="marks",
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Deze zin voelt …",
            prompt_en="This sentence feels …",
            tip_nl=dutch_tip(
                "Hardop lezen in de ik-vorm doet vaak meer dan uitleg. Neem de tijd per zin.",
                "Welk woord in deze zin klopt precies?",
                "verdedigen wat je hebt geschreven",
            ),
            tip_en=english_tip(
                "Reading aloud in the I-form often does more than explaining. Take time for each sentence.",
                "Which word in this sentence is exactly right?",
                "defending what you wrote",
            ),
        ),
        StepText(
            key="balance",
            title_nl="De balans",
            title_en="The balance",
            instruction_nl=(
                "Inbrenger: maak de balans op. Zeg in je eigen woorden wat het probleem nu is en schrijf je "
                "nieuwe vraag op."
            ),
            instruction_en=(
                "Presenter: draw up the balance. Say in your own words what the problem is now, and write "
                "down your new question."
            ),
            minutes=10,
            turn="presenter",
            presenter="speaks",
            captures="question_of_case",
            max_items=1,
            not_here=("advice", "judgement", "discussion", "own_story"),
            prompt_nl="Mijn vraag is nu …",
            prompt_en="My question is now …",
            tip_nl=dutch_tip(
                "De nieuwe vraag mag heel anders zijn dan de eerste. Herhaal de zin letterlijk, zodat de "
                "inbrenger hem terughoort.",
                "Wat is er anders dan toen je begon?",
                "de zin mooier maken dan de inbrenger hem zegt",
            ),
            tip_en=english_tip(
                "The new question may be quite different from the first. Repeat the sentence word for word, "
                "so that the presenter hears it back.",
                "What is different from when you started?",
                "polishing the sentence beyond what the presenter says",
            ),
        ),
        StepText(
            key="forces",
            title_nl="Wat houdt het in stand?",
            title_en="What keeps it going?",
            instruction_nl=(
                "Zoek samen: wat houdt dit probleem in stand, bij de inbrenger en in de omgeving? Noem ook "
                "wat helpt om het los te laten."
            ),
            instruction_en=(
                "Search together: what keeps this problem going, in the presenter and around them? Name "
                "what helps to let go of it as well."
            ),
            minutes=15,
            turn="open",
            presenter="takes_part",
            captures="association",
            max_items=2,
            not_here=("judgement", "own_story"),
            prompt_nl="Dit houdt het in stand:",
            prompt_en="This keeps it going:",
            tip_nl=dutch_tip(
                "Kijk naar alle kanten: gewoonten, afspraken, wat het oplevert. De inbrenger doet nu gewoon "
                "mee.",
                "Wat levert het op om het zo te laten?",
                "één schuldige aanwijzen",
            ),
            tip_en=english_tip(
                "Look at all sides: habits, arrangements, what it brings. The presenter now simply joins in.",
                "What is gained by leaving it as it is?",
                "pointing at one culprit",
            ),
        ),
        StepText(
            key="next_step",
            title_nl="Wat ga ik ermee doen?",
            title_en="What will I do with it?",
            instruction_nl=(
                "Inbrenger: vertel wat je ermee gaat doen en schrijf één stap op. Zeg daarna om de beurt "
                "kort wat dit bij jou losmaakt."
            ),
            instruction_en=(
                "Presenter: tell what you will do with it and write down one step. Then take turns to say "
                "briefly what this stirs in you."
            ),
            minutes=15,
            turn="presenter",
            presenter="speaks",
            captures="action_plan",
            not_here=("judgement", "discussion"),
            prompt_nl="Ik ga …",
            prompt_en="I am going to …",
            tip_nl=dutch_tip(
                "Vraag de inbrenger of een tip nog welkom is; zo niet, dan geen tips. Sluit af met een "
                "rondje van één zin.",
                "Wat is de kleinste stap die al verschil maakt?",
                "een groot plan onder druk van de klok",
            ),
            tip_en=english_tip(
                "Ask the presenter whether a tip is still welcome; if not, no tips. End with a round of one "
                "sentence each.",
                "What is the smallest step that already makes a difference?",
                "a big plan under pressure of the clock",
            ),
        ),
    ),
)
