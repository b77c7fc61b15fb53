"""Whether messages go out in time."""

from datetime import timedelta

from tracker.services.checkup import Check, Finding, Installation, span
from tracker.storage.queries import checkup as queries

LONGEST_WAIT = timedelta(hours=1)


def look(place: Installation) -> Finding:
    """Find the message that has been due for longest."""
    with place.asked().reading() as db:
        waiting, oldest = queries.overdue(db, place.now)
    if oldest is None:
        return Finding(ok=True, detail="nothing is due")
    wait = place.now - oldest
    return Finding(ok=wait <= LONGEST_WAIT, detail=f"{waiting} due, the first for {span(wait)}")


CHECK = Check("queue", look)
