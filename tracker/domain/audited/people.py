"""What administrators do with people of the office and their sign-ins."""

from tracker.domain.flags import N_
from tracker.domain.trail import Audited

ACTIONS = Audited(
    {
        "person.taken-on": N_("Took on a person"),
        "person.role-changed": N_("Changed somebody's role"),
        "person.supervisor": N_("Changed who answers for somebody's cases"),
        "person.revealed": N_("Looked at a colleague's name"),
        "sign-in.enabled": N_("A sign-in was opened again"),
        "link.made": N_("Made a link for signing in"),
        "link.withdrawn": N_("Withdrew a link for signing in"),
        "link.used": N_("Used a link for signing in"),
        "link.refused": N_("A link for signing in was refused"),
        "second-factor.removed": N_("Removed a second factor"),
        "passkey.added": N_("Added a passkey"),
        "passkey.removed": N_("Removed a passkey"),
    }
)
