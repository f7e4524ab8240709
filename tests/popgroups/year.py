"""Filling in a series as a coordinator does, in the school year 2026–2027."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.people import Cast


def filled(cast: Cast, **changed: Any) -> dict[str, Any]:
    form = {
        "groups": [cast.group.pk],
        "rhythm": "times",
        "number": 7,
        "weekday": "2",
        "suits": "on",
        "start": "15:30",
        "minutes": 90,
        "first": "2026-08-31",
        "last": "2027-07-09",
        "kind": "intervision",
        "place": "lokaal 9",
        "about_change": "",
        "once_key": str(uuid.uuid4()),
    }
    return form | changed


def shown(client: Client, cast: Cast, form: dict[str, Any]) -> tuple[str, list[str]]:
    """The fingerprint and the keys of the dates on the preview."""
    text = client.post(reverse("plan_series", args=[cast.zandplaat.pk]), form).content.decode()
    print_ = re.search(r'name="shown"[^>]*value="([0-9a-f]{64})"', text)
    assert print_, text
    return print_[1], re.findall(r'name="keep" value="([^"]+)"', text)


def keep(client: Client, cast: Cast, form: dict[str, Any]) -> Any:
    print_, keys = shown(client, cast, form)
    sent = {"keep": keys, **form, "shown": print_, "save": "1"}
    return client.post(reverse("plan_series", args=[cast.zandplaat.pk]), sent, follow=True)


def tuesday(hour: int = 13) -> dt.datetime:
    return dt.datetime(2026, 9, 15, hour, 30, tzinfo=dt.UTC)
