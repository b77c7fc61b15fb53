"""Keys that seal what identifies people: list, add, change, retire."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from time import monotonic

import click

from tracker.cli.options import CliRun, common
from tracker.services import key_files
from tracker.services.key_rotation import Rotated, require_unused, rotate
from tracker.services.key_use import KeyUse, check, key_use

RESTART = "Web and worker processes read the keys when they start: restart them, on every host, for this to take effect."
BETWEEN_LINES_SECONDS = 1.0


@click.group("keys")
def COMMAND() -> None:  # noqa: N802 - the name by which commands are found
    """Look after the keys that seal what identifies people."""


@COMMAND.command("list")
@common
def listed(cli: CliRun) -> None:
    """List the keys: which one seals, how many values need each, and which are missing. No key is shown."""
    found = key_use(cli.context())
    cli.emit([{**asdict(use), "is_missing": use.is_missing} for use in found], "\n".join(map(_line, found)))


@COMMAND.command("new")
@common
def new(cli: CliRun) -> None:
    """Add a fresh key to the configuration. It seals nothing before `tracker keys use`: give it to every host first."""
    number = key_files.add_key(cli.config)
    cli.emit({"id": number}, f"Key {number} is in the ring. Copy it to every host and restart there, then: tracker keys use {number}")


@COMMAND.command("use")
@click.argument("number", type=click.IntRange(1, key_files.MOST_KEYS))
@common
def use(cli: CliRun, /, number: int) -> None:
    """Let key NUMBER seal what is written from now on."""
    key_files.use_key(cli.config, number)
    cli.emit({"id": number, "is_current": True}, f"Key {number} is the current one. {RESTART}\nThen: tracker keys rotate")


@COMMAND.command("rotate")
@common
def rotated(cli: CliRun) -> None:
    """Seal every value anew under the current key, while pages and jobs go on; run it again if it was interrupted."""
    ctx = cli.context()
    done = rotate(ctx, _progress())
    cli.emit(asdict(done), "\n".join([f"{done.resealed} values were sealed anew under key {ctx.keys.current}.", *_complaints(done)]))
    if done.broken or done.left or done.missing:
        sys.exit(1)


@COMMAND.command("retire")
@click.argument("number", type=click.IntRange(1, key_files.MOST_KEYS))
@common
def retire(cli: CliRun, /, number: int) -> None:
    """Take key NUMBER out of the ring, if no value needs it any more; its number is never given again."""
    require_unused(cli.context(), number)
    key_files.remove_key(cli.config, number)
    told = f"Key {number} is out of the ring. Backups made before the rotation still need it: keep a copy as long as them. {RESTART}"
    cli.emit({"id": number, "is_in_ring": False}, told)


@COMMAND.command("check")
@common
def checked(cli: CliRun) -> None:
    """Open every sealed value once and tell which do not open, by the reference that pages show; exit 1 where there are any."""
    found = check(cli.context())
    lines = [f"{each.reference}  {each.place}, row {each.row_id}: the seal is broken" for each in found.broken]
    lines += [f"key {key} is missing: {count} values need it" for key, count in found.missing.items()]
    cli.emit(asdict(found), "\n".join([*lines, f"{found.values} sealed values looked at, {len(found.broken)} broken."]))
    if found.broken or found.missing:
        sys.exit(1)


def _line(use: KeyUse) -> str:
    state = "current" if use.is_current else "in the ring" if use.is_in_ring else "MISSING" if use.values else ""
    return f"{use.id:>3}  {state:<12} {use.values} values"


def _complaints(done: Rotated) -> list[str]:
    lines = [f"Key {key} is missing: {count} values that need it were left alone." for key, count in done.missing.items()]
    if done.broken:
        lines.append(f"{done.broken} values do not open: tracker keys check tells which.")
    if done.left:
        lines.append(f"{done.left} values were sealed with an older key meanwhile. {RESTART} Then rotate again.")
    return lines


def _progress() -> Callable[[int, int], None]:
    """Return what prints, once a second and at the end, how far it is and how long it will take."""
    began = told = monotonic()

    def tell(done: int, everything: int) -> None:
        nonlocal told
        now = monotonic()
        if everything and (done >= everything or now - told >= BETWEEN_LINES_SECONDS):
            told = now
            left = (now - began) / done * (everything - done) if done else 0.0
            click.echo(f"{done} of {everything} values, about {left:.0f} s left", err=True)

    return tell
