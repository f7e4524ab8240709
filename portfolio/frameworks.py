"""The frameworks of competences that come with the product, each title and description in our own words.

Sources of the names and their division: SBL-7 (besluit bekwaamheidseisen 2006), bekwaamheidseisen 2017 (Stb. 2017,
148), the professional profiles of school leaders in primary education (2020) and of internal supervisors (2022).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from schools.models import Sector

from .competences import Competence, Framework

Words = tuple[str, str, str, str]  # title and description in Dutch, the same in English


@dataclass(frozen=True)
class Shipped:
    key: str
    version: str
    title: tuple[str, str]
    about: tuple[str, str]
    items: tuple[Words, ...]
    usual_in: str = ""


SUBJECT: Words = (
    "Vakinhoudelijk bekwaam",
    "Je kent je vak en weet wat kinderen of leerlingen ervan moeten kunnen en kennen.",
    "Knowledge of the subject",
    "You know your subject and what pupils have to know and be able to do.",
)
TEACHING: Words = (
    "Vakdidactisch bekwaam",
    "Je maakt de stof leerbaar: je kiest doelen en aanpak, geeft uitleg en volgt wat het oplevert.",
    "Teaching the subject",
    "You make the subject learnable: you choose goals and ways, explain, and follow what comes of it.",
)
CLIMATE: Words = (
    "Pedagogisch bekwaam",
    "Je zorgt voor een veilige groep waarin iedereen zich kan ontwikkelen.",
    "Guiding young people",
    "You make a safe group in which everybody can develop.",
)
FRAMEWORKS = (
    Shipped(
        "sbl-7",
        "2006",
        ("SBL, zeven competenties", "SBL, seven competences"),
        (
            "Voor leraren; veel formulieren op scholen gebruiken ze nog.",
            "For teachers; many forms still use them.",
        ),
        (
            (
                "Interpersoonlijk",
                "Je legt goed contact en geeft leiding op een manier die vertrouwen wekt.",
                "Contact and leadership",
                "You make good contact and lead in a way that gives trust.",
            ),
            (
                "Pedagogisch",
                "Je biedt een veilige plek om te groeien in gedrag en zelfstandigheid.",
                "Guidance",
                "You offer a safe place to grow in behaviour and independence.",
            ),
            (
                "Vakinhoudelijk en didactisch",
                "Je kent je vak en maakt lessen waarvan leerlingen echt leren.",
                "Subject and teaching",
                "You know your subject and make lessons from which pupils really learn.",
            ),
            (
                "Organisatorisch",
                "Je zorgt voor een overzichtelijke, ordelijke en taakgerichte werkplek.",
                "Organisation",
                "You make a clear and orderly place to work.",
            ),
            (
                "Samenwerken met collega’s",
                "Je draagt bij aan het team, geeft hulp en vraagt die ook.",
                "Working with colleagues",
                "You add to the team, give help and ask for it.",
            ),
            (
                "Samenwerken met de omgeving",
                "Je houdt goed contact met ouders en met wie er verder om de leerling heen staat.",
                "Working with parents and others",
                "You keep good contact with parents and with others around the pupil.",
            ),
            (
                "Reflectie en ontwikkeling",
                "Je kijkt terug op je werk en blijft leren.",
                "Reflection and development",
                "You look back on your work and keep learning.",
            ),
        ),
    ),
    Shipped(
        "bekwaamheidseisen-po",
        "2017",
        ("Bekwaamheidseisen po", "Requirements for teachers, primary"),
        (
            "Drie bekwaamheden voor de leraar in het primair onderwijs.",
            "Three for teachers in primary schools.",
        ),
        (SUBJECT, TEACHING, CLIMATE),
        usual_in=Sector.PO,
    ),
    Shipped(
        "bekwaamheidseisen-vo",
        "2017",
        ("Bekwaamheidseisen vo", "Requirements for teachers, secondary"),
        (
            "Drie bekwaamheden voor de leraar in het vo en mbo.",
            "Three for teachers in secondary and vocational.",
        ),
        (SUBJECT, TEACHING, CLIMATE),
        usual_in=Sector.VO,
    ),
    Shipped(
        "schoolleider-po",
        "2020",
        ("Schoolleider po", "School leader, primary"),
        (
            "Waar een schoolleider in het primair onderwijs aan werkt.",
            "What a school leader in primary works on.",
        ),
        (
            (
                "Visie en richting",
                "Je maakt met het team een gedeelde visie en vertaalt die in haalbare doelen.",
                "Vision and direction",
                "You make a shared vision with the team and turn it into goals within reach.",
            ),
            (
                "Mensen laten groeien",
                "Je ziet wat collega’s kunnen, zet dat in en helpt ze verder.",
                "Letting people grow",
                "You see what colleagues can do, use it and help them on.",
            ),
            (
                "Professionele cultuur",
                "Je zorgt voor vertrouwen, tijd en middelen, zodat goed onderwijs kan ontstaan.",
                "Professional culture",
                "You see to trust, time and means, so that good teaching can come about.",
            ),
            (
                "Relatie met de omgeving",
                "Je werkt samen met ouders, bestuur, buurt en partners.",
                "Relations around the school",
                "You work together with parents, board, neighbourhood and partners.",
            ),
        ),
    ),
    Shipped(
        "intern-begeleider",
        "2022",
        ("Intern begeleider", "Internal supervisor (IB)"),
        (
            "Waar een IB’er sterk in is of wil worden.",
            "What an internal supervisor is or wants to be strong in.",
        ),
        (
            (
                "Professionaliteit",
                "Je kent je rol en je grenzen, handelt zorgvuldig en blijft leren.",
                "Professionalism",
                "You know your role and limits, act with care and keep learning.",
            ),
            (
                "Samenwerken en communiceren",
                "Je brengt mensen bij elkaar, luistert en voert ook de lastige gesprekken.",
                "Working together and communicating",
                "You bring people together, listen, and have the difficult talks too.",
            ),
            (
                "Onderzoekend werken",
                "Je stelt vragen, verzamelt gegevens en trekt er met het team conclusies uit.",
                "Working by enquiry",
                "You ask questions, gather data and draw conclusions with the team.",
            ),
            (
                "Leiden en vernieuwen",
                "Je krijgt anderen mee in verbeteringen en houdt ze vol.",
                "Leading and renewing",
                "You win others for improvements and keep them going.",
            ),
        ),
    ),
    Shipped(
        "ondersteuning",
        "1",
        ("Onderwijsondersteuning", "Support staff"),
        (
            "Een korte lijst voor wie het onderwijs mogelijk maakt.",
            "A short list for those who make teaching possible.",
        ),
        (
            (
                "Structuur aanbrengen",
                "Je brengt orde in werk, afspraken en gegevens.",
                "Bringing structure",
                "You bring order to work, agreements and data.",
            ),
            (
                "Plannen",
                "Je ziet aankomen wat er moet gebeuren en regelt het op tijd.",
                "Planning",
                "You see what has to be done and arrange it in time.",
            ),
            (
                "Leerlingen bijstaan",
                "Je ziet wat een leerling nodig heeft en biedt rust en hulp.",
                "Standing by pupils",
                "You see what a pupil needs and offer calm and help.",
            ),
            (
                "Contact met buiten",
                "Je staat ouders, bezoekers en organisaties vriendelijk en duidelijk te woord.",
                "Contact with others",
                "You are friendly and clear to parents, visitors and organisations.",
            ),
            (
                "Samenwerken",
                "Je stemt af met leraren en collega’s en springt bij waar het kan.",
                "Working together",
                "You tune in with teachers and colleagues and help out where you can.",
            ),
        ),
    ),
)


def seed_frameworks() -> int:
    """By key and version, as often as you like; texts may be mended, a new version is a new row."""
    with transaction.atomic():
        for shipped in FRAMEWORKS:
            seed_framework(shipped)
    return len(FRAMEWORKS)


def seed_framework(shipped: Shipped) -> Framework:
    texts = {"title_nl": shipped.title[0], "title_en": shipped.title[1]}
    texts |= {"about_nl": shipped.about[0], "about_en": shipped.about[1], "usual_in": shipped.usual_in}
    framework, _new = Framework.objects.update_or_create(
        key=shipped.key, version=shipped.version, school=None, defaults=texts
    )
    for order, (title_nl, about_nl, title_en, about_en) in enumerate(shipped.items, start=1):
        columns = {"title_nl": title_nl, "about_nl": about_nl, "title_en": title_en, "about_en": about_en}
        Competence.objects.update_or_create(
            framework=framework, key=str(order), defaults={**columns, "order": order}
        )
    return framework
