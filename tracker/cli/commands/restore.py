"""Put a backup in the place of the database, after it was proved whole."""

from dataclasses import asdict
from pathlib import Path

import click

from tracker.cli.options import CliRun, common
from tracker.services.backup_keys import read_passphrase
from tracker.services.backup_restoring import Held, Proved, held, note_restored, prove, restore

TOLD = ("person", "proceeding", "hearing", "message", "audit_entry")
"""The tables that people are told of; the others only count."""


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--identity", required=True, type=click.Path(path_type=Path), help="The key file that `tracker backup-key` made.")
@click.option("--passphrase-file", type=click.Path(path_type=Path), help="The first line of this file unlocks the key file.")
@click.option("--dry-run", is_flag=True, help="Only prove the backup and tell what would happen.")
@click.option("--replace", is_flag=True, help="Put it in the place of a database that holds something.")
@click.option("--other-keys", is_flag=True, help="Also a backup that was made with other keys than the configuration holds.")
@common
def COMMAND(  # noqa: N802, PLR0913 - the name by which commands are found; one parameter an option
    cli: CliRun, *, file: Path, identity: Path, passphrase_file: Path | None, dry_run: bool, replace: bool, other_keys: bool
) -> None:
    """Prove that the backup FILE is whole and unaltered, then put it in the place of the database, all or nothing."""
    settings = cli.settings
    passphrase = None if passphrase_file is None else read_passphrase(passphrase_file)
    found = held(settings)
    click.echo(_held(found), err=True)
    if dry_run:
        proved = prove(settings, file, identity, passphrase)
        cli.emit(_json(proved, restored=False), f"{_proved(proved)}\nNothing was changed: this was a rehearsal.{_would(found)}")
        return
    proved = restore(settings, file, identity, passphrase, replace=replace, other_keys=other_keys)
    if proved.keys_match:
        note_restored(cli.context(), proved)
    cli.emit(_json(proved, restored=True), f"{_proved(proved)}\nIt is the database now.\n{_next(proved)}")


def _json(proved: Proved, *, restored: bool) -> dict[str, object]:
    return asdict(proved) | {"rows": proved.rows, "restored": restored}


def _counts(tables: dict[str, int]) -> str:
    named = ", ".join(f"{tables[name]:,} in {name}" for name in TOLD if tables.get(name))
    return f"{sum(tables.values()):,} rows" + (f" ({named})" if named else "")


def _held(found: Held) -> str:
    return f"The database holds {_counts(found.tables)}, schema {found.schema}." if found.tables else "The database holds nothing."


def _would(found: Held) -> str:
    return " To put it in the place of what the database holds, --replace is needed." if found.tables else ""


def _proved(proved: Proved) -> str:
    return (
        f"The backup of {proved.created_at:%Y-%m-%d %H:%M}Z is whole and unaltered: {_counts(proved.tables)}, schema {proved.schema}, "
        f"made on {proved.engine} by program {proved.program}."
    )


def _next(proved: Proved) -> str:
    keys = (
        "The keys in the configuration are those of the backup."
        if proved.keys_match
        else f"The keys in the configuration are NOT those of the backup (it used {', '.join(map(str, proved.key_ids)) or 'none'}): "
        "nobody can tell who made it, and names and case numbers cannot be read without the [keys] of that time."
    )
    head = f" --head {proved.audit_head}" if proved.audit_head else ""
    return (
        f"{keys}\nBefore you start the program:\n"
        f"  tracker audit verify{head}\n"
        "  tracker messages --state queued    some may have been sent after the backup was made, and would be sent again\n"
        "  what was erased, withdrawn or closed to somebody since then is back: do it again"
    )
