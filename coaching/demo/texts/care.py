"""IB'ers: three care coordinators of two schools."""

from ..story import Plan, Story

CARE = (
    Story(
        presenter="daan",
        facilitator="mirjam",
        timekeeper="lotte",
        situation="Elk zorgoverleg loopt uit. We beginnen met het dossier en pas in de laatste tien minuten "
        "gaat het over wat de leerkracht morgen kan doen.",
        tried="Vooraf om een samenvatting gevraagd. Die werd twee bladzijden.",
        question="Hoe kan ik een zorgoverleg leiden dat na drie kwartier iets oplevert voor morgen?",
        choices=(
            ("daan", "Ik wil het hebben over overleg dat uitloopt."),
            ("lotte", "Ik wil het hebben over problemen die bij mij op tafel komen."),
        ),
        questions=(
            ("mirjam", "Welke vraag stel je als eerste?"),
            ("lotte", "Wie aan tafel heeft het meeste haast?"),
        ),
        themes=(("lotte", "Het verleden krijgt veertig minuten en morgen vijf."),),
        hypotheses=(
            ("mirjam", "Ik vermoed dat jullie bij het dossier beginnen omdat dat veilig is."),
            ("lotte", "Ik vermoed dat de leerkracht eerst gehoord wil worden."),
        ),
        tips=(
            ("lotte", "Ik zou openen met: wat wil je over drie kwartier weten?"),
            ("mirjam", "Ik zou het dossier als gelezen beschouwen."),
        ),
        marks="pk",
        plans=(
            Plan(
                who="daan",
                intention="Ik open elk zorgoverleg met de vraag: wat wil je over drie kwartier weten?",
                works_when="er op het bord één stap voor morgen staat",
                buddy="mirjam",
                results=(
                    ("done", "Drie van de vier keer op tijd klaar, met een stap voor de volgende dag."),
                ),
                becomes_success=True,
            ),
        ),
        learned=(
            ("daan", "Ik neem mee dat de eerste vraag het hele overleg stuurt."),
            ("lotte", "Ik neem mee dat ik het dossier ook als houvast gebruik."),
        ),
    ),
    Story(
        presenter="lotte",
        facilitator="daan",
        timekeeper="mirjam",
        situation="Een leerkracht loopt elke week binnen met een probleem en gaat opgelucht weg. Het probleem "
        "ligt daarna op mijn bureau.",
        tried="Een stappenplan meegegeven. Dat lag de week erna weer bij mij.",
        question="Hoe kan ik een collega steunen zonder haar probleem over te nemen?",
        choices=(
            ("lotte", "Ik wil het hebben over problemen die bij mij blijven liggen."),
            ("mirjam", "Ik wil het hebben over een gesprek met veel mensen aan tafel."),
        ),
        questions=(
            ("daan", "Wat zeg je als ze binnenkomt?"),
            ("mirjam", "Wat zou er gebeuren als jij een week ziek was?"),
        ),
        themes=(("daan", "Jij pakt een pen zodra er een probleem binnenkomt."),),
        hypotheses=(
            ("mirjam", "Ik vermoed dat je het oplost omdat dat sneller is dan blijven luisteren."),
            ("daan", "Ik vermoed dat zij vooral even stoom wil afblazen."),
        ),
        tips=(
            ("daan", "Ik zou vragen: wil je dat ik luister, of dat ik meedenk?"),
            ("mirjam", "Ik zou mijn pen laten liggen."),
            ("daan", "Ik zou eindigen met: wat ga jij als eerste doen?"),
        ),
        marks="pkp",
        plans=(
            Plan(
                who="lotte",
                intention="Ik vraag eerst: wil je dat ik luister of dat ik meedenk? En ik laat mijn pen liggen.",
                works_when="zij met een eigen eerste stap de deur uitgaat",
                buddy="daan",
                results=(("tried", "Ze koos luisteren. Na tien minuten wist ze het zelf."),),
            ),
        ),
        learned=(
            ("lotte", "Ik neem mee dat mijn pen een probleem is."),
            ("mirjam", "Ik neem mee dat steunen soms alleen stilzitten is."),
        ),
    ),
    Story(
        presenter="mirjam",
        facilitator="lotte",
        timekeeper="daan",
        situation="In grote overleggen zitten vijf deskundigen en één leerkracht. De deskundigen praten, de "
        "leerkracht knikt. Na afloop zegt ze tegen mij op de gang wat er echt speelt.",
        tried="Haar vooraf gebeld en gezegd dat ze alles mag zeggen. Aan tafel knikte ze weer.",
        question="Hoe kan ik een overleg zo leiden dat de leerkracht haar eigen verhaal vertelt?",
        choices=(
            ("mirjam", "Ik wil het hebben over een tafel vol deskundigen."),
            ("daan", "Ik wil het hebben over verslagen die niemand leest."),
        ),
        questions=(
            ("daan", "Wie spreekt er als eerste, en wie bepaalt dat?"),
            ("daan", "Waar zit de leerkracht aan tafel?"),
            ("lotte", "Wat zegt ze op de gang dat ze binnen niet zegt?"),
            ("lotte", "Wat doe jij als er een stilte valt?"),
        ),
        themes=(
            ("lotte", "De volgorde aan tafel is steeds dezelfde en komt van buiten."),
            ("daan", "Jij vult de stiltes, omdat je voorzitter bent."),
        ),
        hypotheses=(
            ("daan", "Ik vermoed dat ze knikt omdat de anderen woorden gebruiken die zij niet gebruikt."),
            ("lotte", "Ik vermoed dat jij haar wilt beschermen, en daarom voor haar praat."),
            ("lotte", "Ik vermoed dat niemand aan tafel weet dat ze iets anders denkt."),
        ),
        hypothesis="Ik praat voor haar omdat ik haar wil beschermen, en zo blijft haar stoel stil.",
        tips=(
            ("daan", "Ik zou de leerkracht laten beginnen, met vijf minuten zonder vragen."),
            ("daan", "Ik zou vooraf samen drie zinnen opschrijven die zij zeker wil zeggen."),
            ("lotte", "Ik zou naast haar gaan zitten en niet aan het hoofd van de tafel."),
            ("lotte", "Ik zou bij een moeilijk woord vragen: wat zien we dan in de groep?"),
        ),
        marks="ppkp",
        plans=(
            Plan(
                who="mirjam",
                intention="Ik laat de leerkracht het overleg openen met haar eigen drie zinnen, en praat de eerste "
                "vijf minuten niet.",
                where="het overleg van over twee weken",
                works_when="niemand na afloop nog iets op de gang hoeft te zeggen",
                if_then="Als er een stilte valt, dan tel ik tot tien.",
                buddy="lotte",
            ),
            Plan(who="daan", intention="Ik maak van mijn verslagen één half blad met drie afspraken."),
        ),
        learned=(
            ("mirjam", "Ik neem mee dat beschermen ook in de weg kan zitten."),
            ("daan", "Ik neem mee dat de volgorde van spreken alles bepaalt."),
            ("lotte", "Ik neem mee dat ik vaker een moeilijk woord ga navragen."),
        ),
    ),
)
