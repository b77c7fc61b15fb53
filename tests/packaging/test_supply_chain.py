"""What comes from elsewhere is known by its hash, listed, and from nowhere in particular."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==(?P<version>[^ ;\\]+)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
ADDRESS = re.compile(r"[a-z]+://|--(?:index-url|extra-index-url|find-links|trusted-host)|@ |\b(?:pypi|pythonhosted)\b")


def entries(lock: str) -> list[str]:
    """Return the entries of a lock file, each on one line."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def bill() -> bytes:
    """Make the bill of materials as ``make sbom`` does."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nsbom:")[2].partition("\n\n")[0]
    assert "cyclonedx_py requirements requirements.lock --output-reproducible" in recipe
    maker = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", "requirements.lock", "--output-reproducible"]
    made = subprocess.run(maker, cwd=ROOT, capture_output=True, check=True)
    return subprocess.run([sys.executable, ".ci/bare_bill.py"], cwd=ROOT, input=made.stdout, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def made() -> bytes:
    """The bill, made once."""
    return bill()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_pinned_with_its_hashes(lock: str) -> None:
    """One version each, with at least one hash; nothing is installed that is not exactly what was looked at."""
    found = entries(lock)
    loose = [entry[:60] for entry in found if not PIN.match(entry) or not HASH.search(entry)]

    assert len(found) > 50
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    """Where things come from is each office's own choice."""
    assert [entry[:60] for entry in entries(lock) if ADDRESS.search(entry)] == []


def test_what_runs_is_what_is_tested() -> None:
    """Both locks hold the same version of what is installed for running."""
    running, testing = ({found["name"]: found["version"] for entry in entries(lock) if (found := PIN.match(entry))} for lock in LOCKS)

    assert {name: version for name, version in running.items() if testing.get(name) != version} == {}


def test_the_install_asks_for_hashes() -> None:
    """Otherwise the lock would only be advice."""
    lines = [line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if ".lock" in line and "$(INSTALL)" in line]

    assert len(lines) == len(LOCKS)
    assert all("--require-hashes" in line for line in lines)


def test_the_bill_lists_what_is_installed_for_running(made: bytes) -> None:
    """Each entry of the lock once, with its version and its hashes."""
    listed: dict[str, Any] = json.loads(made)
    locked = Counter((found["name"], found["version"]) for entry in entries("requirements.lock") if (found := PIN.match(entry)))

    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert Counter((one["name"], one["version"]) for one in listed["components"]) == locked
    assert all(one["hashes"] and one["purl"].startswith("pkg:pypi/") for one in listed["components"])
    assert len({one["bom-ref"] for one in listed["components"]}) == len(listed["components"])
    assert {each["alg"] for one in listed["components"] for each in one["hashes"]} == {"SHA-256"}


def test_the_bill_tells_nothing_of_who_made_it(made: bytes) -> None:
    """No time, no machine, no address: the same lock gives the same bytes, which two offices can compare."""
    assert made == bill()
    assert not re.search(rb"https?://(?!cyclonedx\.org/schema)|timestamp|serialNumber|/home/|/work/", made)


def test_no_finding_of_the_checkers_is_waved_through_without_a_reason() -> None:
    """Each exception names its rule and says why."""
    sources = [*ROOT.glob("tracker/**/*.py"), *ROOT.glob("jobs/*.py")]
    lines = [line for path in sources for line in path.read_text(encoding="utf-8").splitlines() if "nosec" in line]

    assert lines
    assert [line.strip() for line in lines if not re.search(r"# nosec B\d{3}(, B\d{3})* # .*- \w+", line)] == []


@pytest.mark.parametrize("tool", ["bandit -q -c pyproject.toml -r tracker jobs", "vulture", "deptry ."])
def test_a_reviewer_runs_the_checkers(tool: str) -> None:
    """They are part of ``make check``, and that is part of continuous integration."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ncheck:")[2].partition("\n\n")[0]

    assert f".venv/bin/{tool}\n" in f"{recipe}\n"
    assert "make check\n" in (ROOT / ".ci/run").read_text(encoding="utf-8")
