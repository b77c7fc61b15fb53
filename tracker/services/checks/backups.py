"""How old the newest backup is."""

from datetime import timedelta

from tracker.formats.backup.envelope import require_recipients
from tracker.services.backup_folder import copies
from tracker.services.checkup import Check, Finding, Installation, span

PATIENCE = 2
"""Twice the period: one failed backup is tried again within the hour, two days without one are a fault."""


def look(place: Installation) -> Finding:
    """Find a backup that is new enough; invented cases need none."""
    settings = place.settings.backups
    if not settings.folder:
        return Finding(ok=place.settings.office.demo, detail="none are made: backups.folder is not set")
    require_recipients(settings.recipients)
    found = copies(settings)
    if not found:
        return Finding(ok=False, detail="there is none yet")
    age = place.now - found[0].made_at
    if age < timedelta():
        return Finding(ok=False, detail=f"the newest, {found[0].path.name}, is from the future: look at the clock")
    limit = timedelta(hours=PATIENCE * settings.every_hours)
    return Finding(ok=age <= limit, detail=f"{len(found)}, the newest {span(age)} old, {found[0].size:,} bytes")


CHECK = Check("backups", look)
