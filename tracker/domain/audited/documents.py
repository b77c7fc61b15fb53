"""What comes into the record as a whole, and what leaves it."""

from tracker.domain.flags import N_
from tracker.domain.trail import Audited

ACTIONS = Audited(
    {
        "caseload.imported": N_("Loaded a caseload document"),
        "caseload.exported": N_("Took the whole caseload out"),
        "calendar.imported": N_("Loaded a court's calendar"),
        "figures.read": N_("Looked at figures with small numbers"),
    }
)
