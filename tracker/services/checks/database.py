"""Whether the database can be used."""

from tracker.services.checkup import Check, Finding, Installation


def look(place: Installation) -> Finding:
    """Reach it and take its write lock once; nothing is written."""
    place.asked().probe()
    return Finding(ok=True, detail="SQLite, can be written" if place.database.is_sqlite else "PostgreSQL, can be written")


CHECK = Check("database", look)
