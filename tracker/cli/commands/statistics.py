"""Print every indicator: how long proceedings take, with open cases counted in."""

from typing import Any, Literal, get_args

import click

from tracker.cli.options import CliRun, as_of_option, common
from tracker.services.figures import DIMENSIONS, Scope, statistics

NAME_WIDTH = 44


@click.command("statistics")
@click.option("--by", type=click.Choice(DIMENSIONS), help="Also tell them for each value of this dimension.")
@click.option(
    "--scope", type=click.Choice(get_args(Scope)), default="internal", show_default=True, help="public: small numbers are kept back."
)
@as_of_option
@common
def command(cli: CliRun, *, by: str | None, scope: Literal["internal", "public"], as_of: str | None) -> None:
    """Print every indicator at the data date, for the whole caseload and by group."""
    document = statistics(cli.context(as_of), by=by, scope=scope)
    cli.emit(document, "\n\n".join([_heading(document), *map(_told, document["groups"]), *map(_table, document["tables"].items())]))


def _heading(document: dict[str, Any]) -> str:
    return f"As of {document['as_of']}, definitions {document['definitions']}, scope {document['scope']}; times in days."


def _told(group: dict[str, Any]) -> str:
    name = "All proceedings" if group["dimension"] == "all" else f"{group['dimension']}: {group['value']}"
    lines = [f"{name} (n = {group['n']}, still open {group['open']})"]
    lines += [f"  {name:<{NAME_WIDTH}} {_value(found)}" for name, found in group["indicators"].items()]
    return "\n".join(lines)


def _value(found: dict[str, Any]) -> str:
    if found["suppressed"]:
        return "hidden"
    limits = "" if found["low"] is None and found["high"] is None else f"  ({_number(found['low'])} to {_number(found['high'])})"
    return f"{_number(found['value'])}{limits}"


def _number(value: float | None) -> str:
    return "not reached" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _table(table: tuple[str, list[dict[str, Any]]]) -> str:
    name, rows = table
    lines = [f"Table {name} (completed only)"]
    for row in rows:
        cells = (f"{column} {'-' if value is None else _number(value)}" for column, value in row.items() if column not in _LABELS)
        lines.append(f"  {row['year'] or 'all years'} {row['mode']} (n = {row['n']}): {', '.join(cells)}")
    return "\n".join(lines)


_LABELS = frozenset({"year", "mode", "n", "suppressed"})
COMMAND = command
