"""People who are taken on without a document: checked, and sealed from the first moment."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from tracker.domain.codes.people import Language, Role, SmsDetail
from tracker.domain.errors import InvalidInputError
from tracker.privacy.places import PERSON_NAME, PERSON_PHONE
from tracker.services import people
from tracker.services.context import Context
from tracker.storage.tables.people import Person, PersonIdentity

NAME, PHONE = "CANARY Đurđica", "064 123 4567"


def test_what_identifies_them_can_be_opened_with_the_keys_only(ctx: Context) -> None:
    """The number is kept in its international form; everything else is as the work needs it."""
    external_id = people.take_on(ctx, *people.fields(ctx, "SUPERVISOR", f" {NAME} ", PHONE, "sr-Cyrl"))
    with ctx.database.reading() as db:
        person = db.connection().execute(sa.select(col(Person.id), col(Person.role), col(Person.language), col(Person.sms_detail))).one()
        name, phone, email = db.connection().execute(
            sa.select(col(PersonIdentity.name_sealed), col(PersonIdentity.phone_sealed), col(PersonIdentity.email_sealed))
        ).one()  # fmt: skip

    assert phone is not None
    assert tuple(person)[1:] == (Role.SUPERVISOR, Language.SR_CYRL, SmsDetail.TIME)
    assert ctx.keys.open(PERSON_NAME, external_id, name) == NAME
    assert ctx.keys.open(PERSON_PHONE, external_id, phone) == "+381641234567"
    assert email is None


def test_their_name_stands_nowhere_in_the_file(sqlite_ctx: Context, tmp_path: Path) -> None:
    """Nor does their number."""
    people.take_on(sqlite_ctx, *people.fields(sqlite_ctx, "ADVOCATE", NAME, PHONE))
    sqlite_ctx.database.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("tracker.sqlite3*"))

    assert b"CANARY" not in stored
    assert b"641234567" not in stored


@pytest.mark.parametrize("phone", ["", "   "])
def test_a_phone_may_be_missing(sqlite_ctx: Context, phone: str) -> None:
    """Who needs no message needs no number."""
    about, identity = people.fields(sqlite_ctx, "ANALYST", NAME, phone)

    assert identity.phone is None
    assert about.language is None


@pytest.mark.parametrize(
    ("role", "name", "phone", "language", "place"),
    [
        ("JUDGE", NAME, "", None, "role"),
        ("ADVOCATE", " ", "", None, "name"),
        ("ADVOCATE", "x" * 5000, "", None, "name"),
        ("ADVOCATE", NAME, "064", None, "phone"),
        ("ADVOCATE", NAME, "011 333 4444", None, "phone"),
        ("ADVOCATE", NAME, "", "de", "language"),
    ],
)
def test_what_will_not_do_is_named_and_not_repeated(
    sqlite_ctx: Context, role: str, name: str, phone: str, language: str | None, place: str
) -> None:
    """The place and what was expected there."""
    with pytest.raises(InvalidInputError) as refused:
        people.fields(sqlite_ctx, role, name, phone, language)

    assert [problem.path for problem in refused.value.problems] == [place]
    assert "CANARY" not in str(refused.value)
    assert "333" not in str(refused.value)
