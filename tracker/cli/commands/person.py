"""Answer a person's own request: take out everything about them, or erase them."""

from pathlib import Path
from typing import Any

import click

from tracker.cli.options import CliRun, common
from tracker.domain.errors import InvalidInputError, NotFoundError, Problem
from tracker.services.context import Context
from tracker.services.erasing import Erasure, Kind, erase, kinds_of
from tracker.services.subject_export import export_subject, write_subject

kind_option = click.option("--kind", type=click.Choice(["victim", "person"]), help="Needed where a victim and a person share an id.")


@click.group("person")
def COMMAND() -> None:  # noqa: N802 - the name by which commands are found
    """Answer a person's own request about their data; ID is a victim's entry or a person of the office."""


@COMMAND.command("export")
@click.argument("external_id", metavar="ID")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@kind_option
@common
def export(cli: CliRun, *, external_id: str, file: Path | None, kind: Kind | None) -> None:
    """Take out everything that the record holds about ID, to FILE (readable by its owner only) or to the screen."""
    ctx = cli.context()
    chosen = _kind(ctx, external_id, kind)
    if file is None:
        CliRun(cli.config, as_json=True).emit(export_subject(ctx, external_id, chosen), "")
        return
    document = write_subject(ctx, external_id, chosen, file)
    told = {"kind": chosen, "file": str(file), "entries": len(document.get("entries", [document]))}
    cli.emit(told, f"Everything about this {chosen} is in {file}. Hand it over in person or encrypted, then delete it.")


@COMMAND.command("erase")
@click.argument("external_id", metavar="ID")
@kind_option
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@common
def erase_person(cli: CliRun, *, external_id: str, kind: Kind | None, dry_run: bool, yes: bool) -> None:
    """Erase ID for good: a victim with all entries of the same person, or what identifies a person of the office."""
    ctx = cli.context()
    chosen = _kind(ctx, external_id, kind)
    plan = erase(ctx, external_id, chosen, rehearse=True)
    if dry_run or plan.was_erased_before:
        cli.emit(_told(plan, done=False), _sentence(plan, done=False))
        return
    if not yes:
        click.echo(_sentence(plan, done=False), err=True)
        if not click.confirm("Erase this for good?", err=True):
            raise InvalidInputError([Problem("", "Nothing was erased.")])
    done = erase(ctx, external_id, chosen)
    cli.emit(_told(done, done=True), _sentence(done, done=True))


def _kind(ctx: Context, external_id: str, named: Kind | None) -> Kind:
    found = kinds_of(ctx, external_id)
    if named is not None and named in found:
        return named
    if named is not None or not found:
        raise NotFoundError("there is nobody of that id in the record")
    if len(found) > 1:
        raise click.UsageError("a victim and a person of the office have this id: say which with --kind")
    return found[0]


def _told(result: Erasure, *, done: bool) -> dict[str, Any]:
    return {
        "kind": result.kind,
        "erased": done,
        "erased_before": result.was_erased_before,
        "counts": dict(result.counts),
        "backups_until": result.backups_until,
        "files_wiped": result.is_wiped,
    }


def _sentence(result: Erasure, *, done: bool) -> str:
    if result.was_erased_before:
        return "This was erased before; nothing is left to erase."
    rows = ", ".join(f"{name} {number}" for name, number in result.counts.items())
    lines = [f"{'Erased' if done else 'This would be erased'} (rows deleted or emptied): {rows}."]
    lines.append(f"Backups made before now still hold it until {result.backups_until}; a restore of one must be followed by erasing again.")
    if done and result.is_wiped is False:
        lines.append("Others were reading: old bytes may remain in the write-ahead log until the next erasure or restart.")
    if done and result.is_wiped is None:
        lines.append("PostgreSQL overwrites old rows when it vacuums; see docs/privacy.md.")
    return "\n".join(lines)
