"""Tokens and hearings of a calendar, as the database finds them."""

from datetime import UTC, date, datetime, timedelta

from tests import rows
from tracker.storage.engine import Database
from tracker.storage.queries.feeds import (
    add_token,
    created_at,
    has_person,
    hearings_of,
    mark_fetched,
    owner_of,
    person_id_of,
    revoke_tokens,
)

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
HASH = b"\x01" * 32


def test_life_of_a_token(database: Database) -> None:
    """Made, found with its owner, fetched, revoked, gone."""
    with database.writing() as db:
        person = rows.person(db, external_id="ana", language="sr-Cyrl", sms_detail="PLACE")
        rows.account(db, person)
        add_token(db, person, HASH, NOW)
    with database.writing() as db:
        owner = owner_of(db, HASH)
        assert owner is not None
        assert (owner.person_id, owner.role, owner.language, owner.sms_detail, owner.last_fetched_at) == (
            person,
            "ADVOCATE",
            "sr-Cyrl",
            "PLACE",
            None,
        )
        assert created_at(db, person) == NOW
        mark_fetched(db, owner.token_id, NOW)
    with database.writing() as db:
        owner = owner_of(db, HASH)
        assert owner is not None
        assert owner.last_fetched_at == NOW
        assert owner_of(db, b"\x02" * 32) is None
        assert revoke_tokens(db, person, NOW) == 1
        assert revoke_tokens(db, person, NOW) == 0
        assert owner_of(db, HASH) is None
        assert created_at(db, person) is None


def test_people_are_found_by_either_id(database: Database) -> None:
    """Or not at all."""
    with database.writing() as db:
        person = rows.person(db, external_id="ana")
    with database.reading() as db:
        assert person_id_of(db, "ana") == person
        assert person_id_of(db, "nobody") is None
        assert has_person(db, person)
        assert not has_person(db, person + 1)


def test_hearings_come_with_their_courts_place_and_zone_in_order(database: Database) -> None:
    """The hearing's own court, else the proceeding's; ordered by time, then uid."""
    with database.writing() as db:
        home, away = rows.court(db, name="Home"), rows.court(db, name="Away", timezone="Europe/London")
        person, proceeding = rows.person(db), rows.proceeding(db, home)
        rows.assignment(db, proceeding, person)
        rows.hearing(db, proceeding, NOW + timedelta(days=2), calendar_uid="c", room="12", minutes_expected=30)
        rows.hearing(db, proceeding, NOW, calendar_uid="b", court_id=away)
        rows.hearing(db, proceeding, NOW, calendar_uid="a")
        rows.hearing(db, proceeding, NOW - timedelta(seconds=1), calendar_uid="too early")
        rows.hearing(db, rows.proceeding(db, home), NOW, calendar_uid="not mine")
    with database.reading() as db:
        found = hearings_of(db, person, TODAY, since=NOW, changed_since=NOW)
    assert [(hearing.calendar_uid, hearing.court, hearing.timezone, hearing.room) for hearing in found] == [
        ("a", "Home", "Europe/Belgrade", None), ("b", "Away", "Europe/London", None), ("c", "Home", "Europe/Belgrade", "12"),
    ]  # fmt: skip
    assert found[0].starts_at == NOW
    assert found[2].minutes_expected == 30
