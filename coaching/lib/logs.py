"""What a log may say of an error: its kind and its place, never its message, which may quote what people wrote."""

from __future__ import annotations

import logging
import traceback
from typing import Any

# Errors only: lines about refused requests hold secret links. Of an error no message: it may quote a row. And no
# line for each request, whatever the server was told: invitations and calendars are addresses with a key in them.
SILENT = {"handlers": [], "propagate": False}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "root": {"handlers": ["console"]},
    "loggers": {"uvicorn.access": SILENT, "django.server": SILENT},
    "formatters": {"outline": {"()": "coaching.lib.logs.OutlineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "ERROR", "formatter": "outline"}},
}


class OutlineFormatter(logging.Formatter):
    """A line of text, and for an error the class and the whole chain of file:line, innermost last."""

    def format(self, record: logging.LogRecord) -> str:
        """Another handler may have left the full text of the error on the record: never write that one."""
        line = self.heading(record)
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\n{outline(error)}" if error else line

    def heading(self, record: logging.LogRecord) -> str:
        """Of a request the pattern of its address: the address itself may hold the secret part of a link.

        Without a pattern (it failed before that was known) not even that: the message quotes the address.
        """
        request = getattr(record, "request", None)
        if request is None:
            return record.getMessage()
        match = getattr(request, "resolver_match", None)
        return f"{record.levelname} at /{match.route}" if match else f"{record.levelname} in a request"


def outline(error: BaseException) -> str:
    places = [f"  {frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return "\n".join([type(error).__qualname__, *places])
