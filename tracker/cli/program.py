"""The ``tracker`` program: finds its commands by file name and loads only the one that is asked for."""

import ast
import sys
from importlib import import_module
from pathlib import Path

import click

from tracker.domain.errors import TrackerError

COMMANDS = Path(__file__).parent / "commands"


class CommandFolder(click.Group):
    """A group whose commands are the modules of a folder; listing them reads their docstrings, not their code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return sorted(path.stem.replace("_", "-") for path in COMMANDS.glob("*.py") if not path.stem.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; ``None`` where there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = import_module(f"tracker.cli.commands.{cmd_name.replace('-', '_')}").COMMAND
        if not isinstance(found, click.Command):
            raise TypeError(cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, each with the first line of its module."""
        rows = []
        for name in self.list_commands(ctx):
            module = ast.parse((COMMANDS / f"{name.replace('-', '_')}.py").read_text(encoding="utf-8"))
            rows.append((name, (ast.get_docstring(module) or "").partition("\n")[0]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=CommandFolder)
@click.version_option(package_name="court-process-tracker")
def program() -> None:
    """Record what proceedings do to victims, and warn before it happens again."""


def main() -> None:
    """Run the program; expected failures become one or two lines and exit code 1."""
    try:
        code = program(prog_name="tracker", standalone_mode=False)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except TrackerError as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
    if isinstance(code, int):  # a command that ended itself: outside standalone mode click returns its code
        sys.exit(code)
