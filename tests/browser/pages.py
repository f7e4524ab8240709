"""Who opens which page of the demo, under which name its picture is kept."""

from __future__ import annotations

from .conftest import Site

MEETING = (
    "select m.id from popgroups_meeting m join popgroups_popgroup g on g.id = m.group_id "
    "where g.name = 'Bovenbouw' and m.state = 'planned' order by m.starts_at limit 1"
)


def pages_of_the_walk(site: Site) -> list[tuple[str, str, str]]:
    """Who opens which page under which name."""
    meeting = site.rows(MEETING)[0][0]
    group, school = site.rows("select group_id, 1 from popgroups_meeting where id = ?", meeting)[0]
    noor = "select id from schools_user where email like 'noor@%'"
    plan = site.rows(f"select id from portfolio_actionplan where owner_id = ({noor}) limit 1")[0][0]
    closed = site.rows(
        f"select s.id from intervision_session s join intervision_sessionparticipant p on p.session_id = s.id "
        f"where s.state = 'closed' and s.erased_at is null and p.person_id = ({noor}) limit 1"
    )[0][0]
    presented, presenter = site.rows(
        "select s.id, substr(u.email, 1, instr(u.email, '@') - 1) from intervision_session s "
        "join intervision_sessionparticipant p on p.id = s.presenter_id join schools_user u on u.id = p.person_id "
        "where s.state = 'closed' and s.erased_at is null order by s.id desc limit 1"
    )[0]
    school = site.rows("select id from schools_school where name = 'De Zandplaat'")[0][0]
    return [
        *pages_of_the_year(site, school),
        ("", "/inloggen/", "inloggen"),
        ("", "/inloggen/code/", "inloggen-code"),
        ("", "/wie-ziet-wat/", "wie-ziet-wat"),
        ("", "/postvak/", "postvak"),
        ("noor", "/", "vandaag-leraar"),
        ("karin", "/", "vandaag-coordinator"),
        ("hanneke", "/", "vandaag-directeur"),
        ("noor", "/groepen/", "mijn-groepen"),
        ("noor", f"/groepen/{group}/", "groep"),
        ("noor", f"/bijeenkomst/{meeting}/", "bijeenkomst"),
        ("noor", f"/bijeenkomst/{meeting}/casus/", "casus"),
        ("noor", f"/bijeenkomst/{meeting}/sessie/", "sessie-openen"),
        ("noor", f"/sessie/{closed}/", "na-afloop"),
        ("noor", f"/sessie/{closed}/stap/6/", "eerdere-stap"),
        (presenter, f"/sessie/{presented}/actieplan/", "laat-actieplan"),
        ("noor", "/portfolio/", "portfolio"),
        ("noor", f"/actieplan/{plan}/", "pap"),
        ("noor", "/pagina-die-er-niet-is/", "niet-gevonden"),
        ("karin", f"/scholen/{school}/groepen/", "groepen"),
        ("karin", f"/scholen/{school}/collegas/", "collegas"),
    ]


def pages_of_the_survey(school: int) -> list[tuple[str, str, str]]:
    return [
        ("noor", f"/scholen/{school}/opbrengst/", "opbrengst"),
        ("karin", f"/scholen/{school}/opbrengst/plannen/", "vragenlijst-plannen"),
        ("bram", "/bestuur/opbrengst/", "opbrengst-bestuur"),
        ("", "/vragenlijst/geen-link/", "vragenlijst-voorbij"),
        ("", "/vragenlijst/bedankt/", "vragenlijst-bedankt"),
    ]


def pages_of_the_switchboard(school: int) -> list[tuple[str, str, str]]:
    return [
        ("petra", f"/scholen/{school}/instemming/", "instemming"),
        ("tom", f"/scholen/{school}/afspraak/", "schoolafspraak"),
        ("karin", f"/scholen/{school}/afspraak/voorstel/", "schoolafspraak-voorstel"),
        ("noor", f"/scholen/{school}/dossier/", "dossier"),
        ("karin", f"/scholen/{school}/dossier/invullen/", "dossier-invullen"),
    ]


def pages_of_the_overview(site: Site, school: int) -> list[tuple[str, str, str]]:
    duin, board = site.rows("select id, board_id from schools_school where name = 'Het Duin'")[0]
    return [
        ("hanneke", f"/scholen/{school}/overzicht/", "overzicht"),
        ("bram", f"/besturen/{board}/overzicht/", "overzicht-bestuur"),
        ("bram", "/", "vandaag-bestuur"),
        ("roos", f"/scholen/{duin}/overzicht/", "overzicht-uit"),
        ("hanneke", "/wat-zie-ik-niet/", "wat-zie-ik-niet"),
    ]


def pages_of_the_year(site: Site, school: int) -> list[tuple[str, str, str]]:
    concept = site.rows("select id from popgroups_meeting where state = 'concept' limit 1")[0][0]
    return [
        *pages_of_the_overview(site, school),
        *pages_of_the_survey(school),
        *pages_of_the_switchboard(school),
        ("karin", f"/scholen/{school}/jaarplanning/", "jaarplanning"),
        ("karin", f"/scholen/{school}/jaarplanning/reeks/", "reeks"),
        ("karin", f"/scholen/{school}/jaarplanning/publiceren/", "publiceren"),
        ("karin", f"/scholen/{school}/kalender/", "schoolkalender"),
        ("karin", f"/bijeenkomst/{concept}/wijzigen/", "verzetten"),
        ("karin", f"/scholen/{school}/kalender/lestijden/", "lestijden"),
        *pages_of_hours(school),
        *pages_of_talents(site, school),
        *pages_of_the_pop(site),
        *pages_of_talks(site),
        *pages_of_the_gop(site),
        *pages_of_maps(site, school),
        *pages_of_the_introduction(site, school),
    ]


def pages_of_maps(site: Site, school: int) -> list[tuple[str, str, str]]:
    made = site.rows("select group_id from popgroups_groupmap")[0][0]
    bare = site.rows(
        "select m.group_id from popgroups_groupmember m join schools_membership s on s.id = m.membership_id "
        "join schools_user u on u.id = s.person_id where u.email like 'samir@%' order by m.group_id desc"
    )[0][0]
    line = site.rows("select id from schools_schoolplanline order by id")[0][0]
    return [
        ("petra", f"/groepen/{made}/kaart/", "kaart"),
        ("petra", f"/groepen/{made}/kaart/nodig/", "kaart-nodig"),
        ("samir", f"/groepen/{bare}/kaart/", "kaart-nog-niet"),
        ("samir", f"/groepen/{bare}/kaart/meedoen/", "kaart-meedoen"),
        ("hanneke", f"/scholen/{school}/schoolplan/", "schoolplan"),
        ("hanneke", f"/scholen/{school}/schoolplan/doelen/", "schoolplan-doelen"),
        ("hanneke", f"/schoolplanregel/{line}/", "schoolplan-regel"),
    ]


def pages_of_the_introduction(site: Site, school: int) -> list[tuple[str, str, str]]:
    plan = site.rows("select id from schools_trajectory")[0][0]
    unit = site.rows("select unit_id from schools_material limit 1")[0][0]
    milestone = site.rows("select id from schools_milestone where done_on is null limit 1")[0][0]
    return [
        ("hanneke", f"/scholen/{school}/invoering/", "invoering"),
        ("karin", f"/invoering/{plan}/overdracht/", "overdracht"),
        ("karin", f"/training/{unit}/", "training"),
        ("karin", f"/training/{unit}/aanwezig/", "training-aanwezig"),
        ("olaf", f"/mijlpaal/{milestone}/", "mijlpaal"),
        ("noor", f"/scholen/{school}/trainingen/", "trainingen"),
        ("bram", "/invoering/", "invoering-bestuur"),
    ]


def pages_of_entries(site: Site) -> list[tuple[str, str, str]]:
    samir = "owner_id = (select id from schools_user where email like 'samir@%')"
    of_kind = {
        kind: site.rows(f"select id from portfolio_entry where {samir} and kind = ? order by id desc", kind)[
            0
        ][0]
        for kind in ("proof", "success")
    }
    photo = site.rows("select id from portfolio_entryfile where has_thumbnail limit 1")[0][0]
    asked = site.rows("select id from portfolio_feedbackrequest where state = 'asked'")[0][0]
    return [
        ("samir", f"/portfolio/{of_kind['proof']}/", "stuk"),
        ("hanneke", f"/portfolio/{of_kind['proof']}/", "stuk-gedeeld"),
        ("samir", f"/portfolio/{of_kind['success']}/", "succes"),
        ("samir", f"/portfolio/{of_kind['success']}/muur/", "muur"),
        ("samir", f"/portfolio/{of_kind['proof']}/bewerken/", "stuk-bewerken"),
        ("samir", "/portfolio/nieuw/?structure=starr", "stuk-nieuw"),
        ("samir", f"/bestand/{photo}/weg/", "bestand-weg"),
        ("samir", "/feedback/", "feedback"),
        ("samir", "/feedback/vragen/", "feedback-vragen"),
        ("lieke", f"/feedback/{asked}/", "feedback-geven"),
        ("noor", f"/feedback/{asked}/", "feedback-gevraagd"),
    ]


def pages_of_talents(site: Site, school: int) -> list[tuple[str, str, str]]:
    framework = site.rows("select id from portfolio_framework where key = 'sbl-7'")[0][0]
    return [
        ("samir", "/talenten/", "talenten"),
        ("samir", f"/talenten/lijst/{framework}/", "talenten-invullen"),
        ("samir", "/talenten/eigen/", "talenten-eigen"),
        ("noor", "/portfolio/pdf/?all=1", "portfolio-op-papier"),
        *pages_of_the_first_visit(site),
        *pages_of_entries(site),
        ("samir", "/meenemen/", "meenemen"),
        ("karin", f"/scholen/{school}/bekwaamheden/", "bekwaamheden"),
        ("karin", f"/scholen/{school}/bekwaamheden/nieuw/", "bekwaamheden-nieuw"),
        ("karin", f"/scholen/{school}/bekwaamheden/inlezen/", "bekwaamheden-inlezen"),
        ("karin", f"/bekwaamheden/{framework}/", "bekwaamheden-lijst"),
    ]


def pages_of_the_first_visit(site: Site) -> list[tuple[str, str, str]]:
    quadrant = site.rows("select id from portfolio_corequadrant limit 1")[0][0]
    return [
        ("samir", "/start/", "start"),
        ("samir", "/start/kiezen/", "start-kiezen"),
        ("samir", "/start/doel/", "start-doel"),
        ("noor", "/over-mij/", "over-mij"),
        ("noor", "/over-mij/vragen/needs/", "over-mij-behoeften"),
        ("noor", f"/over-mij/kernkwadrant/{quadrant}/", "kernkwadrant"),
        ("noor", "/over-mij/alles-weg/", "over-mij-alles-weg"),
    ]


def pages_of_the_gop(site: Site) -> list[tuple[str, str, str]]:
    """One that lies with the director, and one that is still being written."""
    waits, written = (
        site.rows("select id, group_id from popgroups_groupplan where state = ?", state)[0]
        for state in ("submitted", "concept")
    )
    last = "select id from popgroups_groupplanversion where plan_id = ? order by number desc limit 1"
    version = site.rows(last, waits[0])[0][0]
    school = site.rows("select school_id from popgroups_popgroup where id = ?", waits[1])[0][0]
    goal = site.rows("select id from popgroups_groupgoal where plan_id = ? limit 1", written[0])[0][0]
    return [
        ("noor", f"/gop/{waits[0]}/", "gop-ingediend"),
        ("petra", f"/gop/{written[0]}/", "gop"),
        ("petra", f"/gop/{written[0]}/themas/", "gop-themas"),
        ("petra", f"/gop/{written[0]}/meelezers/", "gop-meelezers"),
        ("joris", f"/gop/{written[0]}/sinds-mijn-ja/", "gop-verschil"),
        ("noor", f"/gop/{waits[0]}/terugnemen/", "gop-terugnemen"),
        ("hanneke", f"/scholen/{school}/gops/", "gops"),
        ("hanneke", f"/gop-versie/{version}/toezegging/", "gop-toezegging"),
        ("petra", f"/gop-doel/{goal}/waarvoor/", "gop-waarvoor"),
        ("petra", f"/gop-doel/{goal}/weg/", "gop-doel-weg"),
        ("petra", f"/gop/{written[0]}/weggehaald/", "gop-weggehaald"),
        (*gop_less(site), "gop-geen"),
    ]


def gop_less(site: Site) -> tuple[str, str]:
    """Somebody whose group of this year has no GOP, and where it is begun; one of last year if all have one."""
    who, group = site.rows(
        "select u.email, g.id from popgroups_popgroup g "
        "join popgroups_groupmember m on m.group_id = g.id join schools_membership s on s.id = m.membership_id "
        "join schools_user u on u.id = s.person_id join schools_schoolyear y on y.id = g.year_id "
        "where not exists (select 1 from popgroups_groupplan p where p.group_id = g.id) "
        "and m.left_on is null and m.joined_on is not null order by y.starts desc, u.email limit 1"
    )[0]
    return who.split("@")[0], f"/groepen/{group}/gop/"


def pages_of_the_pop(site: Site) -> list[tuple[str, str, str]]:
    """Samir has one of this year and one of last year; Noor has none yet."""
    samir = "select id from schools_user where email like 'samir@%'"
    old, pop = (
        row[0]
        for row in site.rows(
            "select p.id from portfolio_developmentplan p join schools_schoolyear y on y.id = p.year_id "
            f"where p.owner_id = ({samir}) order by y.starts"
        )
    )
    goal = site.rows("select id from portfolio_goal where plan_id = ? order by id limit 1", pop)[0][0]
    paps = f"select id from portfolio_actionplan where owner_id = ({samir}) order by id limit 1"
    director = site.rows("select id from schools_user where email like 'hanneke@%'")[0][0]
    return [
        ("samir", f"/pop/{pop}/delen/", "pop-delen-kiezen"),
        ("samir", f"/pop/{pop}/delen/?viewer={director}", "pop-delen-lijst"),
        ("samir", f"/actieplan/{site.rows(paps)[0][0]}/delen/?viewer={director}", "pap-delen-lijst"),
        ("hanneke", "/gedeeld-met-mij/", "met-mij-gedeeld"),
        ("noor", "/pop/", "pop-geen"),
        ("samir", f"/pop/{pop}/", "pop"),
        ("samir", f"/pop/{old}/", "pop-afgesloten"),
        ("samir", f"/pop/{pop}/afsluiten/", "pop-afsluiten"),
        ("samir", f"/pop/{pop}/sterk/", "pop-sterk"),
        ("samir", f"/pop/{pop}/weg/", "pop-weg"),
        ("samir", f"/pop/doel/{goal}/bekwaamheden/", "pop-bekwaamheden"),
        ("samir", f"/pop/doel/{goal}/voorbeelden/", "pop-voorbeelden"),
        ("samir", f"/pop/doel/{goal}/weg/", "pop-doel-weg"),
        ("samir", f"/actieplan/{site.rows(paps)[0][0]}/naar-mijn-pop/", "pap-naar-pop"),
    ]


def pages_of_talks(site: Site) -> list[tuple[str, str, str]]:
    samir = "person_id = (select id from schools_user where email like 'samir@%')"
    over = site.rows(f"select id from portfolio_talk where {samir} and state = 'held'")[0][0]
    asked = site.rows("select id from portfolio_talk where state = 'proposed' order by id limit 1")[0][0]
    return [
        ("samir", "/gesprekken/", "gesprekken"),
        ("hanneke", "/gesprekken/", "gesprekken-directeur"),
        ("hanneke", "/gesprekken/nieuw/", "gesprek-nieuw"),
        ("hanneke", "/gesprekken/ronde/", "gesprekken-ronde"),
        ("samir", f"/gesprekken/{over}/", "gesprek"),
        ("hanneke", f"/gesprekken/{over}/", "gesprek-directeur"),
        ("hanneke", f"/gesprekken/{asked}/andere-datum/", "gesprek-andere-datum"),
        ("hanneke", f"/gesprekken/{asked}/gaat-niet-door/", "gesprek-afzeggen"),
    ]


def pages_of_hours(school: int) -> list[tuple[str, str, str]]:
    return [
        ("noor", "/uren/", "mijn-uren"),
        ("karin", f"/scholen/{school}/uren/", "uren"),
        ("karin", f"/scholen/{school}/uren/jaartaak/", "uren-jaartaak"),
        ("karin", f"/scholen/{school}/uren/taakcodes/", "taakcodes"),
        ("hanneke", f"/scholen/{school}/uren/", "uren-directeur"),
        ("karin", f"/scholen/{school}/post/", "vaste-post"),
        ("noor", "/profiel/agenda/", "mijn-agenda"),
        ("noor", "/profiel/herinneringen/", "herinneringen"),
    ]
