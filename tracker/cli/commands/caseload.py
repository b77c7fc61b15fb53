"""Bring a whole caseload in, or take it out."""

import json
from pathlib import Path
from typing import Any

import click

from tracker.cli.options import CliRun, common
from tracker.domain.errors import InvalidInputError, Problem
from tracker.services.caseload_export import export_caseload, write_caseload
from tracker.services.caseload_import import Imported, import_caseload


@click.group()
def caseload() -> None:
    """Bring a whole caseload in, or take it out, as one JSON document."""


@caseload.command("import")
@common
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
def import_(cli: CliRun, file: Path, *, dry_run: bool) -> None:
    """Load the document FILE, all of it or nothing; the same document twice changes nothing."""
    try:
        imported = import_caseload(cli.context(), _content(file), rehearse=dry_run)
    except InvalidInputError as refused:
        if cli.as_json:
            cli.emit(_json(Imported(errors=refused.problems)), "")
        raise
    cli.emit(_json(imported), _text(imported, dry_run=dry_run))


@caseload.command()
@common
@click.argument("file", type=click.Path(path_type=Path), required=False)
def export(cli: CliRun, file: Path | None) -> None:
    """Write the whole caseload as a document to FILE (readable by you alone), or to standard output."""
    if file is None:
        click.echo(json.dumps(export_caseload(cli.context()), ensure_ascii=False, indent=1))
        return
    document = write_caseload(cli.context(), file)
    cli.emit(document, f"{file}: {len(document['proceedings'])} proceedings")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidInputError([Problem(str(file), f"cannot be read ({error.strerror})")]) from None


def _json(imported: Imported) -> dict[str, Any]:
    return {
        "created": imported.created,
        "updated": imported.updated,
        "unchanged": imported.unchanged,
        "errors": [{"path": problem.path, "message": problem.message} for problem in imported.errors],
    }


def _text(imported: Imported, *, dry_run: bool) -> str:
    lines = ["Nothing was kept: this was a rehearsal."] if dry_run else []
    for done, counts in (("created", imported.created), ("updated", imported.updated), ("unchanged", imported.unchanged)):
        lines += [f"{done}: " + ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items())] if counts else []
    return "\n".join(lines or ["The document holds nothing."])


COMMAND = caseload
