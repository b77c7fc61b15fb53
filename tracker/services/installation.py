"""What this installation is set to and how it runs, for the administrator: no secret, no address of a person, no case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel

from tracker.domain.access import Permission, may
from tracker.domain.errors import ForbiddenError
from tracker.domain.pack import Pack
from tracker.services.checkup import CheckLine, check_open
from tracker.services.context import Context
from tracker.services.jobs import all_jobs, period
from tracker.storage.queries import job_runs
from tracker.storage.schema import newest_revision

SHOWN = frozenset({"web.host", "web.public_url", "web.exit_url", "office.jurisdiction", "alerts.channel", "backups.folder"})
"""Texts that may be read; of every other text only whether it is set: new settings are hidden until somebody thinks of them."""
COUNTED = frozenset({"backups.recipients", "keys.ring"})
LISTED = frozenset({"web.parts", "web.hosts"})


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; ``value`` is absent where only ``is_set`` may be told."""

    name: str
    is_set: bool
    value: str | None


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job: when a run that ended well last began, and when the next is due; no run, no times."""

    name: str
    last: datetime | None
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Installed:
    """Everything on the administrator's page."""

    version: str
    revision: str
    database: str
    keys: tuple[int, ...]
    sealing_key: int
    pack: Pack
    settings: tuple[Setting, ...]
    jobs: tuple[JobLine, ...]
    checks: tuple[CheckLine, ...]


def installed(ctx: Context) -> Installed:
    """Return what is set, what ran and what is in order.

    Raises:
        ForbiddenError: who acts keeps no settings.
    """
    if not may(ctx.actor.role, Permission.SEE_SETTINGS):
        raise ForbiddenError("settings are the administrator's")
    with ctx.database.reading() as db:
        jobs = []
        for job in all_jobs():
            last = job_runs.last_success(db, job.name)
            jobs.append(JobLine(job.name, last, last + period(job, ctx.settings.worker) if last else None))
    return Installed(
        version=version("court-process-tracker"),
        revision=newest_revision(),
        database="SQLite" if ctx.database.is_sqlite else "PostgreSQL",
        keys=ctx.keys.ids,
        sealing_key=ctx.keys.current,
        pack=ctx.pack,
        settings=told(ctx.settings),
        jobs=tuple(jobs),
        checks=check_open(ctx.settings, Path(), ctx.now(), ctx.database, leave_out=frozenset({"keys"})),
    )


def told(settings: BaseModel) -> tuple[Setting, ...]:
    """Return every setting as far as it may be told."""
    return tuple(
        _told(f"{section}.{name}", value)
        for section, part in settings
        if isinstance(part, BaseModel)
        for name, value in part
    )  # fmt: skip


def _told(name: str, value: object) -> Setting:
    if isinstance(value, bool | int | float):
        return Setting(name, is_set=True, value=str(value).lower())
    if name in SHOWN and isinstance(value, str):
        return Setting(name, is_set=bool(value), value=value or None)
    if name in COUNTED and isinstance(value, list | Mapping):
        return Setting(name, is_set=bool(value), value=str(len(value)))
    if name in LISTED and isinstance(value, tuple):
        return Setting(name, is_set=bool(value), value=", ".join(value) or None)
    secret = getattr(value, "get_secret_value", None)
    return Setting(name, is_set=bool(secret() if secret else value), value=None)
