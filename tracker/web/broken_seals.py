"""How pages show a value whose seal is broken: in the reader's language, with what the administrator finds it by."""

from typing import Any

from flask_babel import gettext as _

from tracker.services.unsealing import UnreadableText


def legible(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Return what a template prints for ``value``: itself, unless it stands for a text that cannot be read."""
    if isinstance(value, UnreadableText):
        return _("cannot be read (%(reference)s)", reference=value.reference)
    return value
