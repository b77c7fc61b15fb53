"""Bring in the calendars that courts publish."""

from pathlib import Path

import click

from tracker.cli.options import CliRun, as_of_option, common, instant
from tracker.formats.court_csv import RowProblem
from tracker.formats.layouts import READY_MADE
from tracker.services.calendar_import import CalendarImport, CalendarReport, import_calendar


@click.group()
def calendar() -> None:
    """Bring in the calendars that courts publish."""


@calendar.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--court", required=True, metavar="NAME", help="The court that published it; a name not known yet makes a new court.")
@click.option("--captured", metavar="T", help="When it was captured (ISO instant with offset, or a date); default: now.")
@click.option(
    "--mapping", default=READY_MADE, show_default=True, metavar="FILE", help="Layout of the file: a TOML file or a ready-made name."
)
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--replace", is_flag=True, help="Believe it even if it is empty, older, or cancels more than 20 % of the upcoming hearings.")
@as_of_option
@common
def import_(  # noqa: PLR0913 - click hands options over one by one
    cli: CliRun, *, file: Path, court: str, captured: str | None, mapping: str, dry_run: bool, replace: bool, as_of: str | None
) -> None:
    """Import FILE, a court's calendar as it was captured: new hearings, moved ones, cancelled ones, outcomes."""
    ctx = cli.context(as_of)
    captured_at = None if captured is None else instant(captured, ctx.pack.code)
    report = import_calendar(ctx, CalendarImport(file, court, captured_at, mapping=mapping, replace=replace, dry_run=dry_run))
    for error in report.errors:
        click.echo(_told(file, error), err=True)
    if report.errors and not cli.as_json:
        raise click.exceptions.Exit(1)
    cli.emit(report.as_json(), _summary(report, dry_run=dry_run))
    if report.errors:
        raise click.exceptions.Exit(1)


def _told(file: Path, error: RowProblem) -> str:
    if error.row is None:
        return error.message if error.message.startswith(file.name) else f"{file.name}: {error.message}"
    column = f', column "{error.column}"' if error.column else ""
    return f"{file.name}: row {error.row}{column}: {error.message}"


def _summary(report: CalendarReport, *, dry_run: bool) -> str:
    told = (
        f"{report.rows} rows: {report.added} added, {report.moved} moved, {report.unchanged} unchanged, "
        f"{report.outcomes} outcomes, {report.ignored} ignored; {report.cancelled} hearings cancelled"
    )
    return f"{told} (nothing was written)" if dry_run else told


COMMAND = calendar
