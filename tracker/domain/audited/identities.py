"""Who looked at who people are, and which sealed values could not be read."""

from tracker.domain.flags import N_
from tracker.domain.trail import Audited

ACTIONS = Audited(
    {
        "identity.revealed": N_("Looked at who a victim is"),
        "identity.changed": N_("Changed who a victim is"),
        "seal.broken": N_("Met a value whose seal is broken"),
        "keys.rotated": N_("Sealed values anew under another key"),
    }
)
