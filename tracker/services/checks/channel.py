"""Whether advocates can be told."""

from tracker.services.checkup import Check, Finding, Installation
from tracker.services.delivery import Ways


def look(place: Installation) -> Finding:
    """Open the channel; nothing is sent."""
    alerts = place.settings.alerts
    if not alerts.enabled:
        return Finding(ok=False, detail="alerts.enabled is false: messages wait, nobody is told")
    Ways(place.settings).of(alerts.channel)
    if alerts.channel == "console":
        return Finding(ok=place.settings.office.demo, detail="console: messages are printed here and reach nobody")
    return Finding(ok=True, detail=f"{alerts.channel}: set up (whether it is reached shows in the queue)")


CHECK = Check("channel", look)
