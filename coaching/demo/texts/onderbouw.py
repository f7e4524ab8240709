"""Onderbouw: teachers, an assistant and the administrator in one group."""

from ..story import Plan, Story

ONDERBOUW = (
    Story(
        presenter="fatima",
        facilitator="karin",
        timekeeper="petra",
        situation="Bij de inloop blijven ouders lang hangen. Ik vind het gezellig, maar de kring begint elke "
        "dag tien minuten te laat en de kinderen worden onrustig.",
        tried="Een bel om half negen. Die hoort niemand boven het praten uit.",
        question="Hoe kan ik de inloop warm houden en toch om half negen beginnen?",
        choices=(
            ("fatima", "Ik wil het hebben over ouders die blijven staan."),
            ("wil", "Ik wil het hebben over de balie om kwart over acht."),
        ),
        questions=(
            ("petra", "Wat doe jij zelf om vijf voor half negen?"),
            ("anneke", "Welke ouders blijven, en wat komen ze vertellen?"),
        ),
        themes=(("joris", "Het afscheid heeft geen vast moment, dus kiest iedereen er zelf een."),),
        hypotheses=(
            ("petra", "Ik vermoed dat ouders blijven omdat dit het enige moment is dat ze jou spreken."),
            ("anneke", "Ik vermoed dat je het zonde vindt om iemand weg te sturen."),
        ),
        tips=(
            ("anneke", "Ik zou een afscheidslied zingen: als het uit is, zwaaien we."),
            ("joris", "Ik zou op vrijdag na schooltijd een kwartier vrijhouden voor ouders."),
            ("petra", "Ik zou zelf al in de kring gaan zitten, dan wijst het zich vanzelf."),
        ),
        marks="pkp",
        plans=(
            Plan(
                who="fatima",
                intention="Ik begin om vijf voor half negen het afscheidslied en ga zelf in de kring zitten.",
                where="kleutergroep, elke ochtend",
                works_when="om half negen alle ouders hebben gezwaaid",
                buddy="anneke",
                results=(("done", "Na een week zongen de ouders mee, en daarna gingen ze."),),
                becomes_success=True,
            ),
        ),
        learned=(
            ("fatima", "Ik neem mee dat een duidelijk afscheid juist warm is."),
            ("wil", "Ik neem mee dat wij bij de balie ook wel een lied kunnen gebruiken."),
        ),
    ),
    Story(
        presenter="wil",
        facilitator="fatima",
        timekeeper="anneke",
        situation="Aan de balie komt iedereen even iets vragen: een ouder, een koerier, een collega met een "
        "kopieerprobleem. Aan het eind van de dag is mijn eigen stapel nog even hoog.",
        tried="De deur dichtgedaan. Toen klopten ze.",
        question="Hoe kan ik vriendelijk zijn aan de balie en toch mijn werk afkrijgen?",
        choices=(
            ("wil", "Ik wil het hebben over de vraag: heb je heel even?"),
            ("joris", "Ik wil het hebben over zes nieuwe dingen tegelijk leren."),
        ),
        questions=(
            ("karin", "Op welk uur van de dag is het rustig?"),
            ("joris", "Welke vragen kan iemand anders ook beantwoorden?"),
            ("petra", "Wat heb je nodig om nee te zeggen?"),
        ),
        themes=(("anneke", "Iedereen ziet je zitten, dus lijk je altijd vrij."),),
        hypotheses=(
            (
                "joris",
                "Ik vermoed dat je niemand wilt laten wachten omdat jij het gezicht van de school bent.",
            ),
            ("karin", "Ik vermoed dat wij niet weten welk werk jij nog hebt liggen."),
        ),
        tips=(
            ("karin", "Ik zou elke dag een uur achterin gaan zitten en iemand anders de balie laten doen."),
            ("petra", "Ik zou een bakje neerzetten voor vragen die morgen ook kunnen."),
            ("joris", "Ik zou in de teamvergadering vertellen wat er op mijn stapel ligt."),
        ),
        marks="ppk",
        plans=(
            Plan(
                who="wil",
                intention="Ik werk elke dag van tien tot elf in de achterkamer, met een bakje voor vragen.",
                works_when="de leerlingadministratie op vrijdag bij is",
                buddy="karin",
                results=(
                    ("tried", "De eerste dagen riep iedereen alsnog om de hoek."),
                    ("done", "Het bakje werkt. De helft van de vragen lost zichzelf op."),
                ),
                becomes_success=True,
            ),
        ),
        learned=(
            ("wil", "Ik neem mee dat vriendelijk zijn niet altijd nu meteen betekent."),
            ("petra", "Ik neem mee dat ik zelf degene ben die om de hoek roept."),
        ),
    ),
    Story(
        presenter="petra",
        facilitator="joris",
        timekeeper="fatima",
        absent=("wil",),
        situation="We hebben samen een nieuwe manier van aanvankelijk lezen gekozen. In mijn parallelgroep "
        "gebeurt het anders, en ik merk dat ik erover mopper in plaats van het te vragen.",
        tried="Een artikel op tafel gelegd in de personeelskamer.",
        question="Hoe kan ik met mijn parallelcollega praten over onze afspraak zonder te beschuldigen?",
        about_change="de nieuwe aanpak voor aanvankelijk lezen",
        choices=(
            ("petra", "Ik wil het hebben over een afspraak die verwatert."),
            ("anneke", "Ik wil het hebben over pleinwacht in de regen."),
        ),
        questions=(
            ("karin", "Wat weet je zeker, en wat vul je in?"),
            ("fatima", "Wat zou jij willen dat iemand tegen jou zei?"),
        ),
        themes=(("anneke", "Er is wel een afspraak, maar nog nooit samen naar gekeken."),),
        hypotheses=(
            ("fatima", "Ik vermoed dat je bang bent voor gedoe, omdat jullie nog jaren naast elkaar werken."),
            ("anneke", "Ik vermoed dat je collega niet goed weet hoe het moet, en dat niet durft te zeggen."),
        ),
        tips=(
            ("karin", "Ik zou vragen of ik een les mag komen kijken om er iets van te leren."),
            ("anneke", "Ik zou het zeggen zoals het is: ik mis ons overleg."),
            ("fatima", "Ik zou samen één les voorbereiden."),
        ),
        marks="pnp",
        plans=(
            Plan(
                who="petra",
                intention="Ik vraag mijn parallelcollega om samen de leesles van maandag voor te bereiden.",
                works_when="we daarna zonder spanning bespreken hoe het ging",
                buddy="fatima",
                results=(("done", "We doen het nu elke week. Ze vond het fijn dat ik het vroeg."),),
            ),
            Plan(
                who="anneke",
                intention="Ik vraag op maandag in welke groep ik deze week bij lezen kan helpen.",
                results=(("done", "Nu weet ik het voordat ik de deur opendoe."),),
            ),
        ),
        learned=(
            ("petra", "Ik neem mee dat ik meer invul dan ik weet."),
            ("karin", "Ik neem mee dat een afspraak zonder terugkijken geen afspraak is."),
        ),
    ),
    Story(
        presenter="anneke",
        facilitator="petra",
        timekeeper="wil",
        situation="Als assistent zie ik veel groepen. Soms zou ik iets heel anders doen dan de leerkracht. "
        "Ik zeg dan niets en vertel het thuis aan de keukentafel.",
        tried="Het een keer laten vallen als grapje. Dat viel verkeerd.",
        question="Hoe kan ik als assistent zeggen wat ik zie, zodat de leerkracht er iets aan heeft?",
        choices=(
            ("anneke", "Ik wil het hebben over wat ik zie en niet zeg."),
            ("karin", "Ik wil het hebben over collega zijn en coördinator."),
        ),
        questions=(
            ("joris", "Wat zou er kunnen gebeuren als je het wel zegt?"),
            ("fatima", "Aan wie zou je het wel durven vertellen, en waarom?"),
        ),
        themes=(("karin", "Wij vragen jou om handen, en bijna nooit om ogen."),),
        hypotheses=(
            ("karin", "Ik vermoed dat je zwijgt omdat niemand je om je mening vraagt."),
            (
                "joris",
                "Ik vermoed dat leerkrachten het graag zouden horen, omdat ze zelf alles tegelijk doen.",
            ),
        ),
        tips=(
            ("joris", "Ik zou vragen: wil je horen wat me opviel?"),
            ("fatima", "Ik zou beginnen met één ding dat goed ging."),
            ("karin", "Ik zou vooraf vragen waar ik op mag letten."),
        ),
        marks="ppk",
        plans=(
            Plan(
                who="anneke",
                intention="Ik vraag één keer per week aan een leerkracht: wil je horen wat me opviel?",
                where="na de ochtend, bij het opruimen",
                works_when="een leerkracht er de week erna zelf om vraagt",
                buddy="petra",
                results=(
                    ("tried", "Spannend, maar het antwoord was meteen ja."),
                    ("adjusted", "Ik vraag het nu vooraf, dan kan de ander kiezen waar ik naar kijk."),
                ),
            ),
        ),
        learned=(
            ("anneke", "Ik neem mee dat mijn ogen ook meetellen."),
            ("joris", "Ik neem mee dat ik morgen vraag wat er opviel."),
            ("fatima", "Ik neem mee dat vragen om toestemming het verschil maakt."),
        ),
    ),
    Story(
        presenter="karin",
        facilitator="fatima",
        timekeeper="joris",
        absent=("petra",),
        situation="Ik ben coördinator en ik geef ook gewoon les. Als iemand een bijeenkomst vergeet, moet ik er "
        "iets van zeggen. Dan voel ik me ineens de baas, en dat ben ik niet.",
        tried="Een algemene herinnering aan iedereen gestuurd. De mensen die er altijd zijn, schrokken.",
        question="Hoe kan ik collega’s aanspreken op een afspraak en toch collega blijven?",
        choices=(
            ("karin", "Ik wil het hebben over aanspreken zonder baas te zijn."),
            ("fatima", "Ik wil het hebben over te veel projecten in één periode."),
            ("joris", "Ik wil het hebben over de wisseling van kring naar werken."),
        ),
        questions=(
            ("anneke", "Van wie is de afspraak eigenlijk?"),
            ("wil", "Hoe wil jij zelf aangesproken worden?"),
        ),
        themes=(("joris", "Je doet het via de mail, dus je ziet geen gezicht."),),
        hypotheses=(
            ("wil", "Ik vermoed dat je het zwaarder maakt dan het is, omdat je niemand wilt kwijtraken."),
            ("anneke", "Ik vermoed dat wij denken dat het jouw afspraak is en niet de onze."),
        ),
        tips=(
            ("wil", "Ik zou even langslopen en vragen: we misten je, is er iets?"),
            ("joris", "Ik zou de groep zelf laten bespreken wat we doen als iemand er niet is."),
            ("anneke", "Ik zou ook zeggen als het wél goed gaat."),
        ),
        marks="ppk",
        plans=(
            Plan(
                who="karin",
                intention="Ik loop langs bij wie een bijeenkomst mist en begin met: we misten je.",
                works_when="ik geen algemene mail meer verstuur",
                if_then="Als ik naar de mail wil grijpen, dan loop ik eerst de gang op.",
                buddy="wil",
                results=(("tried", "Twee keer gedaan. Eén keer bleek er iets heel anders te spelen."),),
            ),
        ),
        learned=(
            ("karin", "Ik neem mee dat langslopen minder spannend is dan een mail."),
            ("anneke", "Ik neem mee dat de afspraak van ons allemaal is."),
        ),
    ),
    Story(
        presenter="joris",
        facilitator="anneke",
        timekeeper="karin",
        situation="Ik ben sinds een jaar zij-instromer en geef les aan groep 3. De kring gaat goed. Zodra we "
        "naar de tafels gaan, is het een kwartier rommelig en ben ik de helft kwijt.",
        tried="Harder praten. Een timer op het bord. Groepje voor groepje laten gaan; dan wacht de rest te lang.",
        question="Hoe kan ik de overgang van de kring naar het werken rustig laten verlopen?",
        choices=(
            ("joris", "Ik wil het hebben over de wisseling van kring naar werken."),
            ("petra", "Ik wil het hebben over de oudergesprekken van volgende week."),
            ("wil", "Ik wil het hebben over alle formulieren die tegelijk komen."),
            ("fatima", "Ik wil het hebben over de hal, waar alles samenkomt."),
        ),
        questions=(
            ("petra", "Wat weten de kinderen al als ze van hun stoel opstaan?"),
            ("petra", "Waar sta jij tijdens de wisseling?"),
            ("fatima", "Welke wisseling op de dag gaat wel goed?"),
            ("fatima", "Hoe klinkt het als het goed gaat?"),
            ("wil", "Wat is het eerste dat misgaat?"),
            ("karin", "Wat doe je in de laatste minuut van de kring?"),
        ),
        themes=(
            ("karin", "De uitleg van het werk komt pas als iedereen al loopt."),
            ("anneke", "Jij loopt zelf ook, dus niemand ziet je staan."),
            ("wil", "Het naar buiten gaan lukt wel, en daar is een vaste volgorde."),
        ),
        hypotheses=(
            ("fatima", "Ik vermoed dat ze gaan praten omdat ze aan tafel pas horen wat ze moeten doen."),
            ("petra", "Ik vermoed dat je haast maakt omdat je de tijd in de kring te lang vindt."),
            ("wil", "Ik vermoed dat een vaste volgorde helpt, omdat het bij de jassen ook werkt."),
            ("karin", "Ik vermoed dat je rust zoekt in je stem, terwijl het in de voorbereiding zit."),
        ),
        tips=(
            ("petra", "Ik zou het werk al klaarleggen op de tafels voordat de kring begint."),
            ("petra", "Ik zou in de kring laten vertellen: wat ga je zo als eerste doen?"),
            ("fatima", "Ik zou bij de tafels gaan staan en niet meelopen."),
            ("fatima", "Ik zou het vijf keer oefenen als spel, zonder werk erachter."),
            ("wil", "Ik zou een plaatje ophangen met drie stappen, net als bij de kapstok."),
            ("karin", "Ik zou een collega vragen om alleen naar die vijf minuten te komen kijken."),
            ("anneke", "Ik zou de eerste minuut aan tafel helemaal niets zeggen."),
        ),
        marks="pppnkkn",
        plans=(
            Plan(
                who="joris",
                intention="Ik leg het werk vóór de kring op de tafels en laat in de kring drie kinderen vertellen "
                "wat ze als eerste gaan doen.",
                where="groep 3, elke ochtend na de kring",
                works_when="iedereen binnen drie minuten aan het werk is",
                if_then="Als het rommelig wordt, dan blijf ik bij de tafels staan en wacht ik.",
                buddy="fatima",
            ),
            Plan(
                who="wil",
                intention="Ik maak het plaatje met drie stappen en plastificeer het voor wie het wil.",
            ),
        ),
        learned=(
            ("joris", "Ik neem mee dat de rust al vóór de kring begint."),
            ("petra", "Ik neem mee dat ik mijn eigen wisselingen eens ga filmen."),
            ("fatima", "Ik neem mee dat wat in de gang werkt ook in het lokaal kan."),
            ("wil", "Ik neem mee dat ik meer weet van lesgeven dan ik dacht."),
            ("anneke", "Ik neem mee dat ik stilte niet meteen hoef op te vullen."),
            ("karin", "Ik neem mee dat we bij elkaar mogen komen kijken."),
        ),
    ),
)
