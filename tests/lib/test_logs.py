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
from uvicorn.config import LOGGING_CONFIG

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


class Failing:
    """A middleware that fails before the address was looked up, as when the database is away."""

    def __init__(self, respond: Any) -> None:
        pass

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raise ValueError(request.path)


@pytest.mark.django_db
@pytest.mark.urls("tests.lib.test_logs")
def test_an_error_before_the_address_is_known_does_not_quote_it(console: StringIO, settings: Any) -> None:
    settings.MIDDLEWARE = [f"{__name__}.Failing"]
    client = Client(raise_request_exception=False)
    assert client.get("/stuk/geheim/").status_code == 500
    said = console.getvalue()
    assert "ERROR in a request" in said and "ValueError" in said and "geheim" not in said


@pytest.fixture
def as_uvicorn() -> Iterator[None]:
    """Loggers as a server makes them that was started without --no-access-log, before it loads the site."""
    names = ("uvicorn", "uvicorn.error", "uvicorn.access", "django.server", "")
    loggers = [logging.getLogger(name) for name in names]
    before = [(list(each.handlers), each.level, each.propagate) for each in loggers]
    logging.config.dictConfig(LOGGING_CONFIG)
    yield
    for each, (handlers, level, propagate) in zip(loggers, before, strict=True):
        each.handlers[:], each.propagate = handlers, propagate
        each.setLevel(level)


def written_by(*names: str) -> str:
    """What a line of a request leaves behind, by these loggers and whatever they pass it on to."""
    written = StringIO()
    for name in (*names, "uvicorn", "django", ""):
        for handler in logging.getLogger(name).handlers:
            if type(handler) is logging.StreamHandler:
                handler.setStream(written)
    for name in names:
        for level in (logging.INFO, logging.ERROR):
            words = ("127.0.0.1:1", "GET", "/instemming/geheim/", "1.1", 200)
            logging.getLogger(name).log(level, '%s - "%s %s HTTP/%s" %d', *words)
    return written.getvalue()


@pytest.mark.usefixtures("as_uvicorn")
def test_no_line_for_each_request_whatever_the_server_was_told() -> None:
    names = ("uvicorn.access", "django.server")
    assert "geheim" in written_by(*names), "so it would be"
    logging.config.dictConfig(settings.LOGGING)
    assert "geheim" not in written_by(*names)


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
