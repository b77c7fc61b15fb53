"""What happens to calendar addresses and to the links of messages."""

from tracker.domain.flags import N_
from tracker.domain.trail import Audited

ACTIONS = Audited(
    {
        "feed.made": N_("Made a calendar address"),
        "feed.closed": N_("Closed a calendar address"),
        "feed.fetched": N_("A program fetched the calendar"),
        "message.acknowledged": N_("Confirmed a message by its link"),
        "messages.read": N_("Looked at messages with their text"),
    }
)
