"""Commands of the program, run as an operator types them, with all that they say kept."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import sqlalchemy as sa
import structlog
from click.testing import CliRunner

from tests.processes import tracker as process
from tests.security.office import Marked
from tracker.cli.program import program
from tracker.domain.errors import TrackerError
from tracker.privacy.redaction import RedactingFormatter

LIBRARIES = ("sqlalchemy", "alembic", "apscheduler", "urllib3", "twilio", "flask_security", "asyncio", "werkzeug", "tracker")


@contextmanager
def at_debug_level(office: Marked) -> Iterator[None]:
    """Keep whatever libraries log at their lowest level, written as the program writes its log; afterwards all is as before."""
    root, stream = logging.getLogger(), StringIO()
    before = root.handlers[:], root.level
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter())
    loggers = [logging.getLogger(name) for name in LIBRARIES]
    levels = [(each, each.level) for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG)
        each.propagate = False
        each.addHandler(handler)
    try:
        yield
    finally:
        for each, level in levels:
            each.setLevel(level)
            each.propagate = True
            each.removeHandler(handler)
        root.handlers[:], root.level = before
        structlog.reset_defaults()
        office.note("log: libraries at debug level", stream.getvalue())


@contextmanager
def closed_connections() -> Iterator[None]:
    """Close what a command leaves open: as a process it would have ended."""
    made: list[Any] = []

    def remember(connection: object, _record: object) -> None:
        made.append(connection)

    sa.event.listen(sa.Pool, "connect", remember)
    try:
        yield
    finally:
        sa.event.remove(sa.Pool, "connect", remember)
        for connection in made:
            connection.close()


def run(office: Marked, *words: str, asked: str = "", code: int = 0, config: str = "") -> str:
    """Run one command here, and return what it printed; an expected refusal is told as the program tells it."""
    place = " ".join(words[: 2 if words[0] not in ONE_WORD else 1])
    with closed_connections():
        result = CliRunner().invoke(program, [*words, "--config", config or str(office.config)], input=asked)
    error = result.exception
    if error is not None and not isinstance(error, TrackerError | SystemExit):
        raise error
    office.note(f"printed: {place}", result.stdout)
    office.note(f"diagnostics: {place}", result.stderr, str(error or ""))
    assert result.exit_code == code, (words[:3], result.exit_code, result.output, str(error))
    return result.stdout


def run_apart(office: Marked, *words: str, code: int = 0) -> str:
    """Run one command as a process of its own."""
    done = process(*words, "--config", str(office.config), cwd=office.folder)
    place = " ".join(words[: 2 if words[0] not in ONE_WORD else 1])
    office.note(f"printed: {place}", done.stdout)
    office.note(f"diagnostics: {place}", done.stderr)
    assert done.returncode == code, (words[:3], done.stderr)
    return done.stdout


ONE_WORD = frozenset({"check", "messages", "flags", "statistics", "sweep", "backup", "restore", "retention"})
"""Commands of one word; of the others the second word tells what they do."""
