"""Reminders of upcoming hearings: each once, whenever the job runs."""

from datetime import date

import pytest

from tests import rows
from tests.office import FakeChannel, Office
from tracker.services.context import Context
from tracker.services.delivery import deliver
from tracker.services.reminding import PAGE, remind


@pytest.fixture
def office(sqlite_ctx: Context) -> Office:
    """An office on the embedded database, Monday 23 November 2026, 08:00."""
    return Office.open(sqlite_ctx)


@pytest.fixture
def anywhere(ctx: Context) -> Office:
    """The same on each kind of database, for what depends on it."""
    return Office.open(ctx)


def leads(office: Office) -> list[str]:
    """What is in the outbox, by the start of its text."""
    return [f"{line.kind}/{line.state}" for line in office.messages()]


@pytest.mark.parametrize(
    ("minute", "queued"),
    [
        ((2026, 12, 6, 9, 29), 0),
        ((2026, 12, 6, 9, 30), 1),
        ((2026, 12, 6, 9, 31), 1),
        ((2026, 12, 20, 9, 29), 1),
        ((2026, 12, 20, 9, 30), 0),
    ],
)
def test_a_window_is_open_from_its_first_minute_until_the_hearing(office: Office, minute: tuple[int, ...], queued: int) -> None:
    """Fourteen days ahead, at the hearing's time of day, until it starts."""
    office.person()
    office.hearing(2026, 12, 20, 9, 30)

    assert remind(office.at(*minute).ctx)["queued"] == queued


def test_twice_is_once(anywhere: Office) -> None:
    """Running the job again changes nothing."""
    anywhere.person()
    anywhere.hearing(2026, 11, 24, 9, 30)

    assert remind(anywhere.at(2026, 11, 23, 10, 0).ctx)["queued"] == 1
    assert remind(anywhere.at(2026, 11, 23, 10, 0).ctx)["queued"] == 0
    assert remind(anywhere.at(2026, 11, 23, 11, 0).ctx)["queued"] == 0


def test_a_missed_night_is_caught_up_with_the_nearest_reminder_only(office: Office) -> None:
    """After days of downtime one message comes, not three."""
    office.person()
    office.hearing(2026, 11, 24, 9, 30)
    later = office.at(2026, 11, 23, 15, 0)

    assert remind(later.ctx)["queued"] == 1
    (line,) = later.messages()
    assert line.needs_ack
    assert line.body is not None
    assert line.body.startswith("Hearing Tue 24 Nov 09:30. Code ")


def test_a_nearer_reminder_cancels_a_farther_one_that_still_waits(anywhere: Office) -> None:
    """Nobody gets two reminders in one minute."""
    anywhere.person()
    anywhere.hearing(2026, 11, 26, 21, 0)
    remind(anywhere.at(2026, 11, 23, 20, 30).ctx)
    counts = remind(anywhere.at(2026, 11, 23, 21, 0).ctx)

    assert counts == {"hearings": 1, "queued": 1, "superseded": 1}
    assert leads(anywhere) == ["hearing-ahead/cancelled", "hearing-ahead/queued"]


def test_two_people_on_one_case_each_get_theirs(office: Office) -> None:
    """The recipient is part of the key."""
    office.person(external_id="A")
    office.person(external_id="B", assigned="LAWYER")
    office.hearing(2026, 11, 24, 9, 30)
    remind(office.at(2026, 11, 23, 10, 0).ctx)

    assert sorted(line.recipient for line in office.messages()) == ["A", "B"]


def test_only_who_is_assigned_on_that_day_is_told(anywhere: Office) -> None:
    """Both ends of an assignment are included; others hear nothing."""
    anywhere.person(external_id="STRANGER", assigned=None)
    for name, dates in {
        "TODAY": {"from_on": date(2026, 11, 23), "to_on": date(2026, 11, 23)},
        "OVER": {"to_on": date(2026, 11, 22)},
        "NOT-YET": {"from_on": date(2026, 11, 24)},
    }.items():
        person = anywhere.person(external_id=name, assigned=None)
        with anywhere.ctx.database.writing() as db:
            rows.assignment(db, anywhere.proceeding, person, **dates)
    anywhere.hearing(2026, 11, 24, 9, 30)
    remind(anywhere.at(2026, 11, 23, 10, 0).ctx)

    assert [line.recipient for line in anywhere.messages()] == ["TODAY"]


@pytest.mark.parametrize("values", [{"outcome": "HELD"}, {"outcome": "CANCELLED"}])
def test_a_hearing_with_an_outcome_reminds_nobody(office: Office, values: dict[str, str]) -> None:
    """Whatever the outcome says."""
    office.person()
    office.hearing(2026, 11, 24, 9, 30, **values)

    assert remind(office.at(2026, 11, 23, 10, 0).ctx)["queued"] == 0


def test_a_reminder_due_at_night_waits_for_the_morning(office: Office) -> None:
    """Put in at once, due at eight."""
    office.person()
    office.hearing(2026, 11, 24, 9, 30)
    night = office.at(2026, 11, 23, 23, 0)
    remind(night.ctx)
    channel = FakeChannel()
    deliver(night.ctx, night.ways(channel))
    deliver(office.at(2026, 11, 24, 7, 59).ctx, office.ways(channel))
    before = len(channel.sent)
    deliver(office.at(2026, 11, 24, 8, 0).ctx, office.ways(channel))

    assert (before, len(channel.sent)) == (0, 1)


def test_more_hearings_than_one_page(office: Office) -> None:
    """Every page is visited, also where many start at the same minute."""
    office.person()
    for _ in range(PAGE + 3):
        office.hearing(2026, 11, 24, 9, 30)

    assert remind(office.at(2026, 11, 23, 10, 0).ctx)["queued"] == PAGE + 3
