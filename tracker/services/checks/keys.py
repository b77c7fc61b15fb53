"""Whether there are keys, and nobody else may read them."""

import stat

from tracker.services.checkup import Check, Finding, Installation

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def look(place: Installation) -> Finding:
    """Decode every key, and look at who may read the file that holds them."""
    place.settings.key_ring()
    numbers = ", ".join(str(number) for number in sorted(place.settings.keys.ring))
    if place.config.stat().st_mode & OTHERS:
        return Finding(ok=False, detail=f"others on this machine may read {place.config.name}: chmod 600")
    return Finding(ok=True, detail=f"numbers {numbers}; {place.settings.keys.current} seals")


CHECK = Check("keys", look)
