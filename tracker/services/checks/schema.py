"""Whether the database is the program's."""

from tracker.services.checkup import Check, Finding, Installation
from tracker.storage.schema import newest_revision, require_newest


def look(place: Installation) -> Finding:
    """Compare the revisions."""
    require_newest(place.asked())
    return Finding(ok=True, detail=newest_revision())


CHECK = Check("schema", look)
