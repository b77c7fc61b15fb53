"""What happens to cases and their flags."""

from tracker.domain.flags import N_
from tracker.domain.trail import Audited

ACTIONS = Audited(
    {
        "case.read": N_("Looked at the case"),
        "record.written": N_("Wrote into the record of a case"),
        "debrief.saved": N_("Wrote down a hearing"),
        "debrief.adopted": N_("Chose which account of a hearing counts"),
        "flag.acknowledged": N_("Took on a flag"),
        "flag.closed": N_("Closed a flag"),
        "flag.dismissed": N_("Dismissed a flag"),
    }
)
