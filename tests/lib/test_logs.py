from __future__ import annotations

import logging
import logging.config
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from coaching.lib.access import public


@public
def broken(request: HttpRequest, token: str) -> HttpResponse:
    raise ValueError(f"kanarie: Failing row contains ({token})")


urlpatterns = [path("stuk/<str:token>/", broken)]


@pytest.fixture
def console() -> Iterator[StringIO]:
    """What the site's own console handler, made from its settings, writes."""
    root, before = logging.getLogger(), list(logging.getLogger().handlers)
    written = StringIO()
    logging.config.dictConfig(settings.LOGGING)
    handler = next(one for one in root.handlers if one not in before)
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:] = before


@pytest.mark.django_db
@pytest.mark.urls("tests.lib.test_logs")
def test_an_error_is_logged_by_kind_and_place_alone(console: StringIO) -> None:
    client = Client(raise_request_exception=False)
    assert client.get("/stuk/geheim/").status_code == 500
    said = console.getvalue()
    assert "ValueError" in said and f"{__file__}:" in said
    assert "/stuk/<str:token>/" in said
    assert "kanarie" not in said and "geheim" not in said


def test_a_text_another_handler_left_is_not_written(console: StringIO) -> None:
    try:
        raise ValueError("kanarie")
    except ValueError as error:
        info: Any = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Fout op %s", ("/x/",), info)
    logging.Formatter().format(record)
    assert record.exc_text and "kanarie" in record.exc_text
    logging.getLogger("django.request").handle(record)
    assert "Fout op /x/\nValueError\n" in console.getvalue() and "kanarie" not in console.getvalue()
