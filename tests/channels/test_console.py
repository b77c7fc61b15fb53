"""The console as a channel."""

from datetime import UTC, datetime
from io import StringIO

from tracker.channels.console import Console, framed
from tracker.domain.messages import Accepted, Channel, MessageState, Notice, Search

NOTICE = Notice(ref="abc", code="7F3K", to=None, body="Hearing Tue 24 Nov 09:30. Code 7F3K. https://host/a/9xQ2")


def test_a_message_is_printed_in_a_frame() -> None:
    """A person sees at once what is message and what is log."""
    out = StringIO()

    assert Console(out).send(NOTICE) == Accepted(sid="console-abc")
    assert NOTICE.body in out.getvalue()
    assert out.getvalue().startswith("┌─ SMS 7F3K ─")


def test_every_line_of_the_frame_is_equally_long() -> None:
    """A long address stays whole and widens the frame."""
    text = "Reminder: 1 item. Code 7F3K. https://" + "x" * 80

    assert len({len(line) for line in framed(text, title="SMS 7F3K").splitlines()}) == 1
    assert "x" * 80 in framed(text, title="SMS 7F3K")


def test_what_was_printed_counts_as_delivered_and_is_not_remembered() -> None:
    """Whoever sees the console has it; a crash before that is answered by sending once more."""
    console: Channel = Console(StringIO())
    fetched = console.fetch("console-abc")

    assert fetched is not None
    assert fetched.state is MessageState.DELIVERED
    assert console.fetch("SM0") is None
    assert console.find(Search(None, "7F3K", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))) is None
