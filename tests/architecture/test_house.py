"""The rules of the house that no linter knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("tracker/**/*.py"), *ROOT.glob("jobs/*.py"), *ROOT.glob("bench/*.py")])
BANNED_NAMES = {"utils", "helpers", "common", "manager", "misc", "base", "calendar", "statistics", "secrets", "csv"}
MAY_BE_NAMED_SO = {
    "tracker/cli/commands/calendar.py",
    "tracker/cli/commands/statistics.py",
    "tracker/web/pages/statistics.py",
    "bench/statistics.py",
}
"""A command and a page are called what people call them; nobody imports these modules by a bare name."""
LONGEST_MODULE = 350
LONGEST_TEST = 500
LONGEST_TEMPLATE = 150


def named(path: Path) -> str:
    """Return the path within the checkout."""
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[ast.Call]:
    """Yield every call in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def test_modules_stay_short() -> None:
    """No module, test or template outgrows what a person can hold in mind; migrations are as long as the schema."""
    limits = (
        (LONGEST_MODULE, [path for path in SOURCES if "migrations/versions" not in named(path)]),
        (LONGEST_TEST, sorted(ROOT.glob("tests/**/*.py"))),
        (LONGEST_TEMPLATE, sorted(ROOT.glob("templates/**/*.html"))),
    )
    too_long = [named(path) for limit, paths in limits for path in paths if len(path.read_text(encoding="utf-8").splitlines()) > limit]

    assert too_long == []


def test_files_are_named_in_the_terms_of_the_field() -> None:
    """No drawer for odds and ends, no name that hides a standard module."""
    assert [named(path) for path in SOURCES if path.stem in BANNED_NAMES and named(path) not in MAY_BE_NAMED_SO] == []


def test_packages_hold_a_docstring_only() -> None:
    """An ``__init__`` imports nothing, so importing one module never loads its neighbours."""
    talkative = [
        named(path) for path in SOURCES
        if path.name == "__init__.py" and [type(node) for node in ast.parse(path.read_text(encoding="utf-8")).body] != [ast.Expr]
    ]  # fmt: skip

    assert talkative == []


def test_only_the_engine_commits() -> None:
    """Transactions begin and end in one place."""
    committing = {
        named(path) for path in SOURCES for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback"}
    }  # fmt: skip

    assert committing <= {"tracker/web/accounts_store.py"}


def test_rows_are_made_with_validation() -> None:
    """A table class called directly skips every check of its fields."""
    tables = {
        node.name for path in ROOT.glob("tracker/storage/tables/*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and any(keyword.arg == "table" for keyword in node.keywords)
    }  # fmt: skip
    facts = {"tracker/storage/queries/facts.py"}
    direct = [
        f"{named(path)}: {call.func.id}" for path in SOURCES if named(path) not in facts and "tracker/domain" not in named(path)
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id in tables and "tracker.storage.tables" in path.read_text(encoding="utf-8")
    ]  # fmt: skip

    assert len(tables) > 20
    assert direct == []


@pytest.mark.parametrize("pattern", [r"\|\s*safe\b", r"\sstyle=", r"\son[a-z]+=\"", r"<script(?![^>]*\bsrc=)", r"autoescape\s+false"])
def test_templates_hold_nothing_that_a_strict_policy_refuses(pattern: str) -> None:
    """No unescaped value, no inline style, no inline script."""
    assert [named(path) for path in ROOT.glob("templates/**/*.html") if re.search(pattern, path.read_text(encoding="utf-8"))] == []


def test_every_script_and_style_carries_the_word_of_its_answer() -> None:
    """The policy takes nothing else, not even a file of ours: a page without the word would stand there bare."""
    tag = re.compile(r"<script[^>]*>|<style[^>]*>|<link[^>]*stylesheet[^>]*>|bootstrap\.load_(?:css|js)\(")
    bare = [
        f"{named(path)}: {found}"
        for path in ROOT.glob("templates/**/*.html")
        for found in tag.findall(path.read_text(encoding="utf-8"))
        if 'nonce="{{ csp_nonce() }}"' not in found
    ]

    assert bare == []


def test_nothing_is_left_to_do_later() -> None:
    """Neither code nor templates hold a note to oneself."""
    marks = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b")
    files = [*SOURCES, *ROOT.glob("templates/**/*")]

    assert [named(path) for path in files if path.is_file() and marks.search(path.read_text(encoding="utf-8"))] == []


def test_the_repository_names_no_package_registry() -> None:
    """Lock files and documents carry no download address."""
    hosts = re.compile(r"https?://[^\s\"]+/(simple|packages|files)\b")
    files = [
        *ROOT.glob("*.lock"),
        *ROOT.glob("*.md"),
        *ROOT.glob("*.toml"),
        *ROOT.glob("docs/**/*.md"),
        ROOT / "Makefile",
        ROOT / ".ci/run",
    ]

    assert [named(path) for path in files if hosts.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("document", ["SECURITY.md", "docs/threat-model.md"])
def test_what_is_said_to_protect_exists(document: str) -> None:
    """Every file that a document about safety points to is there."""
    text = (ROOT / document).read_text(encoding="utf-8")
    places = re.findall(r"`((?:tracker|tests|docs|jobs)/[^` ]+)`", text)

    assert len(places) > 10
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_each_module_has_its_test() -> None:
    """A module with behaviour has a test file of its own name, or is listed here with the test that covers it."""
    tests = {path.stem.removeprefix("test_") for path in ROOT.glob("tests/**/test_*.py")}
    elsewhere = set((ROOT / "tests/architecture/tested_elsewhere.txt").read_text(encoding="utf-8").split())
    with_behaviour = [
        path for path in SOURCES
        if "migrations" not in named(path) and "bench/" not in named(path)
        and any(isinstance(node, ast.FunctionDef) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    ]  # fmt: skip

    assert [named(path) for path in with_behaviour if path.stem.lstrip("_") not in tests and named(path) not in elsewhere] == []
