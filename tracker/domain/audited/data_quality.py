"""Looking for what keeps the record from being true."""

from tracker.domain.flags import N_
from tracker.domain.trail import Audited

ACTIONS = Audited({"quality.read": N_("Looked at the quality of the data")})
