"""From settings to a running system."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tracker.bootstrap import SystemClock, build
from tracker.domain.errors import DatabaseNotReadyError, NotConfiguredError
from tracker.services.setup import prepare_database, write_configuration
from tracker.settings import Settings, load_settings


@pytest.fixture
def prepared(tmp_path: Path) -> Settings:
    """Settings of a new installation."""
    write_configuration(tmp_path / "config.toml", demo=False)
    return load_settings(tmp_path / "config.toml")


def test_the_clock_is_the_machines_own_and_aware() -> None:
    """It tells UTC, and it moves."""
    first, second = SystemClock().now(), SystemClock().now()

    assert first.utcoffset() == timedelta(0)
    assert first <= second


def test_as_of_stands_still(prepared: Settings) -> None:
    """Everything a command does happens at that instant."""
    prepare_database(prepared)
    at = datetime(2020, 2, 29, 7, 0, tzinfo=UTC)

    ctx = build(prepared, at)

    assert (ctx.now(), ctx.now()) == (at, at)
    assert ctx.actor.is_system
    ctx.database.close()


def test_an_empty_database_is_refused(prepared: Settings) -> None:
    """Nothing works on a database without tables, and people are told what makes them."""
    with pytest.raises(DatabaseNotReadyError, match="tracker init"):
        build(prepared)


def test_an_unknown_jurisdiction_is_refused(prepared: Settings) -> None:
    """Without a pack there are no thresholds, so nothing starts."""
    office = prepared.office.model_copy(update={"jurisdiction": "XX"})

    with pytest.raises(NotConfiguredError, match="XX"):
        build(prepared.model_copy(update={"office": office}))
