"""Run the whole program here: pages and jobs, watched over, in one command."""

import signal
import subprocess
import sys
from dataclasses import dataclass, field
from threading import Event
from time import monotonic

import click

from tracker import bootstrap
from tracker.cli.demo_words import sign_in_lines
from tracker.cli.listening import require_free, require_shielded
from tracker.cli.options import CliRun, common

PARTS = (("serve",), ("worker", "--quiet"))
"""The log of each message would bury the messages that the console channel prints."""
LOOK_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
PATIENCE_SECONDS = 20.0


@dataclass(slots=True)
class Part:
    """One child process; begun again after a crash, each time a little later while it keeps crashing."""

    command: tuple[str, ...]
    config: str
    process: subprocess.Popen[bytes] | None = None
    begun_at: float = 0.0
    pause: float = field(default=0.5)
    again_at: float = 0.0

    def look_after(self, now: float) -> None:
        """Begin it where it does not run and its pause is over."""
        if self.process is not None and self.process.poll() is not None:
            is_steady = now - self.begun_at > STEADY_SECONDS
            self.pause = 0.5 if is_steady else min(self.pause * 2, LONGEST_PAUSE_SECONDS)
            self.again_at = now + self.pause
            click.echo(f"{self.command[0]} ended with code {self.process.returncode}; it is begun again in {self.pause:.0f} s", err=True)
            self.process = None
        if self.process is None and now >= self.again_at:
            self.process = subprocess.Popen([sys.executable, "-m", "tracker", *self.command, "--config", self.config])  # nosec B603 # noqa: S603 - ourselves
            self.begun_at = now

    def end(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended; after ``seconds`` end it by force."""
        if self.process is not None:
            try:
                self.process.wait(max(0.1, seconds))
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@click.command("run")
@common
def COMMAND(cli: CliRun) -> None:  # noqa: N802 - the name by which commands are found
    """Serve the pages and run the jobs until Ctrl-C or SIGTERM."""
    settings = cli.settings
    bootstrap.build(settings).database.close()
    require_shielded(settings.web)
    require_free(settings.web)
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    click.echo(f"The tracker is at {settings.web.public_url} (Ctrl-C stops it).")
    if settings.office.demo:
        click.echo("\n".join(sign_in_lines()))
    parts = [Part(command, str(cli.config)) for command in PARTS]
    while not stop.is_set():
        for part in parts:
            part.look_after(monotonic())
        stop.wait(LOOK_SECONDS)
    for part in parts:
        part.end()
    enough_at = monotonic() + PATIENCE_SECONDS
    for part in parts:
        part.wait(enough_at - monotonic())
    click.echo("Stopped.")
