"""Runs a module as if it were another moment: ``python -m tests.browser.at_moment 2026-08-24T09:00 uvicorn ...``.

The clock goes on from there. For whole processes, so that a school year can be played from its start.
"""

from __future__ import annotations

import datetime as dt
import runpy
import sys

import time_machine


def main() -> None:
    moment, module, *arguments = sys.argv[1:]
    time_machine.travel(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC), tick=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
