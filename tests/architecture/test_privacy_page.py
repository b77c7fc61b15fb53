"""What docs/privacy.md says is kept is what the database keeps, and for as long as the pack says."""

import re
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from tracker.domain.retention import RetentionRules
from tracker.formats.pack_toml import load_pack
from tracker.settings import BackupSettings
from tracker.storage.sealed_columns import sealed_columns
from tracker.storage.tables.catalogue import METADATA

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
NAMES = re.compile(r"`([a-z_]+)`")


def kept() -> list[tuple[list[str], list[str]]]:
    """Return the lines of the tables about the database: the names of tables, and of their sealed columns."""
    _, *sections = re.split(r"^\| table \| what \| sealed \| seen by \| goes \|\n\|[-|]+\|\n", TEXT, flags=re.MULTILINE)
    lines = [line.strip("|\n").split(" | ") for section in sections for line in section.split("\n\n")[0].splitlines()]
    assert {len(line) for line in lines} == {5}
    return [(NAMES.findall(tables), NAMES.findall(sealed)) for tables, _, sealed, _, _ in lines]


def test_every_table_has_one_place() -> None:
    """A table that nobody thought about would be kept for ever, unseen."""
    named = Counter(name for tables, _ in kept() for name in tables)

    assert sorted(named) == sorted(METADATA.tables)
    assert set(named.values()) == {1}


def test_every_sealed_column_is_told_with_its_table() -> None:
    """What is not named there as sealed lies open, and the reader must be able to rely on it."""
    register = {column.place for column in sealed_columns()}
    told = [(tables, column) for tables, sealed in kept() for column in sealed]
    found = [f"{table}.{column}" for tables, column in told for table in tables if column in METADATA.tables[table].c]

    assert sorted(found) == sorted(register)
    assert len(found) == len(told)


def test_every_period_is_the_packs() -> None:
    """Each is told once with its name, and the number is the one by which the job goes."""
    told = re.findall(r"(\d+) (?:days|years) \(`(\w+)`\)", TEXT)
    periods: dict[str, int] = asdict(load_pack("RS").retention)

    assert sorted((name, int(number)) for number, name in told) == sorted(periods.items())
    assert set(periods) == set(RetentionRules.__dataclass_fields__)


def test_backups_are_kept_as_long_as_is_said() -> None:
    """With the settings as shipped."""
    assert f"{BackupSettings().longest_days} days with the settings as shipped" in TEXT


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+\.md)", TEXT))))
def test_its_links_lead_somewhere(link: str) -> None:
    """A reader who is no programmer must not end at nothing."""
    assert (ROOT / "docs" / link).exists()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`tracker (\w+)", TEXT))))
def test_its_commands_exist(command: str) -> None:
    """What somebody is told to run when a person asks for her rights is there."""
    assert (ROOT / "tracker/cli/commands" / f"{command}.py").exists()
