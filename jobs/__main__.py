"""Run the worker alone: ``python -m jobs [configuration file]``; `tracker worker` does the same."""

import signal
import sys
from pathlib import Path
from threading import Event

from jobs._schedule import work
from tracker import bootstrap
from tracker.services.context import Context
from tracker.settings import load_settings


def main(ctx: Context) -> None:
    """Work until the process is asked to end (Ctrl-C, SIGTERM), then end cleanly."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    work(ctx, stop)


if __name__ == "__main__":
    main(bootstrap.build(load_settings(Path(sys.argv[1] if len(sys.argv) > 1 else "config.toml"))))
