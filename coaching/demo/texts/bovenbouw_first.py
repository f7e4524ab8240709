"""Bovenbouw, the first five meetings."""

from ..story import Plan, Story

FIRST = (
    Story(
        presenter="esra",
        facilitator="noor",
        timekeeper="tom",
        situation="In de adviesgesprekken van groep 8 zijn ouders het soms niet met me eens. Ik word dan "
        "stil, ga mijn cijfers verdedigen en loop met een rotgevoel naar huis.",
        tried="Ik heb meer toetsen op tafel gelegd. Daardoor werd het gesprek alleen maar langer.",
        question="Hoe kan ik rustig blijven als ouders het niet eens zijn met mijn advies?",
        choices=(
            ("esra", "Ik wil het hebben over adviesgesprekken die een strijd worden."),
            ("lieke", "Ik wil het hebben over de toetsweken, die alles opslokken."),
        ),
        questions=(
            ("noor", "Wat gebeurt er in jou op het moment dat een ouder nee zegt?"),
            ("samir", "Wanneer ging zo’n gesprek wél goed, en wat deed jij toen?"),
            ("lieke", "Wat wil je dat ouders over jou denken als ze weggaan?"),
        ),
        themes=(("tom", "Je gaat uitleggen op het moment dat de ander nog wil vertellen."),),
        hypotheses=(
            (
                "lieke",
                "Ik vermoed dat je het als kritiek op jezelf hoort, omdat je zo zorgvuldig bent geweest.",
            ),
            ("noor", "Ik vermoed dat ouders vooral bang zijn dat er een deur dichtgaat."),
        ),
        tips=(
            ("noor", "Ik zou beginnen met de vraag wat zij thuis zien, en pas daarna mijn advies geven."),
            ("samir", "Ik zou hardop zeggen: ik merk dat dit u raakt, vertelt u eens."),
            ("lieke", "Ik zou een tweede gesprek aanbieden in plaats van het nu af te maken."),
            ("tom", "Ik zou één blad meenemen in plaats van een map."),
        ),
        marks="ppkn",
        plans=(
            Plan(
                who="esra",
                intention="Ik begin elk adviesgesprek met de vraag wat ouders thuis zien, en zeg dan vijf "
                "minuten niets over cijfers.",
                where="in de vier gesprekken van volgende week",
                works_when="ouders meer aan het woord zijn dan ik",
                if_then="Als ik merk dat ik ga uitleggen, dan stel ik eerst nog één vraag.",
                buddy="noor",
                results=(
                    ("tried", "Twee keer gelukt. De derde keer zat ik na één minuut toch weer in mijn map."),
                    ("done", "Alle gesprekken zo begonnen. Een vader zei: fijn dat u eerst luisterde."),
                ),
                becomes_success=True,
            ),
        ),
        learned=(
            ("esra", "Ik neem mee dat stil zijn iets anders is dan niets doen."),
            ("samir", "Ik neem mee dat ik ook te snel mijn gelijk op tafel leg."),
            ("tom", "Ik neem mee dat één goede vraag meer doet dan drie toetsen."),
        ),
    ),
    Story(
        presenter="tom",
        facilitator="lieke",
        timekeeper="esra",
        absent=("samir",),
        situation="Ik werk twee dagen. Op mijn vrije dagen lees ik toch de mail, omdat ik anders "
        "op maandag alles gemist heb. Zo werk ik vier dagen voor twee.",
        tried="Meldingen uitgezet; ik pakte de telefoon dan zelf.",
        question="Hoe kan ik op twee dagen goed meedoen met het team en op de andere dagen echt vrij zijn?",
        choices=(
            ("tom", "Ik wil het hebben over werken op dagen dat ik niet werk."),
            ("noor", "Ik wil het hebben over drie overleggen op één middag."),
        ),
        questions=(
            ("esra", "Wat is het ergste dat er gebeurt als je iets mist?"),
            ("lieke", "Wie verwacht dit van jou, en hoe weet je dat?"),
        ),
        themes=(("noor", "Niemand vraagt het van je; je vraagt het van jezelf."),),
        hypotheses=(
            ("noor", "Ik vermoed dat je bang bent er niet helemaal bij te horen, omdat je er weinig bent."),
            ("esra", "Ik vermoed dat wij zelf te veel via de mail regelen."),
        ),
        tips=(
            ("esra", "Ik zou één collega vragen mij op maandag in vijf minuten bij te praten."),
            ("lieke", "Ik zou in mijn handtekening zetten op welke dagen ik er ben."),
            ("noor", "Ik zou de mail van mijn telefoon halen, niet alleen de meldingen."),
        ),
        marks="pkp",
        plans=(
            Plan(
                who="tom",
                intention="Ik haal de werkmail van mijn telefoon en drink op maandag om kwart over acht "
                "koffie met een collega die mij bijpraat.",
                where="in de personeelskamer",
                works_when="ik zondagavond niet weet wat er in mijn mail staat",
                if_then="Als ik toch wil kijken, dan schrijf ik mijn vraag op voor maandag.",
                buddy="esra",
                results=(("done", "Na twee weken miste ik het niet meer. Er bleek niets ontploft."),),
                becomes_success=True,
            ),
            Plan(
                who="noor",
                intention="Ik zet in mijn mails bovenaan voor wie het is en of er haast bij is.",
                results=(("done", "Het kost tien seconden en ik krijg minder vragen terug."),),
            ),
        ),
        learned=(
            ("tom", "Ik neem mee dat erbij horen niet in mijn inbox zit."),
            ("lieke", "Ik neem mee dat ik in het weekend geen mail meer verstuur."),
        ),
    ),
    Story(
        presenter="samir",
        facilitator="esra",
        timekeeper="noor",
        situation="Ik ben onze ict’er voor een halve dag. Toch staat er elke pauze iemand bij mijn "
        "deur met een bord of een wachtwoord. Mijn eigen pauze bestaat niet meer.",
        tried="Een lijst met veelgestelde vragen gemaakt. Niemand opent die.",
        question="Hoe kan ik collega’s helpen met ict zonder dat ik elke pauze kwijt ben?",
        choices=(
            ("samir", "Ik wil het hebben over ict-vragen die altijd nu moeten."),
            ("esra", "Ik wil het hebben over de weektaak, die niemand meer overziet."),
        ),
        questions=(
            ("noor", "Wat levert het jou op om meteen te helpen?"),
            ("lieke", "Welke vragen komen elke week terug?"),
            ("tom", "Wat zeg je letterlijk als er iemand binnenkomt?"),
        ),
        themes=(("esra", "Je zegt nooit nee, en je zegt ook nooit wanneer wel."),),
        hypotheses=(
            ("tom", "Ik vermoed dat je het fijn vindt om nodig te zijn, omdat je het ook gewoon goed kunt."),
            ("lieke", "Ik vermoed dat wij niet weten wanneer jouw halve dag is."),
        ),
        hypothesis="Ik help meteen omdat ik aardig wil zijn, en leer de ander zo dat het altijd meteen kan.",
        tips=(
            ("lieke", "Ik zou een vast spreekuur houden, en buiten die tijd vriendelijk verwijzen."),
            ("noor", "Ik zou de ander laten klikken en mijn handen op mijn rug houden."),
            ("tom", "Ik zou per bouw één collega kiezen die de vijf meest gestelde vragen kan."),
            ("esra", "Ik zou bij de volgende vergadering vijf minuten vragen om dit uit te leggen."),
        ),
        marks="ppkp",
        plans=(
            Plan(
                who="samir",
                intention="Ik houd op dinsdag en donderdag een ict-halfuur en verwijs daar de rest van de "
                "week vriendelijk naar.",
                where="lokaal 9, van kwart voor drie tot kwart over drie",
                works_when="ik drie pauzes in de week in de personeelskamer zit",
                if_then="Als er iemand in de pauze komt, dan zeg ik: graag, dinsdag om kwart voor drie.",
                buddy="tom",
                results=(
                    ("tried", "De eerste week kwam er niemand, de tweede week vijf tegelijk."),
                    ("adjusted", "Het ict-halfuur is nu één keer per week, met een inschrijflijst."),
                    ("done", "Vier pauzes in de week voor mezelf."),
                ),
                becomes_success=True,
            ),
        ),
        learned=(
            ("samir", "Ik neem mee dat ik zelf de deur openzet."),
            ("lieke", "Ik neem mee dat ik eerst zelf drie dingen probeer voor ik het vraag."),
            ("noor", "Ik neem mee dat helpen ook kan met je handen op je rug."),
        ),
    ),
    Story(
        presenter="noor",
        facilitator="tom",
        timekeeper="samir",
        situation="Ik heb dit jaar een combinatiegroep 7/8. Tijdens de ene instructie stopt de andere "
        "groep met werken. Aan het eind van de ochtend heb ik twee halve lessen gegeven.",
        tried="De instructies korter gemaakt, en een stoplicht op het bord.",
        question="Hoe kan ik in mijn combinatiegroep twee goede instructies geven zonder te rennen?",
        choices=(
            ("noor", "Ik wil het hebben over twee groepen en één paar ogen."),
            ("samir", "Ik wil het hebben over toetsen die niets nieuws vertellen."),
            ("lieke", "Ik wil het hebben over de overgang naar de nieuwe leesmethode."),
        ),
        questions=(
            ("esra", "Wat doet de groep die moet werken in de eerste vijf minuten?"),
            ("samir", "Op welk moment van de dag gaat het vanzelf?"),
        ),
        themes=(("lieke", "De ochtend begint met uitleg, nog voordat er iemand aan het werk is."),),
        hypotheses=(
            (
                "samir",
                "Ik vermoed dat de groep wacht omdat het werk pas duidelijk wordt als jij komt kijken.",
            ),
            ("esra", "Ik vermoed dat je twee hele lessen wilt geven, omdat je bang bent tekort te schieten."),
        ),
        tips=(
            ("lieke", "Ik zou elke dag beginnen met tien minuten zelfstandig werk voor allebei."),
            ("esra", "Ik zou één vak samen geven, bijvoorbeeld spelling of wereldoriëntatie."),
            ("samir", "Ik zou een hulprondje aankondigen: na mijn uitleg loop ik eerst bij jullie langs."),
            ("tom", "Ik zou een keer komen kijken naar een collega die dit al jaren doet."),
        ),
        marks="ppkp",
        plans=(
            Plan(
                who="noor",
                intention="Ik start drie weken lang elke ochtend met tien minuten zelfstandig werk voor "
                "beide groepen, voordat ik iets uitleg.",
                where="mijn eigen groep, van half negen tot tien over half negen",
                works_when="ik tijdens mijn eerste uitleg niet hoef op te kijken",
                if_then="Als het rommelig wordt, dan wacht ik tot het stil is en begin ik opnieuw.",
                buddy="lieke",
                results=(
                    ("done", "Het scheelt per ochtend een kwartier. De groep wijst mij er nu zelf op."),
                ),
                becomes_success=True,
            ),
        ),
        learned=(
            ("noor", "Ik neem mee dat ik niet twee juffen hoef te zijn."),
            ("tom", "Ik neem mee dat rust aan het begin de rest van de ochtend oplevert."),
        ),
    ),
    Story(
        presenter="lieke",
        facilitator="samir",
        timekeeper="noor",
        absent=("tom",),
        situation="Bij de overdracht van mijn groep vertel ik vooral wat er misging. Mijn collega begint "
        "dan met zorgen aan het jaar. Dat wil ik niet, maar ik wil ook niets verzwijgen.",
        tried="Het overdrachtsformulier netjes ingevuld. Daar staan alleen vakjes voor wat lastig is.",
        question="Hoe kan ik mijn groep overdragen met het hele plaatje en niet alleen de zorgen?",
        choices=(
            ("lieke", "Ik wil het hebben over de overdracht aan het eind van het jaar."),
            ("esra", "Ik wil het hebben over de musical, die steeds groter wordt."),
        ),
        questions=(
            ("esra", "Wat had je zelf willen weten toen jij deze groep kreeg?"),
            ("noor", "Waar ben je trots op met deze groep?"),
        ),
        themes=(("samir", "Het formulier stuurt het gesprek, en niemand koos dat formulier."),),
        hypotheses=(
            (
                "noor",
                "Ik vermoed dat je niets wilt vergeten, omdat je bang bent dat het anders jouw schuld is.",
            ),
            ("esra", "Ik vermoed dat wat goed gaat voor jou zo gewoon is dat je het niet meer ziet."),
        ),
        tips=(
            ("noor", "Ik zou de collega een ochtend laten meekijken en daarna pas praten."),
            ("esra", "Ik zou per leerling beginnen met wat werkt."),
            ("samir", "Ik zou de groep zelf een brief laten schrijven aan de nieuwe juf of meester."),
        ),
        marks="kpp",
        plans=(
            Plan(
                who="lieke",
                intention="Ik zet bij de overdracht eerst op wat werkt, en pas daarna waar hulp bij nodig is.",
                where="overdrachtsgesprek met groep 7",
                works_when="mijn collega na afloop zin heeft om te beginnen",
                if_then="Als ik in de zorgen schiet, dan noem ik er ook bij wat hielp.",
                buddy="samir",
                results=(("done", "De brieven van de groep waren het mooiste deel van het gesprek."),),
            ),
        ),
        learned=(
            ("lieke", "Ik neem mee dat een formulier ook anders mag."),
            ("esra", "Ik neem mee dat ik volgend jaar om zo’n brief ga vragen."),
        ),
    ),
)
