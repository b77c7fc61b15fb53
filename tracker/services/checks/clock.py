"""Whether the clock can be right."""

from datetime import timedelta

from tracker.services.checkup import Check, Finding, Installation
from tracker.storage.queries import checkup as queries

TOLERANCE = timedelta(seconds=30)


def look(place: Installation) -> Finding:
    """Compare this machine's time with the database server's, or with the newest run of a job: time only goes forward."""
    with place.asked().reading() as db:
        known = queries.known_instant(db)
    if known is None:
        return Finding(ok=True, detail="nothing to compare with yet")
    if place.database.is_sqlite:
        behind = known - place.now
        return Finding(
            ok=behind <= TOLERANCE, detail="not behind its own past" if behind <= TOLERANCE else "behind the newest run of a job"
        )
    apart = abs(known - place.now)
    return Finding(ok=apart <= TOLERANCE, detail=f"{apart.total_seconds():.0f} s from the database's")


CHECK = Check("clock", look)
