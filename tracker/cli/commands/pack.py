"""Check and list jurisdiction packs."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from tracker.bootstrap import SystemClock
from tracker.cli.options import CliRun, common
from tracker.domain.pack import Pack
from tracker.formats.pack_toml import PackFault, UnfitPackError, load_pack, read_pack, shipped_packs
from tracker.schemas.pack import PackDocument, json_schema


@click.group("pack")
def pack() -> None:
    """Check and list jurisdiction packs."""


@pack.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@common
def check(cli: CliRun, *, file: Path) -> None:
    """Check FILE as the program would at its start; exit code 1 and every fault with its key and line where it is unfit."""
    try:
        found = read_pack(file, _today())
    except UnfitPackError as unfit:
        if cli.as_json:
            cli.emit({"file": file.name, "ok": False, "pack": None, "problems": [_fault(each) for each in unfit.faults]}, "")
        click.echo(str(unfit), err=True)
        raise click.exceptions.Exit(1) from None
    cli.emit({"file": file.name, "ok": True, "pack": _described(found), "problems": []}, f"{file.name}: in order. {_line(found)}")


@pack.command("list")
@common
def list_(cli: CliRun) -> None:
    """List the packs that come with the program."""
    packs = [load_pack(code, _today()) for code in shipped_packs()]
    cli.emit([_described(each) for each in packs], "\n".join(map(_line, packs)))


@pack.command("schema")
@common
def schema(cli: CliRun) -> None:
    """Print the JSON Schema of a pack, for editors that check while one types."""
    found = json_schema(PackDocument)
    cli.emit(found, json.dumps(found, ensure_ascii=False, indent=2))


def _today() -> date:
    return SystemClock().now().date()


def _fault(fault: PackFault) -> dict[str, Any]:
    return {"line": fault.line, "key": fault.key, "reason": fault.reason}


def _described(found: Pack) -> dict[str, Any]:
    return {
        "code": found.code,
        "version": found.version,
        "name": found.name,
        "courts": len(found.courts),
        "contested": sum(1 for court in found.courts if court.contested),
        "legal": len(found.legal),
        "confirmed": sum(1 for reference in found.legal.values() if reference.verified_on is not None),
    }


def _line(found: Pack) -> str:
    told = _described(found)
    return (
        f"{told['code']} {told['version']}, {told['name']}: {told['courts']} courts ({told['contested']} contested), "
        f"{told['legal']} legal references ({told['confirmed']} confirmed by a lawyer)"
    )


COMMAND = pack
