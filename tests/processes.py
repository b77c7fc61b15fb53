"""The program as real processes: a configuration file for a test's database, and commands that run against it."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from tracker.services.context import Context
from tracker.settings import Settings

PATIENCE = 60.0


def tracker(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the real program in a folder."""
    return subprocess.run([sys.executable, "-m", "tracker", *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def configuration(path: Path, ctx: Context, settings: Settings | None = None) -> Path:
    """Write a configuration with which another process works on the same database with the same keys."""
    chosen = settings or ctx.settings
    url = ctx.database.engine.url.render_as_string(hide_password=False)
    sections: dict[str, dict[str, Any]] = {"database": {"url": url}}
    for name in ("web", "office", "alerts", "twilio", "worker", "backups"):
        section = getattr(chosen, name)
        sections[name] = {key: _plain(getattr(section, key)) for key in type(section).model_fields}
    sections["keys"] = {"current": chosen.keys.current, "index": chosen.keys.index.get_secret_value()}
    sections["keys.ring"] = {str(number): key.get_secret_value() for number, key in chosen.keys.ring.items()}
    lines = [
        f"[{name}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items()) for name, values in sections.items()
    ]
    path.touch(0o600)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _plain(value: object) -> object:
    return value.get_secret_value() if hasattr(value, "get_secret_value") else value


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command of the program; it is ended by force where the test leaves it running."""
    command = [sys.executable, "-m", "tracker", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for a process; return its code and what it printed."""
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def kill(process: subprocess.Popen[str]) -> None:
    """End a process as a power cut would."""
    process.send_signal(signal.SIGKILL)
    process.communicate()


def wait_for(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until a condition holds.

    Raises:
        AssertionError: it did not in time.
    """
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "waited too long"
        sleep(0.02)
