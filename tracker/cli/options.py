"""What every command has in common: configuration, JSON, and the instant that stands for now."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import click

from tracker import bootstrap
from tracker.formats.pack_toml import load_pack
from tracker.services.context import Actor, Context
from tracker.settings import Settings, load_settings

P = ParamSpec("P")
R = TypeVar("R")
MORNING = time(8, 0)


@dataclass(frozen=True, slots=True)
class CliRun:
    """One run of one command."""

    config: Path
    as_json: bool
    command: str = ""

    @property
    def settings(self) -> Settings:
        """Read the settings."""
        return load_settings(self.config)

    def context(self, as_of: str | None = None) -> Context:
        """Return the system's context, standing still at ``as_of`` (an ISO instant or date) where it is given."""
        settings = self.settings
        ctx = bootstrap.build(settings, None if as_of is None else instant(as_of, settings.office.jurisdiction))
        return ctx.acting_as(Actor(program=f"command:{self.command}"))

    def emit(self, value: object, text: str) -> None:
        """Print ``value`` as JSON where that was asked for, else ``text`` for people."""
        click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) if self.as_json else text)


def instant(text: str, jurisdiction: str) -> datetime:
    """Return the aware instant of an ISO text; a date is read as 08:00 in the pack's time zone.

    Raises:
        click.BadParameter: it is neither an instant with offset nor a date.
    """
    try:
        if len(text) == len("2026-01-31"):
            return datetime.combine(date.fromisoformat(text), MORNING, ZoneInfo(load_pack(jurisdiction).timezone))
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise click.BadParameter("expected a date (2026-01-31) or an instant with offset (2026-01-31T08:00:00+01:00)")
    try:
        return found.astimezone(UTC)
    except OverflowError:
        raise click.BadParameter("this instant is outside the years 1 to 9999") from None


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def common(command: Callable[Concatenate[CliRun, P], R]) -> Callable[P, R]:
    """Give a command ``--config`` and ``--json``, and a `CliRun` as its first argument."""

    @click.option("--config", default="config.toml", show_default=True, type=click.Path(path_type=Path), help="Configuration file.")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")
    @wraps(command)
    def wrapped(*args: P.args, **options: P.kwargs) -> R:
        config: Any = options.pop("config")
        as_json: Any = options.pop("as_json")
        words = click.get_current_context().command_path.split()[1:]
        return command(CliRun(config=config, as_json=as_json, command=" ".join(words)), *args, **options)

    return wrapped


as_of_option = click.option("--as-of", metavar="T", help="An ISO instant with offset, or a date (08:00 of that day), that stands for now.")
