"""Column types mean the same everywhere."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError, StatementError

from tracker.domain.codes.shared import Precision
from tracker.schemas.columns import text_enum
from tracker.schemas.hearing import HearingFields
from tracker.storage.engine import Database
from tracker.storage.tables.courts import Court


def test_codes_are_stored_by_value() -> None:
    """Renaming a member of a code list must not change what is in the database."""
    assert text_enum(Precision, "precision").enums == ["DAY", "MONTH", "YEAR"]


def test_an_instant_is_kept_in_utc() -> None:
    """Ten o'clock two hours east of Greenwich is eight o'clock."""
    fields = HearingFields.model_validate({"starts_at": datetime(2026, 7, 1, 10, tzinfo=timezone(timedelta(hours=2)))})

    assert fields.starts_at == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert fields.starts_at.utcoffset() == timedelta(0)


def test_an_instant_without_offset_is_refused() -> None:
    """Nobody knows which hour it means."""
    with pytest.raises(ValidationError, match="needs a UTC offset"):
        HearingFields.model_validate({"starts_at": datetime(2026, 7, 1, 10)})  # noqa: DTZ001 - the mistake under test


def test_the_database_refuses_unknown_codes(database: Database) -> None:
    """Even what goes around every validation meets the CHECK of the column."""
    values = {"external_id": "c", "name": "x", "name_folded": "x", "timezone": "UTC", "is_external_id_generated": False, "level": "LOWEST"}
    statement = sa.text(f"INSERT INTO court ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})")  # noqa: S608 - our own names

    with pytest.raises(IntegrityError), database.writing() as session:
        session.connection().execute(statement, values)


def test_the_program_refuses_unknown_codes_before_that(sqlite_database: Database) -> None:
    """A row made with a wrong code does not reach the database."""
    values = {"external_id": "c", "name": "x", "name_folded": "x", "level": "LOWEST"}

    with pytest.raises((ValidationError, StatementError)), sqlite_database.writing() as session:
        session.add(Court.model_validate(values))
