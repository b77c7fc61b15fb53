"""What happens to copies of the whole database."""

from tracker.domain.flags import N_
from tracker.domain.trail import Audited

ACTIONS = Audited(
    {
        "backup.made": N_("Made a backup"),
        "backup.restored": N_("Put a backup in the place of the database"),
    }
)
