"""Whether there is room for the database and its backups."""

import shutil
from pathlib import Path

from tracker.services.checkup import Check, Finding, Installation

LEAST_FREE = 500 * 1024**2
LARGER_THAN = 2
"""A restore builds the database a second time beside the first."""

MEBIBYTE = 1024**2


def look(place: Installation) -> Finding:
    """Find the folder with the least room; a database on a server is that server's business."""
    needed = LEAST_FREE
    folders = [Path(place.settings.backups.folder)] if place.settings.backups.folder else []
    if place.database.is_sqlite:
        path = Path(place.database.engine.url.database or "")
        folders.append(path.parent)
        needed = max(needed, LARGER_THAN * path.stat().st_size if path.exists() else 0)
    if not folders:
        return Finding(ok=True, detail="nothing is kept on this machine's disk")
    free = min(shutil.disk_usage(folder).free for folder in folders)
    return Finding(ok=free >= needed, detail=f"{free // MEBIBYTE:,} MB free, {needed // MEBIBYTE:,} MB wanted")


CHECK = Check("disk", look)
