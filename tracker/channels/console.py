"""Print messages instead of sending them: the channel of an office without an account at a provider."""

import sys
from dataclasses import dataclass, field
from textwrap import wrap
from typing import TextIO

from tracker.domain.messages import Accepted, ChannelMaker, MessageState, Notice, Search

WIDTH = 66
PREFIX = "console-"


@dataclass(frozen=True, slots=True)
class Console:
    """Prints each message in a frame; the outbox keeps it, so that it can be read on a page too."""

    out: TextIO = field(default_factory=lambda: sys.stdout)
    needs_number: bool = False

    def send(self, notice: Notice) -> Accepted:
        """Print one message; that always works."""
        self.out.write(framed(notice.body, title=f"SMS {notice.code}"))
        self.out.flush()
        return Accepted(sid=f"{PREFIX}{notice.ref}")

    def find(self, search: Search) -> None:
        """Find nothing: what was printed is not remembered here."""

    def fetch(self, sid: str) -> Accepted | None:
        """Call a printed message delivered: whoever sees the console has it."""
        return Accepted(sid=sid, state=MessageState.DELIVERED) if sid.startswith(PREFIX) else None


def framed(text: str, *, title: str) -> str:
    """Return ``text`` in a frame of box-drawing lines, wrapped; a long address stays whole."""
    lines = wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    width = max(WIDTH, *(len(line) for line in lines))
    top = f"┌─ {title} {'─' * (width - len(title) - 1)}┐"
    return "\n".join((top, *(f"│ {line:<{width}} │" for line in lines), f"└{'─' * (width + 2)}┘", ""))


CHANNEL = ChannelMaker("console", lambda _settings: Console())
