"""One person's private calendar: what it shows, to whom, and that it says nothing else."""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import sqlalchemy as sa
from sqlmodel import Session

from tests import rows
from tracker.domain.codes.people import Role
from tracker.domain.errors import ForbiddenError, NotFoundError
from tracker.services.context import Actor, Context
from tracker.services.feeds import feed, made_at, new_token, person_by_external_id, revoke_token
from tracker.storage.tables.feeds import FeedToken
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.people import Person
from tracker.storage.tables.proceedings import Assignment

TODAY = date(2026, 11, 23)
TOMORROW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
CANARY = "CANARY"


@pytest.fixture
def desk(ctx: Context) -> dict[str, int]:
    """An advocate put on one proceeding of one court."""
    with ctx.database.writing() as db:
        court = rows.court(db, name="Higher Court; Belgrade", external_id=f"{CANARY}-court")
        person = rows.person(db, external_id=f"{CANARY}-person")
        proceeding = rows.proceeding(db, court, external_id=f"{CANARY}-proceeding", ref=f"{CANARY}ref")
        rows.victim(db, proceeding, external_id=f"{CANARY}-victim")
        rows.assignment(db, proceeding, person)
    return {"court": court, "person": person, "proceeding": proceeding}


def write(ctx: Context, change: Callable[[Session], object]) -> None:
    """Do ``change`` in a transaction of its own."""
    with ctx.database.writing() as db:
        change(db)


def put(ctx: Context, desk: dict[str, int], starts_at: datetime = TOMORROW, **values: Any) -> None:  # noqa: ANN401
    """Add a hearing of the advocate's proceeding."""
    write(ctx, lambda db: rows.hearing(db, desk["proceeding"], starts_at, **{"external_id": f"{CANARY}-{starts_at:%d%H%M}", **values}))


def fetched(ctx: Context, desk: dict[str, int]) -> list[Any]:
    """Return the events of the advocate's calendar."""
    return list(icalendar.Calendar.from_ical(feed(ctx, new_token(ctx, desk["person"])).body).walk("VEVENT"))


def test_upcoming_hearing_is_shown_without_content(ctx: Context, desk: dict[str, int]) -> None:
    """Its time, the word "Hearing", and nothing that points at a case."""
    put(ctx, desk, calendar_uid="u1", calendar_sequence=2)
    (event,) = fetched(ctx, desk)
    assert (event["uid"], event["sequence"], event["summary"], event["status"]) == ("u1", 2, "Hearing", "CONFIRMED")
    assert event.decoded("dtstart").astimezone(UTC) == TOMORROW
    assert "location" not in event
    assert "description" not in event


@pytest.mark.parametrize(
    ("detail", "language", "title", "location"),
    [
        ("CODE", "en", "Item", None),
        ("TIME", "en", "Hearing", None),
        ("PLACE", "en", "Hearing", "Higher Court; Belgrade, room 12"),
        ("CODE", "sr-Latn", "Stavka", None),
        ("TIME", "sr-Cyrl", "Рочиште", None),
        ("PLACE", "sr-Latn", "Ročište", "Higher Court; Belgrade, room 12"),
        ("TIME", None, "Hearing", None),
    ],
)
def test_calendar_says_as_much_as_its_owner_asked_for(
    ctx: Context, desk: dict[str, int], detail: str, language: str | None, title: str, location: str | None
) -> None:
    """In the owner's language and script."""
    write(ctx, lambda db: db.connection().execute(sa.update(Person).values(sms_detail=detail, language=language)))
    put(ctx, desk, room="room 12")
    (event,) = fetched(ctx, desk)
    assert (str(event["summary"]), event.get("location")) == (title, location)


def test_place_is_the_hearings_own_court_where_it_has_one(ctx: Context, desk: dict[str, int]) -> None:
    """A hearing abroad is in that court's zone."""
    with ctx.database.writing() as db:
        other = rows.court(db, name="Elsewhere", timezone="Europe/London")
        db.connection().execute(sa.update(Person).values(sms_detail="PLACE"))
    put(ctx, desk, court_id=other)
    (event,) = fetched(ctx, desk)
    assert event["location"] == "Elsewhere"
    assert event["dtstart"].params["TZID"] == "Europe/London"


@pytest.mark.parametrize(
    ("starts_at", "time_known", "shown"),
    [
        (NOW + timedelta(minutes=1), True, True),
        (NOW - timedelta(hours=1), True, True),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), False, True),
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), True, False),
        (NOW - timedelta(days=2), True, False),
    ],
)
def test_hearing_leaves_the_calendar_when_its_day_is_over(
    ctx: Context, desk: dict[str, int], starts_at: datetime, *, time_known: bool, shown: bool
) -> None:
    """Not while somebody sits in it; the day is the court's."""
    put(ctx, desk, starts_at, time_known=time_known)
    assert len(fetched(ctx, desk)) == shown


def test_hearing_with_an_outcome_is_no_longer_ahead(ctx: Context, desk: dict[str, int]) -> None:
    """It took place, or did not, on the day."""
    for hours, outcome in enumerate(["HELD", "HELD_PARTLY", "RECESSED", "POSTPONED_ON_DAY", "UNKNOWN"]):
        put(ctx, desk, TOMORROW + timedelta(hours=hours), outcome=outcome, changed_at=NOW)
    assert fetched(ctx, desk) == []


@pytest.mark.parametrize("outcome", ["CANCELLED", "POSTPONED_IN_ADVANCE"])
@pytest.mark.parametrize(("days_ago", "shown"), [(0, True), (30, True), (31, False)])
def test_called_off_hearing_is_kept_cancelled_for_thirty_days(
    ctx: Context, desk: dict[str, int], outcome: str, days_ago: int, *, shown: bool
) -> None:
    """So that it disappears from calendars that come by rarely."""
    put(ctx, desk, outcome=outcome, changed_at=NOW - timedelta(days=days_ago))
    assert [event["status"] for event in fetched(ctx, desk)] == ["CANCELLED"] * shown


def test_old_cancellations_of_an_import_are_not_shown(ctx: Context, desk: dict[str, int]) -> None:
    """A hearing of years ago that was entered today as cancelled was never ahead of anybody."""
    put(ctx, desk, NOW - timedelta(days=900), outcome="CANCELLED", changed_at=NOW)
    assert fetched(ctx, desk) == []


def test_moved_hearing_is_one_event_with_a_higher_sequence(ctx: Context, desk: dict[str, int]) -> None:
    """The same UID at the new time; the old date is gone."""
    with ctx.database.writing() as db:
        new = rows.hearing(db, desk["proceeding"], TOMORROW + timedelta(days=7), calendar_uid="chain", calendar_sequence=1)
        rows.hearing(db, desk["proceeding"], TOMORROW, calendar_uid="chain", superseded_by_id=new)
    (event,) = fetched(ctx, desk)
    assert (event["uid"], event["sequence"]) == ("chain", 1)
    assert event.decoded("dtstart").astimezone(UTC) == TOMORROW + timedelta(days=7)


def test_two_dates_of_one_chain_show_the_newer_revision(ctx: Context, desk: dict[str, int]) -> None:
    """A calendar never holds one UID twice."""
    put(ctx, desk, TOMORROW, calendar_uid="chain", calendar_sequence=1)
    put(ctx, desk, TOMORROW + timedelta(hours=1), calendar_uid="chain", calendar_sequence=0)
    (event,) = fetched(ctx, desk)
    assert event["sequence"] == 1


def test_whole_day_hearing(ctx: Context, desk: dict[str, int]) -> None:
    """Only the day is known: a DATE at the court, not midnight somewhere."""
    put(ctx, desk, datetime(2027, 7, 14, 22, 0, tzinfo=UTC), time_known=False)
    assert fetched(ctx, desk)[0].decoded("dtstart") == date(2027, 7, 15)


@pytest.mark.parametrize(
    ("from_on", "to_on", "shown"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + timedelta(1), None, False),
        (None, TODAY - timedelta(1), False),
    ],
)
def test_only_proceedings_of_today_are_shown(
    ctx: Context, desk: dict[str, int], from_on: date | None, to_on: date | None, *, shown: bool
) -> None:
    """Who is taken off a proceeding loses its dates, who is put on it gets them."""
    write(ctx, lambda db: db.connection().execute(sa.update(Assignment).values(from_on=from_on, to_on=to_on)))
    put(ctx, desk)
    assert len(fetched(ctx, desk)) == shown


def test_double_assignment_shows_a_hearing_once(ctx: Context, desk: dict[str, int]) -> None:
    """Advocate and supervisor of the same proceeding."""
    write(ctx, lambda db: rows.assignment(db, desk["proceeding"], desk["person"], assigned_as="SUPERVISOR"))
    put(ctx, desk)
    assert len(fetched(ctx, desk)) == 1


def test_only_those_who_work_on_cases_have_dates(ctx: Context, desk: dict[str, int]) -> None:
    """An analyst's calendar is empty even if somebody put the analyst on a case."""
    put(ctx, desk)
    with_dates = set()
    for role in Role:
        with ctx.database.writing() as db:
            db.connection().execute(sa.update(Person).values(role=role))
        if fetched(ctx, desk):
            with_dates.add(role)
    assert with_dates == {Role.ADVOCATE, Role.LAWYER, Role.SUPERVISOR}


def test_feed_is_stable_and_its_etag_follows_its_content(ctx: Context, desk: dict[str, int]) -> None:
    """The same bytes an hour later; another etag after a change."""
    put(ctx, desk)
    token = new_token(ctx, desk["person"])
    first = feed(ctx, token)
    assert feed(ctx.at(ctx.now() + timedelta(hours=1)), token) == first
    write(ctx, lambda db: db.connection().execute(sa.update(Hearing).values(changed_at=NOW)))
    assert feed(ctx, token).etag != first.etag
    assert first.etag == f'"{hashlib.sha256(first.body).hexdigest()[:32]}"'


def test_nothing_secret_is_in_the_bytes(ctx: Context, desk: dict[str, int]) -> None:
    """No external id, no reference, whatever the level of detail."""
    write(ctx, lambda db: db.connection().execute(sa.update(Person).values(sms_detail="PLACE")))
    put(ctx, desk, room="12", panel_key=f"{CANARY}-panel")
    put(ctx, desk, TOMORROW + timedelta(days=1), outcome="CANCELLED", changed_at=NOW)
    assert CANARY.encode() not in feed(ctx, new_token(ctx, desk["person"])).body


def test_only_a_hash_of_the_token_is_kept(ctx: Context, desk: dict[str, int]) -> None:
    """Whoever copies the database cannot open a calendar."""
    token = new_token(ctx, desk["person"])
    with ctx.database.reading() as db:
        kept = db.connection().execute(sa.select(sa.inspect(FeedToken).local_table)).mappings().one()
    assert kept["token_hash"] == hashlib.sha256(token.encode()).digest()
    assert token not in str(dict(kept))
    assert len(token) >= 43


def test_new_address_closes_the_old_one(ctx: Context, desk: dict[str, int]) -> None:
    """One address a person; the new one works."""
    old, new = new_token(ctx, desk["person"]), new_token(ctx, desk["person"])
    assert feed(ctx, new).body.startswith(b"BEGIN:VCALENDAR")
    with pytest.raises(NotFoundError):
        feed(ctx, old)


def test_revoked_unknown_and_disabled_look_the_same(ctx: Context, desk: dict[str, int]) -> None:
    """The same error with the same words."""
    token = new_token(ctx, desk["person"])
    assert made_at(ctx, desk["person"]) == ctx.now()
    assert revoke_token(ctx, desk["person"]) == 1
    assert revoke_token(ctx, desk["person"]) == 0
    assert made_at(ctx, desk["person"]) is None
    disabled = new_token(ctx, desk["person"])
    write(ctx, lambda db: rows.account(db, desk["person"], active=False))
    told = set()
    for wrong in (token, disabled, "no-such-token", "", "\udcff"):
        with pytest.raises(NotFoundError) as refused:
            feed(ctx, wrong)
        told.add((type(refused.value), str(refused.value)))
    assert len(told) == 1


def test_fetching_is_noted_once_a_day(ctx: Context, desk: dict[str, int]) -> None:
    """Calendar programs come by every hour; not each of them is worth a write."""
    token = new_token(ctx, desk["person"])
    noted = []
    for hours in (0, 1, 23, 24):
        feed(ctx.at(ctx.now() + timedelta(hours=hours)), token)
        with ctx.database.reading() as db:
            noted.append(db.connection().execute(sa.select(sa.inspect(FeedToken).local_table.c.last_fetched_at)).scalar_one())
    assert [at - noted[0] for at in noted] == [timedelta(0), timedelta(0), timedelta(0), timedelta(hours=24)]


def test_nobody_makes_anothers_address(ctx: Context, desk: dict[str, int]) -> None:
    """Not even an administrator, who may close it."""
    owner = ctx.acting_as(Actor(desk["person"], Role.ADVOCATE))
    token = new_token(owner, desk["person"])
    for actor in (Actor(desk["person"] + 1, Role.ADVOCATE), Actor(desk["person"] + 1, Role.ADMIN)):
        with pytest.raises(ForbiddenError):
            new_token(ctx.acting_as(actor), desk["person"])
    with pytest.raises(ForbiddenError):
        revoke_token(ctx.acting_as(Actor(desk["person"] + 1, Role.ADVOCATE)), desk["person"])
    feed(ctx, token)
    assert revoke_token(ctx.acting_as(Actor(desk["person"] + 1, Role.ADMIN)), desk["person"]) == 1


def test_unknown_person_has_no_address(ctx: Context, desk: dict[str, int]) -> None:
    """Neither by id nor by external id."""
    assert person_by_external_id(ctx, f"{CANARY}-person") == desk["person"]
    with pytest.raises(NotFoundError):
        person_by_external_id(ctx, "nobody")
    with pytest.raises(NotFoundError):
        new_token(ctx, desk["person"] + 1000)
