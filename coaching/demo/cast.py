"""Who is who in the demo: schools and people as data."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schools.models import Function, Role

BOARD = "Stichting Kustscholen"
DOMAINS = {"zandplaat": "zandplaat.example", "duin": "duin.example", "vaart": "vaart.example"}


@dataclass(frozen=True, kw_only=True)
class SchoolText:
    key: str
    name: str
    brin: str
    place: str
    sector: str
    region: str
    in_board: bool
    confidant: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """``log_in``: what stands on the log-in page as this person's role; empty: not listed there."""

    key: str
    name: str
    school: str = ""
    roles: tuple[Role, ...] = (Role.TEACHER,)
    function: Function = Function.TEACHER
    fte: str = "1"
    work_days: str = "12345"
    log_in: str | Promise = ""
    address: str = ""

    @property
    def email(self) -> str:
        return self.address or f"{self.key}@{DOMAINS[self.school]}"


SCHOOLS = (
    SchoolText(
        key="zandplaat",
        name="De Zandplaat",
        brin="12AB",
        place="Zandvoort",
        sector="po",
        region="noord",
        in_board=True,
        confidant="Joke Prins, vertrouwenspersoon van de stichting",
    ),
    SchoolText(
        key="duin",
        name="Het Duin",
        brin="13CD",
        place="Bloemendaal",
        sector="po",
        region="noord",
        in_board=True,
        confidant="Joke Prins, vertrouwenspersoon van de stichting",
    ),
    SchoolText(
        key="vaart",
        name="De Vaart",
        brin="21EF",
        place="Assen",
        sector="vo",
        region="noord",
        in_board=False,
        confidant="",
    ),
)

ZANDPLAAT = (
    Person(
        key="noor", name="Noor de Wit", school="zandplaat", log_in=_("teacher, in Bovenbouw; can guide now")
    ),
    Person(
        key="samir",
        name="Samir Haddou",
        school="zandplaat",
        log_in=_("teacher, in Bovenbouw; has prepared a case"),
    ),
    Person(
        key="tom",
        name="Tom Veenstra",
        school="zandplaat",
        fte="0.4",
        work_days="24",
        log_in=_("teacher of two days; has yet to agree with his group"),
    ),
    Person(
        key="lieke",
        name="Lieke Jansen",
        school="zandplaat",
        fte="0.8",
        log_in=_("teacher, with a fresh action plan"),
    ),
    Person(key="esra", name="Esra Kaya", school="zandplaat", fte="0.6", log_in=_("teacher, in Bovenbouw")),
    Person(
        key="ilse",
        name="Ilse Bakker",
        school="zandplaat",
        log_in=_("teacher, waiting to be welcomed in Bovenbouw"),
    ),
    Person(key="petra", name="Petra de Boer", school="zandplaat", fte="0.8"),
    Person(key="joris", name="Joris Mulder", school="zandplaat", fte="0.8"),
    Person(key="fatima", name="Fatima El Amrani", school="zandplaat"),
    Person(
        key="anneke",
        name="Anneke Visser",
        school="zandplaat",
        function=Function.ASSISTANT,
        fte="0.7",
        log_in=_("teaching assistant, in Onderbouw"),
    ),
    Person(
        key="wil",
        name="Wil Kuiper",
        school="zandplaat",
        function=Function.ADMINISTRATOR,
        fte="0.5",
        log_in=_("administrator, in Onderbouw"),
    ),
    Person(
        key="mirjam",
        name="Mirjam Hoek",
        school="zandplaat",
        function=Function.CARE_COORDINATOR,
        fte="0.6",
        log_in=_("care coordinator, in the group of IB’ers"),
    ),
    Person(
        key="lotte", name="Lotte Smeets", school="zandplaat", function=Function.CARE_COORDINATOR, fte="0.4"
    ),
    Person(
        key="karin",
        name="Karin Bos",
        school="zandplaat",
        roles=(Role.TEACHER, Role.COORDINATOR),
        fte="0.9",
        log_in=_("coordinator, also a teacher"),
    ),
    Person(
        key="hanneke",
        name="Hanneke Smit",
        school="zandplaat",
        roles=(Role.DIRECTOR,),
        function=Function.DIRECTOR,
        log_in=_("director of De Zandplaat"),
    ),
    Person(
        key="olaf",
        name="Olaf Berg",
        school="zandplaat",
        roles=(Role.CONSULTANT,),
        function=Function.EXTERNAL,
        log_in=_("external consultant"),
        address="olaf@bergadvies.example",
    ),
)

ELSEWHERE = (
    Person(
        key="daan",
        name="Daan Vos",
        school="duin",
        function=Function.CARE_COORDINATOR,
        fte="0.6",
        log_in=_("care coordinator of Het Duin, in the group of IB’ers"),
    ),
    Person(
        key="inge",
        name="Inge Postma",
        school="duin",
        roles=(Role.TEACHER, Role.COORDINATOR),
        fte="0.8",
        log_in=_("coordinator of Het Duin, where the PMR has not agreed yet"),
    ),
    Person(key="bas", name="Bas Willems", school="duin"),
    Person(key="kees", name="Kees Blom", school="duin", fte="0.5"),
    Person(key="nadia", name="Nadia Aziz", school="duin", fte="0.8"),
    Person(
        key="roos",
        name="Roos Dekker",
        school="duin",
        roles=(Role.DIRECTOR,),
        function=Function.DIRECTOR,
    ),
    Person(key="vera", name="Vera Kuipers", school="vaart", log_in=_("teacher at another school, De Vaart")),
    Person(
        key="jolanda", name="Jolanda Schut", school="vaart", roles=(Role.TEACHER, Role.COORDINATOR), fte="0.8"
    ),
    Person(
        key="rob",
        name="Rob Meijer",
        school="vaart",
        roles=(Role.DIRECTOR,),
        function=Function.DIRECTOR,
        log_in=_("director of De Vaart, just starting"),
    ),
    Person(
        key="bram",
        name="Bram van Dijk",
        roles=(),
        log_in=_("director of the board"),
        address="bram@kustscholen.example",
    ),
)

PEOPLE = (*ZANDPLAAT, *ELSEWHERE)
