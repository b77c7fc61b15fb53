"""What the program does by itself, and what concerns the audit log."""

from tracker.domain.flags import N_
from tracker.domain.trail import Audited

ACTIONS = Audited(
    {
        "job.ran": N_("A job did something"),
        "job.failed": N_("A job failed"),
        "audit.forgotten": N_("Took erased people and cases out of the audit log"),
        "audit.read": N_("Looked at who had looked at a case"),
    }
)
