"""A built wheel, installed alone into an empty environment, is the whole program."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ANSWER_WITHIN = 40.0


def uv() -> str:
    """Return the installer; without one, nothing can be said about an empty environment."""
    found = shutil.which("uv", path=f"{ROOT / '.tools/bin'}{os.pathsep}{os.environ.get('PATH', '')}")  # noqa: TID251 - the test's own tools
    if found is None:
        if os.environ.get("CI") == "true":  # noqa: TID251 - in CI nothing that matters may be skipped
            pytest.fail("the installer is needed in CI")
        pytest.skip("no installer at hand")
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    out = tmp_path_factory.mktemp("dist")
    build = [uv(), "build", "-q", "--wheel", "--no-build-isolation", "--python", sys.executable, "--out-dir", str(out), str(ROOT)]
    subprocess.run(build, check=True, cwd=out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of a new environment that holds the wheel and its locked dependencies, nothing else."""
    environment = tmp_path_factory.mktemp("empty") / "venv"
    subprocess.run([uv(), "venv", "-q", "--python", sys.executable, str(environment)], check=True)
    install = [uv(), "pip", "install", "-q", "--python", str(environment / "bin/python")]
    subprocess.run([*install, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)
    return environment / "bin"


def test_the_wheel_holds_the_program_and_nothing_else(wheel: Path) -> None:
    """Its top level is the two packages; templates travel inside, tests stay at home."""
    names = zipfile.ZipFile(wheel).namelist()

    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"tracker", "jobs"}
    assert "tracker/templates/base.html" in names
    assert "tracker/config.example.toml" in names
    assert not [name for name in names if "/tests/" in name]


def test_the_installed_program_serves_pages_and_runs_jobs(installed: Path, tmp_path: Path) -> None:
    """From nothing to a demo, a job and a sign-in page, far from the checkout."""
    tracker = str(installed / "tracker")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    subprocess.run([tracker, "init", "--demo"], check=True, cwd=tmp_path, capture_output=True)
    config = tmp_path / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("port = 8000", f"port = {port}"), encoding="utf-8")
    swept = subprocess.run([tracker, "job", "sweep", "--json"], check=True, cwd=tmp_path, capture_output=True, text=True)
    server = subprocess.Popen([tracker, "serve"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        page = fetched(f"http://127.0.0.1:{port}/login")
    finally:
        server.send_signal(signal.SIGTERM)
        code = server.wait(timeout=15)

    assert swept.stdout.lstrip().startswith("{")
    assert "<form" in page
    assert code == 0


def fetched(address: str) -> str:
    """Return a page as soon as the server answers."""
    deadline = time.monotonic() + ANSWER_WITHIN
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
