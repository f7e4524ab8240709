"""Bovenbouw, the meetings after that; the last one is still there to be read in the demo."""

from ..story import Plan, Story

THEN = (
    Story(
        presenter="esra",
        facilitator="lieke",
        timekeeper="tom",
        situation="Een handvol leerlingen is bij rekenen na tien minuten klaar. Ik maak elke avond extra "
        "werk, en dat is de volgende dag ook in tien minuten af.",
        tried="Pluswerkboeken en een kast met spellen. Het blijft bezighouden.",
        question="Hoe kan ik leerlingen die snel klaar zijn aan het denken zetten zonder extra avondwerk?",
        choices=(
            ("esra", "Ik wil het hebben over snelle rekenaars."),
            ("samir", "Ik wil het hebben over nakijken tot half elf."),
        ),
        questions=(
            ("noor", "Hoe weet je dat ze de stof al kennen?"),
            ("tom", "Wat doen ze als er niets klaarligt?"),
        ),
        themes=(("lieke", "Snel klaar levert nu meer van hetzelfde op."),),
        hypotheses=(
            ("noor", "Ik vermoed dat je rust wilt kopen met werk, omdat de rest je dan ook nodig heeft."),
            ("samir", "Ik vermoed dat ze liever één lastige vraag hebben dan twintig sommen."),
        ),
        tips=(
            ("samir", "Ik zou één groot vraagstuk ophangen waar ze de hele week aan werken."),
            ("noor", "Ik zou vooraf toetsen en ze een deel van de les laten overslaan."),
            ("tom", "Ik zou ze zelf een som laten maken voor een ander."),
        ),
        marks="pkp",
        plans=(
            Plan(
                who="esra",
                intention="Ik hang elke maandag één vraagstuk van de week op, en maak geen extra bladen meer.",
                where="groep 8, naast het digibord",
                works_when="leerlingen er samen over praten zonder dat ik het vraag",
                buddy="lieke",
                results=(
                    ("tried", "De eerste week wilde iedereen weten of het voor een cijfer was."),
                    ("done", "Ze komen nu zelf met vraagstukken. Ik heb drie avonden vrij."),
                ),
                becomes_success=True,
            ),
        ),
        learned=(
            ("esra", "Ik neem mee dat moeilijker niet meer werk hoeft te zijn."),
            ("tom", "Ik neem mee dat ik het vraagstuk van de week ga lenen."),
        ),
    ),
    Story(
        presenter="tom",
        facilitator="noor",
        timekeeper="esra",
        situation="Mijn duo-collega en ik houden anders orde. Bij mij mag er overlegd worden, bij de ander "
        "is het stil. De groep zegt: van de juf mag dit wel.",
        tried="Een lijstje met regels in het schrift gezet. Daar kwam geen antwoord op.",
        question="Hoe kan ik met mijn duo-collega afspraken maken zonder dat het over gelijk krijgen gaat?",
        choices=(
            ("tom", "Ik wil het hebben over twee gezichten voor één groep."),
            ("lieke", "Ik wil het hebben over schoolreis en wie het regelt."),
        ),
        questions=(
            ("lieke", "Wat bewonder je in hoe je collega het doet?"),
            ("samir", "Welke ene afspraak zou het meeste schelen?"),
        ),
        themes=(("esra", "Jullie schrijven elkaar, maar jullie spreken elkaar niet."),),
        hypotheses=(
            (
                "esra",
                "Ik vermoed dat je het gesprek uitstelt omdat je maar twee dagen hebt en het leuk wilt houden.",
            ),
            ("lieke", "Ik vermoed dat je collega hetzelfde denkt."),
        ),
        tips=(
            ("samir", "Ik zou samen één les geven en daarna pas praten."),
            ("lieke", "Ik zou beginnen met wat ik van de ander wil overnemen."),
            ("noor", "Ik zou het de groep vragen: wat helpt jullie om te werken?"),
            ("esra", "Ik zou om een half uur ruiltijd vragen bij de directie."),
        ),
        marks="npkk",
        plans=(
            Plan(
                who="tom",
                intention="Ik vraag mijn duo-collega om een half uur, en begin met twee dingen die ik van haar "
                "wil overnemen.",
                where="woensdag, aan het eind van de ochtend",
                works_when="we samen één afspraak op het bord zetten",
                buddy="samir",
                results=(
                    (
                        "let_go",
                        "We werken sinds deze maand niet meer samen. Het gesprek was niet meer nodig.",
                    ),
                ),
            ),
        ),
        learned=(
            ("tom", "Ik neem mee dat een schrift geen gesprek is."),
            ("noor", "Ik neem mee dat ik begin met wat ik bij de ander goed vind."),
        ),
    ),
    Story(
        presenter="samir",
        facilitator="esra",
        timekeeper="lieke",
        situation="Ik kijk elke avond alles na. De volgende dag kijkt bijna niemand naar mijn rode streepjes. "
        "Ik wil niet minder zorgvuldig zijn, maar dit houd ik niet vol.",
        tried="Een week niets nagekeken. Toen wist ik niet meer waar iedereen stond.",
        question="Hoe kan ik feedback geven waar leerlingen iets mee doen, en om zes uur stoppen?",
        choices=(
            ("samir", "Ik wil het hebben over nakijken tot half elf."),
            ("noor", "Ik wil het hebben over vergaderen zonder besluiten."),
            ("esra", "Ik wil het hebben over de start van het jaar."),
        ),
        questions=(
            ("noor", "Voor wie kijk je na?"),
            ("tom", "Wanneer zag je dat een leerling iets deed met jouw feedback?"),
            ("lieke", "Wat weet je na het nakijken dat je in de les nog niet wist?"),
        ),
        themes=(("esra", "De feedback komt als het werk al voorbij is."),),
        hypotheses=(
            ("noor", "Ik vermoed dat nakijken jou het gevoel geeft dat je je werk goed hebt gedaan."),
            ("lieke", "Ik vermoed dat feedback tijdens de les meer doet, omdat het werk dan nog warm is."),
        ),
        hypothesis="Ik kijk na om zelf gerust te zijn, terwijl de leerlingen meer hebben aan een vraag in de les.",
        tips=(
            ("lieke", "Ik zou elke les bij vijf leerlingen langslopen met één vraag."),
            ("tom", "Ik zou de laatste vijf minuten samen nakijken."),
            ("noor", "Ik zou een wekker zetten om zes uur en dan echt gaan."),
            ("esra", "Ik zou met de groep afspreken waar ik deze week op let."),
        ),
        marks="ppkn",
        plans=(
            Plan(
                who="samir",
                intention="Ik geef elke rekenles aan vijf leerlingen feedback tijdens het werk, en neem geen "
                "rekenschriften meer mee naar huis.",
                where="rekenles, mijn eigen groep",
                works_when="ik op vrijdag iedereen een keer gesproken heb",
                if_then="Als ik om zes uur nog zit, dan pak ik mijn tas en kijk ik morgen verder.",
                buddy="tom",
                results=(
                    (
                        "tried",
                        "Vijf is te veel op een drukke dag. Drie lukt wel, en dat merk ik aan het werk.",
                    ),
                    ("adjusted", "Nu drie leerlingen per les, met een lijstje zodat ik niemand oversla."),
                ),
            ),
            Plan(
                who="tom",
                intention="Ik laat de groep de laatste vijf minuten zelf nakijken met een andere kleur.",
                results=(("done", "Het werkt, ook op de dagen dat ik er niet ben."),),
            ),
        ),
        learned=(
            ("samir", "Ik neem mee dat zorgvuldig niet hetzelfde is als laat."),
            ("esra", "Ik neem mee dat ik ook voor mezelf nakijk."),
        ),
    ),
    Story(
        presenter="noor",
        facilitator="tom",
        timekeeper="lieke",
        absent=("esra",),
        situation="Ik zit de bouwvergadering voor. We praten een uur, het is gezellig, en aan het eind weet "
        "niemand wat we hebben afgesproken. Ik schrijf dan thuis maar een verslag.",
        tried="Een agenda met tijden gemaakt. Bij het eerste punt liepen we al uit.",
        question="Hoe kan ik de bouwvergadering zo leiden dat we besluiten nemen en het warm blijft?",
        about_change="de nieuwe indeling van de bouwen",
        choices=(
            ("noor", "Ik wil het hebben over vergaderen zonder besluiten."),
            ("samir", "Ik wil het hebben over de groep na de middagpauze."),
            ("lieke", "Ik wil het hebben over de zij-instromer die ik begeleid."),
        ),
        questions=(
            ("samir", "Wat zeg jij op het moment dat het uitloopt?"),
            ("lieke", "Welke besluiten wil je eigenlijk van ons?"),
            ("tom", "Wanneer heb jij een vergadering goed voorgezeten?"),
        ),
        themes=(("lieke", "Informeren, meedenken en besluiten lopen bij ons door elkaar."),),
        hypotheses=(
            ("lieke", "Ik vermoed dat je ons niet afkapt omdat je ook gewoon collega wilt zijn."),
            ("samir", "Ik vermoed dat wij blijven praten omdat niet duidelijk is wat je van ons wilt."),
        ),
        tips=(
            ("samir", "Ik zou achter elk punt zetten: weten, denken of besluiten."),
            ("lieke", "Ik zou de laatste tien minuten alleen afspraken opschrijven, op het bord."),
            ("tom", "Ik zou elke keer iemand anders de tijd laten bewaken."),
        ),
        marks="ppk",
        plans=(
            Plan(
                who="noor",
                intention="Ik zet achter elk agendapunt weten, denken of besluiten, en houd de laatste tien "
                "minuten vrij voor de afspraken.",
                where="de bouwvergadering van donderdag",
                works_when="we naar huis gaan met een foto van het bord in plaats van een verslag",
                if_then="Als een punt uitloopt, dan vraag ik: wat hebben we nodig om te besluiten?",
                buddy="samir",
                results=(
                    (
                        "tried",
                        "Eén keer gedaan. De foto was er, maar over het laatste punt zijn we heen gerend.",
                    ),
                ),
            ),
            Plan(
                who="lieke",
                intention="Ik vraag bij elk punt hardop wat er van mij gevraagd wordt.",
                results=(("done", "Het gaf opluchting. Anderen doen het nu ook."),),
                becomes_success=True,
            ),
        ),
        learned=(
            ("noor", "Ik neem mee dat duidelijk zijn ook aardig is."),
            ("samir", "Ik neem mee dat ik zelf vaak over het volgende punt begin."),
            ("tom", "Ik neem mee dat ik best eens de tijd kan bewaken."),
        ),
    ),
    Story(
        presenter="lieke",
        facilitator="noor",
        timekeeper="esra",
        situation="Ik begeleid een zij-instromer in groep 6. Als het onrustig wordt, sta ik binnen een minuut "
        "voor de groep. Daarna is het stil, maar het is dan wel míjn stilte.",
        tried="Achterin gaan zitten met mijn handen onder mijn benen. Na vijf minuten stond ik er toch.",
        question="Hoe kan ik de zij-instromer laten oefenen zonder dat ik het overneem?",
        choices=(
            ("lieke", "Ik wil het hebben over loslaten bij iemand die het nog leert."),
            ("samir", "Ik wil het hebben over de groep na de middagpauze."),
            ("esra", "Ik wil het hebben over de gesprekken die eraan komen."),
            ("tom", "Ik wil het hebben over twee dagen en drie verschillende roosters."),
        ),
        questions=(
            ("samir", "Wat is het eerste dat je ziet of hoort voordat je opstaat?"),
            ("samir", "Wat heeft jou geholpen toen jij begon?"),
            ("esra", "Wat spreken jullie af voordat de les begint?"),
            ("esra", "Wat kost het jou om te blijven zitten?"),
            ("tom", "Wanneer ging het goed, en waar zat jij toen?"),
            ("noor", "Wat zegt de zij-instromer zelf over jouw plek in het lokaal?"),
        ),
        themes=(
            ("noor", "De afspraak vooraf gaat over de les en niet over wat jij doet."),
            ("esra", "Jij voelt je verantwoordelijk voor de groep én voor de collega."),
            ("tom", "Het wordt pas rommelig bij de wisseling van het ene naar het andere werk."),
        ),
        hypotheses=(
            ("samir", "Ik vermoed dat je opstaat omdat je de onrust voelt als iets dat over jou gaat."),
            (
                "esra",
                "Ik vermoed dat de zij-instromer wacht tot jij het doet, omdat dat tot nu toe altijd gebeurde.",
            ),
            ("tom", "Ik vermoed dat je haast hebt, omdat er over vier weken al een beoordeling is."),
            ("noor", "Ik vermoed dat jullie nooit hebben afgesproken wanneer jij mag ingrijpen."),
        ),
        hypothesis="Ik grijp in omdat we nooit hebben afgesproken wanneer dat mag, en de groep wacht daarop.",
        tips=(
            ("samir", "Ik zou vooraf samen een teken afspreken waarmee de ander mij om hulp vraagt."),
            ("samir", "Ik zou een keer in het lokaal hiernaast gaan zitten, met de deur open."),
            ("esra", "Ik zou na de les eerst vijf minuten alleen vragen stellen en geen tips geven."),
            ("esra", "Ik zou opschrijven wat ik zie, in plaats van het op te lossen."),
            ("tom", "Ik zou samen alleen de wisseling oefenen, drie keer achter elkaar."),
            ("tom", "Ik zou de ander laten kiezen waar ik naar kijk."),
            ("noor", "Ik zou tegen de groep zeggen: vandaag is dit jullie leerkracht, ik kijk mee."),
        ),
        marks="pnpkppk",
        plans=(
            Plan(
                who="lieke",
                intention="Ik spreek vóór de les met de zij-instromer een teken af en blijf zitten tot ik dat zie.",
                where="de lessen van dinsdag en vrijdag in groep 6",
                works_when="ik twee lessen achter elkaar niet ben opgestaan",
                if_then="Als het onrustig wordt, dan schrijf ik op wat ik zie en kijk ik naar het teken.",
                buddy="noor",
            ),
            Plan(
                who="esra",
                intention="Ik oefen met mijn stagiair één week lang alleen de wisselingen tussen twee lessen.",
                works_when="de wisseling binnen twee minuten klaar is",
            ),
            Plan(
                who="tom",
                intention="Ik vraag bij de nieuwe collega waar ik naar mag kijken voordat ik iets zeg.",
                for_the_group=False,
            ),
        ),
        learned=(
            ("lieke", "Ik neem mee dat blijven zitten ook begeleiden is."),
            ("samir", "Ik neem mee dat een afspraak vooraf meer doet dan een tip achteraf."),
            ("esra", "Ik neem mee dat ik mijn stagiair ook te snel help."),
            ("tom", "Ik neem mee dat de meeste onrust in de overgangen zit."),
            ("noor", "Ik neem mee dat één open vraag de hele groep stil kan maken."),
        ),
    ),
)

PREPARED_SITUATION = (
    "Na de middagpauze komt mijn groep binnen als een zwerm spreeuwen. Er is ruzie over het voetbal, jassen "
    "liggen op de grond en ik sta tien minuten te sussen. De les daarna is nooit meer wat ik had bedacht."
)
PREPARED_TRIED = (
    "Strenger zijn bij de deur: dan gaat de ruzie binnen verder. Een kwartier stillezen: dat werkt twee dagen. "
    "Met de overblijf gepraat, maar die wisselt elke week."
)
PREPARED_QUESTION = "Hoe kan ik na de middagpauze rustig beginnen, zonder eerst tien minuten te sussen?"
