"""Prove that nobody altered the audit log, and print its head to keep elsewhere."""

import sys

import click

from tracker.cli.options import CliRun, common
from tracker.services import audit_proof
from tracker.services.audit_proof import Head


@click.group("audit")
def audit() -> None:
    """Prove the audit log, print its head."""


@audit.command("verify")
@click.option(
    "--head", "printed", metavar="N:SEAL", help="A head that was printed earlier and kept elsewhere: it must still be in the log."
)
@common
def verify(cli: CliRun, *, printed: str | None) -> None:
    """Walk the whole log; exit code 1 and the number of the first bad entry where it was altered."""
    proof = audit_proof.verify(cli.context(), None if printed is None else Head.parse(printed))
    told = f"{proof.entries} entries, unaltered." if proof.ok else f"Entry {proof.first_bad} is bad: {proof.why}."
    cli.emit({"entries": proof.entries, "ok": proof.ok, "first_bad": proof.first_bad}, told)
    if not proof.ok:
        if cli.as_json:
            click.echo(told, err=True)
        sys.exit(1)


@audit.command("head")
@common
def head(cli: CliRun) -> None:
    """Print the log's newest number and seal: print it, mail it, keep it where the server cannot reach it."""
    found = audit_proof.head(cli.context())
    cli.emit({"entries": found.seq, "head": str(found)}, str(found))


COMMAND = audit
