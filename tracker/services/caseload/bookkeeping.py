"""Columns that a document does not speak of: opaque names, versions and the instants of change."""

from datetime import datetime

from tracker.services.caseload.kinds import Kind, Row
from tracker.services.caseload.rows import fresh_ref
from tracker.storage.tables.proceedings import DUE_NOW

REF_LENGTH = 12
"""Hexadecimal characters of a proceeding's name in addresses: 48 random bits."""
PLACE_AND_TIME = ("starts_at", "time_known", "court_id", "room")
"""What makes a hearing's old announcement wrong."""


def born(kind: Kind, now: datetime) -> Row:
    """Return the further columns of a new row."""
    match kind.name:
        case "proceedings":
            ref = fresh_ref()[:REF_LENGTH]
            return {"ref": ref, "review_on": DUE_NOW, "evaluated_on": DUE_NOW, "created_at": now, "changed_at": now}
        case "case_numbers":
            return {"ref": fresh_ref()}
        case "hearings":
            return {"version": 1, "calendar_uid": fresh_ref(), "calendar_sequence": 0, "changed_at": now}
        case _:
            return {}


def revised(kind: Kind, old: Row, new: Row, now: datetime) -> Row:
    """Return the further columns of a row that changes from ``old`` to ``new``; every row of a kind gets the same ones."""
    match kind.name:
        case "proceedings":
            return {"changed_at": now}
        case "case_numbers":
            return {"ref": old["ref"]}
        case "people":
            return {"number_refused_at": old["number_refused_at"] if old["phone"] == new["phone"] else None}
        case "hearings":
            step = int(is_elsewhere(old, new))
            return {"version": old["version"] + step, "calendar_sequence": old["calendar_sequence"] + step, "changed_at": now}
        case _:
            return {}


def is_elsewhere(old: Row, new: Row) -> bool:
    """Tell whether a hearing's date, time, court or room changed."""
    return any(old[name] != new[name] for name in PLACE_AND_TIME)
