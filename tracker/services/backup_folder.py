"""The folder of backups: when a new one is due, which old ones go, and how old the newest is."""

import re
import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.domain.errors import NotConfiguredError
from tracker.services.backup_making import Made, make_backup
from tracker.services.context import Context
from tracker.settings import BackupSettings

STAMP = "%Y%m%d-%H%M%SZ"
OURS = re.compile(r"tracker-(?P<stamp>[0-9]{8}-[0-9]{6}Z)\.age", re.ASCII)
LEFT_OVER = re.compile(r"\.tracker-[0-9]{8}-[0-9]{6}Z\.age\.[A-Za-z0-9_]{8}\.part", re.ASCII)
"""A copy that was broken off by a power cut: sealed, and of no use."""

LEFT_FOR = timedelta(days=1)
SLACK = timedelta(minutes=30)
"""So that a daily copy does not slip by an hour each day."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One backup of ours in the folder; its time is the one in its name, its size in bytes."""

    path: Path
    made_at: datetime
    size: int


def copies(settings: BackupSettings) -> list[Copy]:
    """Return the backups that the job made, newest first; files of other names, links and folders are none of ours.

    Raises:
        NotConfiguredError: there is no such folder, or it cannot be read.
    """
    found = [(entry, OURS.fullmatch(entry.name)) for entry in _entries(settings)]
    ours = [Copy(entry, made_at, _size(entry)) for entry, name in found if name and (made_at := _instant(name["stamp"]))]
    return sorted(ours, key=lambda copy: copy.made_at, reverse=True)


def is_due(settings: BackupSettings, now: datetime) -> bool:
    """Tell whether the newest backup is as old as the settings allow, or there is none."""
    newest = next(iter(copies(settings)), None)
    return newest is None or now - newest.made_at >= timedelta(hours=settings.every_hours) - SLACK


def back_up(ctx: Context) -> dict[str, int]:
    """Make a backup in the folder if one is due, then remove those that are too old; return how many were made and removed.

    Raises:
        TrackerError: it could not be made; no old one was removed.
    """
    settings = ctx.settings.backups
    if not settings.folder or not is_due(settings, ctx.now()):
        return {"made": 0, "removed": 0}
    made = make_backup(ctx, Path(settings.folder) / _name(ctx.now()))
    return {"made": 1, "removed": rotate(settings, ctx.now(), made)}


def rotate(settings: BackupSettings, now: datetime, made: Made) -> int:
    """Remove our backups that are older than ``keep_days``, after ``made`` was made, and return how many.

    The newest ``keep_at_least`` stay whatever their age, and so does whatever we did not make.
    """
    oldest_kept = now - timedelta(days=settings.keep_days)
    old = [copy for copy in copies(settings)[settings.keep_at_least :] if copy.made_at < oldest_kept and copy.path != Path(made.file)]
    for copy in old:
        copy.path.unlink(missing_ok=True)
    for entry in _entries(settings):
        if LEFT_OVER.fullmatch(entry.name) and entry.lstat().st_mtime < (now - LEFT_FOR).timestamp():
            entry.unlink(missing_ok=True)
    return len(old)


def _name(now: datetime) -> str:
    return f"tracker-{now.astimezone(UTC):{STAMP}}.age"


def _instant(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _entries(settings: BackupSettings) -> list[Path]:
    """Return the plain files of the folder; it is not made here: a disk that is not there must not be taken for an empty one."""
    if not settings.folder:
        raise NotConfiguredError("backups.folder is not set: no backups are made")
    try:
        return [entry for entry in Path(settings.folder).iterdir() if stat.S_ISREG(entry.lstat().st_mode)]
    except OSError as error:
        raise NotConfiguredError(f"backups.folder {settings.folder}: cannot be read ({error.strerror})") from None


def _size(path: Path) -> int:
    return path.lstat().st_size
