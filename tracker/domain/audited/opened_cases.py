"""Cases opened without being assigned to them."""

from tracker.domain.flags import N_
from tracker.domain.trail import Audited

ACTIONS = Audited(
    {
        "case.opened": N_("Opened the case without being assigned"),
        "case.open-refused": N_("Tried to open a case and was refused"),
        "case.given-back": N_("Gave an opened case back"),
        "case.open-confirmed": N_("Confirmed knowing that the case was opened"),
    }
)
