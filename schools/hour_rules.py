"""Hours of the collective agreements, as data; ``manage.py seed`` puts them in place.

PO: 1659 hours a year; 2 hours of professionalisation a working week, about 83 a year, for all staff
(cao PO art. 9.3). VO: 83 hours of professionalisation (cao VO 2018-19; intervision and coaching are named as
such), 50 hours of time to develop lessons (since 1-8-2019), personal budget 50 hours, 90 since 2022-23. All of
them by fte. The texts after 2024 were not checked: a new agreement is a new row with its own first day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .models import HourRule, Sector


@dataclass(frozen=True)
class Rule:
    sector: Sector
    key: str
    valid_from: dt.date
    hours: int  # a school year at fte 1
    name_nl: str
    name_en: str
    pro_rata: bool = True


YEAR_NL, YEAR_EN = "jaartaak", "annual task"
LEARN_NL, LEARN_EN = "professionalisering", "professional development"
OWN_NL, OWN_EN = "persoonlijk basisbudget", "personal budget"
RULES = (
    Rule(Sector.PO, "year", dt.date(2014, 8, 1), 1659, YEAR_NL, YEAR_EN),
    Rule(Sector.PO, "professionalisation", dt.date(2014, 8, 1), 83, LEARN_NL, LEARN_EN),
    Rule(Sector.VO, "year", dt.date(2014, 8, 1), 1659, YEAR_NL, YEAR_EN),
    Rule(Sector.VO, "professionalisation", dt.date(2018, 8, 1), 83, LEARN_NL, LEARN_EN),
    Rule(Sector.VO, "development", dt.date(2019, 8, 1), 50, "ontwikkeltijd", "time to develop lessons"),
    Rule(Sector.VO, "personal", dt.date(2014, 8, 1), 50, OWN_NL, OWN_EN),
    Rule(Sector.VO, "personal", dt.date(2022, 8, 1), 90, OWN_NL, OWN_EN),
)


def seed_hour_rules() -> int:
    """Insert or bring up to date, by key; returns how many there are."""
    for rule in RULES:
        HourRule.objects.update_or_create(
            sector=rule.sector,
            key=rule.key,
            valid_from=rule.valid_from,
            defaults={
                "minutes": rule.hours * 60,
                "pro_rata": rule.pro_rata,
                "name_nl": rule.name_nl,
                "name_en": rule.name_en,
            },
        )
    return len(RULES)
