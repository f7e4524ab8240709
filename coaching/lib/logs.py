"""What a log may say of an error: its kind and its place, never its message, which may quote what people wrote."""

from __future__ import annotations

import logging
import traceback


class OutlineFormatter(logging.Formatter):
    """A line of text, and for an error the class and the whole chain of file:line, innermost last."""

    def format(self, record: logging.LogRecord) -> str:
        """Another handler may have left the full text of the error on the record: never write that one."""
        line = self.heading(record)
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\n{outline(error)}" if error else line

    def heading(self, record: logging.LogRecord) -> str:
        """Of a request the pattern of its address: the address itself may hold the secret part of a link."""
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        return f"{record.levelname} at /{match.route}" if match else record.getMessage()


def outline(error: BaseException) -> str:
    places = [f"  {frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return "\n".join([type(error).__qualname__, *places])
