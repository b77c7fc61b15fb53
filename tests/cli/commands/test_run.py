"""The whole program in one command: pages and jobs, begun again after a crash, ended by Ctrl-C."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from tests.processes import configuration, finished, running, wait_for
from tracker.cli.commands.run import Part
from tracker.cli.program import program
from tracker.domain.errors import NotConfiguredError
from tracker.services.context import Context
from tracker.settings import WebSettings


@pytest.fixture
def port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def config_at(path: Path, ctx: Context, port: int) -> str:
    """A configuration whose pages are served at ``port``."""
    web = WebSettings(port=port, workers=1, secret_key=ctx.settings.web.secret_key, password_salt=ctx.settings.web.password_salt)
    return str(configuration(path, ctx, ctx.settings.model_copy(update={"web": web})))


def answers(port: int) -> bool:
    """Tell whether the pages are served."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return bool(page.status == 200)
    except (URLError, OSError):
        return False


def children(parent: int) -> set[int]:
    """The processes that a process began."""
    return {int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split()}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_pages_and_jobs_run_and_end_together(sqlite_ctx: Context, tmp_path: Path, port: int) -> None:
    """A part that crashes is begun again; Ctrl-C ends everything within seconds, with code 0."""
    config = config_at(tmp_path / "config.toml", sqlite_ctx, port)
    with running("run", "--config", config) as whole:
        wait_for(lambda: answers(port))
        before = children(whole.pid)
        os.kill(max(before), signal.SIGKILL)
        wait_for(lambda: len(children(whole.pid) - before) == 1)
        asked_at = monotonic()
        whole.send_signal(signal.SIGINT)
        code, out, err = finished(whole)

    assert code == 0, err
    assert monotonic() - asked_at < 25
    assert "ended with code -9" in err
    assert out.endswith("Stopped.\n")
    assert not answers(port)


@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_port_in_use_is_said_before_anything_starts(sqlite_ctx: Context, tmp_path: Path, command: str) -> None:
    """In one line."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        config = config_at(tmp_path / "config.toml", sqlite_ctx, taken.getsockname()[1])
        result = CliRunner().invoke(program, [command, "--config", config])

    assert isinstance(result.exception, NotConfiguredError)
    assert "address already in use" in str(result.exception)
    assert result.stdout == ""


@pytest.fixture
def part() -> Iterator[Part]:
    """A part whose process has just crashed."""
    with subprocess.Popen(["false"]) as process:  # noqa: S607 - found on the path of every system
        process.wait()
        yield Part(("serve",), "config.toml", process=process, begun_at=100.0)


def test_a_part_that_keeps_crashing_is_begun_later_each_time(part: Part) -> None:
    """From one second up to half a minute."""
    pauses = []
    crashed = part.process
    for _ in range(7):
        part.process = crashed
        part.again_at = float("inf")
        part.look_after(part.begun_at)
        pauses.append(part.pause)
        part.process = None

    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


def test_a_part_that_ran_steadily_is_begun_again_at_once(part: Part) -> None:
    """One crash in a day is no reason to wait."""
    part.pause = 30.0
    part.look_after(part.begun_at + 61)

    assert part.pause == 0.5
    assert part.process is None
