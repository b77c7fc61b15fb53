"""Consents, and what follows from them: erasing, reducing, keeping back."""

from tracker.domain.flags import N_
from tracker.domain.trail import Audited

ACTIONS = Audited(
    {
        "consent.given": N_("Entered a consent"),
        "consent.withdrawn": N_("Entered the withdrawal of a consent"),
        "consents.read": N_("Looked at the consents"),
        "subject.exported": N_("Took out everything about one person"),
        "subject.erased": N_("Erased a person"),
        "retention.acted": N_("Let go what was kept long enough"),
        "hold.placed": N_("Kept a case back from retention"),
        "hold.released": N_("No longer keeps a case back from retention"),
    }
)
