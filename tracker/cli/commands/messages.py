"""Show the outbox: who is told what, and what became of it."""

import click

from tracker.cli.options import CliRun, common
from tracker.domain.messages import MessageState
from tracker.services.message_list import MessageLine, everything

FIELDS = ("id", "kind", "recipient", "channel", "state", "due_at", "sent_at", "attempts", "subject_kind", "subject", "body")


@click.command("messages")
@click.option("--state", type=click.Choice([state.value for state in MessageState]), help="Only messages in this state.")
@common
def COMMAND(cli: CliRun, *, state: str | None) -> None:  # noqa: N802 - the name by which commands are found
    """Show the outbox."""
    lines = everything(cli.context(), None if state is None else MessageState(state))
    cli.emit([{name: getattr(line, name) for name in FIELDS} for line in lines], "\n".join(map(_told, lines)) or "The outbox is empty.")


def _told(line: MessageLine) -> str:
    error = f" ({line.error_code})" if line.error_code else ""
    return f"{line.due_at:%Y-%m-%d %H:%M}Z  {line.state + error:<12} {line.kind:<17} {line.recipient:<10} {line.body}"
