"""What a change tells people: moves, cancellations, outcomes, flags."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests import rows
from tests.office import FakeChannel, Office
from tracker.domain.codes.people import AssignedAs
from tracker.services.alerting import HearingChange, RaisedFlag, flags_closed, flags_raised, hearing_changed
from tracker.services.context import Context
from tracker.services.delivery import deliver
from tracker.services.reminding import remind
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.proceedings import Assignment


@pytest.fixture
def office(sqlite_ctx: Context) -> Office:
    """An office on the embedded database, Monday 23 November 2026, 10:00, with one advocate."""
    return staffed(sqlite_ctx)


@pytest.fixture
def anywhere(ctx: Context) -> Office:
    """The same on each kind of database, for what depends on it."""
    return staffed(ctx)


def staffed(ctx: Context) -> Office:
    """Open an office with one advocate."""
    office = Office.open(ctx).at(2026, 11, 23, 10, 0)
    office.person(external_id="A")
    return office


def told(office: Office) -> Office:
    """The same office after everything due was reminded of and sent."""
    remind(office.ctx)
    deliver(office.ctx, office.ways(FakeChannel()))
    return office


def test_a_move_after_the_reminder_is_told_at_once(office: Office) -> None:
    """The new date, to be acknowledged."""
    hearing = office.hearing(2026, 11, 24, 9, 30)
    told(office).move(hearing, 2026, 12, 8, 11, 0)
    moved = office.messages()[-1]

    assert office.states() == [("hearing-ahead", "sent"), ("hearing-moved", "queued")]
    assert moved.needs_ack
    assert moved.body is not None
    assert moved.body.startswith("Hearing moved, now Tue 8 Dec 11:00.")


def test_a_move_before_the_reminder_left_withdraws_it(anywhere: Office) -> None:
    """Nobody hears of the old date any more."""
    hearing = anywhere.hearing(2026, 11, 24, 9, 30)
    remind(anywhere.ctx)
    anywhere.move(hearing, 2026, 11, 25, 9, 30)
    channel = FakeChannel()
    deliver(anywhere.ctx, anywhere.ways(channel))

    assert anywhere.states() == [("hearing-ahead", "cancelled"), ("hearing-moved", "sent")]
    assert [notice.body[:33] for notice in channel.sent] == ["Hearing moved, now Wed 25 Nov 09:"]


def test_a_move_to_earlier_than_the_lead_reminds_of_the_new_date(office: Office) -> None:
    """A hearing far away is suddenly tomorrow."""
    hearing = office.hearing(2027, 3, 24, 9, 30)
    assert remind(office.ctx)["queued"] == 0
    office.move(hearing, 2026, 11, 24, 9, 30)
    remind(office.ctx)

    assert office.states() == [("hearing-moved", "queued"), ("hearing-ahead", "queued")]


def test_a_second_move_withdraws_the_news_of_the_first(office: Office) -> None:
    """Only the last date is told."""
    hearing = office.hearing(2026, 11, 24, 9, 30)
    office.move(hearing, 2026, 11, 25, 9, 30)
    office.move(hearing, 2026, 11, 26, 9, 30)

    assert office.states() == [("hearing-moved", "cancelled"), ("hearing-moved", "queued")]


def test_telling_of_the_same_move_twice_is_once(office: Office) -> None:
    """Two writers that report one change do not double its news."""
    hearing = office.hearing(2026, 11, 24, 9, 30)
    office.move(hearing, 2026, 11, 25, 9, 30)
    with office.ctx.database.writing() as db:
        hearing_changed(db, office.ctx, HearingChange(hearing, "moved", old_version=1))

    assert office.states() == [("hearing-moved", "queued")]


def test_a_superseded_hearing_tells_of_its_successor(office: Office) -> None:
    """As court calendars move hearings: a new row."""
    hearing = office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)
    office.supersede(hearing, 2026, 12, 1, 9, 30)
    remind(office.ctx)

    assert office.states() == [("hearing-ahead", "cancelled"), ("hearing-moved", "queued"), ("hearing-ahead", "queued")]


def test_who_was_told_of_an_old_date_is_told_of_the_new_one(anywhere: Office) -> None:
    """Even where they are no longer on the case, and over several moves; who was never told hears nothing."""
    anywhere.person(external_id="NEVER", assigned=None)
    hearing = anywhere.hearing(2026, 11, 24, 9, 30)
    told(anywhere)
    with anywhere.ctx.database.writing() as db:
        db.connection().execute(sa.delete(Assignment))
    second = anywhere.supersede(hearing, 2026, 12, 1, 9, 30)
    anywhere.supersede(second, 2026, 12, 2, 9, 30)

    assert [(line.kind.value, line.recipient, line.state.value) for line in anywhere.messages()] == [
        ("hearing-ahead", "A", "sent"),
        ("hearing-moved", "A", "cancelled"),
        ("hearing-moved", "A", "queued"),
    ]


@pytest.mark.parametrize("outcome", ["CANCELLED", "POSTPONED_IN_ADVANCE"])
def test_a_hearing_called_off_is_told_at_once(anywhere: Office, outcome: str) -> None:
    """And its reminder withdrawn."""
    hearing = anywhere.hearing(2026, 11, 24, 9, 30)
    remind(anywhere.ctx)
    anywhere.settle(hearing, outcome)

    assert anywhere.states() == [("hearing-ahead", "cancelled"), ("hearing-cancelled", "queued")]


@pytest.mark.parametrize("outcome", ["HELD", "POSTPONED_ON_DAY"])
def test_an_outcome_withdraws_what_was_not_sent(office: Office, outcome: str) -> None:
    """And tells nothing."""
    hearing = office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)
    office.settle(hearing, outcome)

    assert office.states() == [("hearing-ahead", "cancelled")]


def test_what_lies_behind_us_alerts_nobody(office: Office) -> None:
    """Corrections of the past are no news."""
    hearing = office.hearing(2026, 11, 20, 9, 30)
    office.settle(hearing, "CANCELLED")
    other = office.hearing(2026, 11, 19, 9, 30)
    office.move(other, 2026, 11, 18, 9, 30)
    third = office.hearing(2026, 11, 17, 9, 30)
    office.supersede(third, 2026, 12, 17, 9, 30)

    assert office.states() == []


def test_an_outcome_entered_by_mistake_and_taken_back(anywhere: Office) -> None:
    """The reminder comes again: what was withdrawn was never sent."""
    hearing = anywhere.hearing(2026, 11, 24, 9, 30)
    remind(anywhere.ctx)
    anywhere.settle(hearing, "HELD")
    anywhere.settle(hearing, None)
    remind(anywhere.ctx)

    assert anywhere.states() == [("hearing-ahead", "cancelled"), ("hearing-ahead", "queued")]


def test_a_hearing_that_takes_place_after_all(office: Office) -> None:
    """Whoever was told that it was called off is told; who was not yet, hears of neither."""
    hearing = office.hearing(2026, 12, 24, 9, 30)
    office.settle(hearing, "CANCELLED")
    deliver(office.ctx, office.ways(FakeChannel()))
    office.settle(hearing, None)
    other = office.hearing(2026, 12, 23, 9, 30)
    office.settle(other, "CANCELLED")
    office.settle(other, None)

    assert office.states() == [("hearing-cancelled", "sent"), ("hearing-moved", "queued"), ("hearing-cancelled", "cancelled")]


def test_a_change_whose_transaction_fails_tells_nobody(anywhere: Office) -> None:
    """News and cause are one."""
    hearing = anywhere.hearing(2026, 11, 24, 9, 30)

    def broken_writer() -> None:
        with anywhere.ctx.database.writing() as db:
            hearing_changed(db, anywhere.ctx, HearingChange(hearing, "cancelled"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_writer()

    assert anywhere.states() == []


def flag(office: Office, rule: str = "confrontation", severity: int = 3) -> int:
    """Open a flag."""
    today = office.ctx.office_today()
    with office.ctx.database.writing() as db:
        return rows.add(
            db, Flag, ref=f"f{rule[:4]}{severity}", proceeding_id=office.proceeding, rule=rule, rule_version=1, kind="event",
            subject_kind="proceeding", subject="S", fact="", severity=severity, facts={},
            opened_on=today, since=today, last_changed_on=today,
        )  # fmt: skip


def raise_flag(office: Office, flag_id: int, rule: str, severity: int) -> None:
    """Tell of a flag, as the sweep does."""
    tells = {AssignedAs.ADVOCATE: 3, AssignedAs.SUPERVISOR: 4}
    with office.ctx.database.writing() as db:
        flags_raised(db, office.ctx, office.proceeding, [RaisedFlag(flag_id, rule, "S", severity, tells)])


@pytest.mark.parametrize(("severity", "recipients"), [(2, []), (3, ["A"]), (4, ["A", "S"])])
def test_a_flag_tells_the_roles_that_its_rule_names(office: Office, severity: int, recipients: list[str]) -> None:
    """From the severity on that it names, and never below 3."""
    office.person(external_id="S", assigned="SUPERVISOR")
    office.person(external_id="L", assigned="LAWYER")
    raise_flag(office, flag(office, severity=severity), "confrontation", severity)

    assert sorted(line.recipient for line in office.messages()) == recipients


def test_a_flag_is_told_again_only_when_it_grew_graver(office: Office) -> None:
    """And the graver message replaces one that still waits."""
    number = flag(office)
    raise_flag(office, number, "confrontation", 3)
    deliver(office.ctx, office.ways(FakeChannel()))
    raise_flag(office, number, "confrontation", 3)
    raise_flag(office, number, "confrontation", 4)

    assert office.states() == [("flag-raised", "sent"), ("flag-raised", "queued")]


def test_the_message_of_a_closed_flag_expires(anywhere: Office) -> None:
    """It is not sent late."""
    night = anywhere.at(2026, 11, 23, 22, 0)
    number = flag(night)
    raise_flag(night, number, "confrontation", 4)
    with night.ctx.database.writing() as db:
        flags_closed(db, night.ctx, [number])
        flags_closed(db, night.ctx, [])

    assert anywhere.states() == [("flag-raised", "expired")]


@pytest.mark.parametrize(("rule", "wait"), [("incident", 0), ("confrontation", 10)])
def test_the_gravest_flags_of_two_rules_wake_people(office: Office, rule: str, wait: int) -> None:
    """An incident of severity 4 is sent at ten in the evening, another flag in the morning."""
    night = office.at(2026, 11, 23, 22, 0)
    raise_flag(night, flag(night, rule, 4), rule, 4)
    channel = FakeChannel()
    deliver(night.ctx, night.ways(channel))
    (line,) = night.messages()

    assert line.due_at - night.ctx.now() == timedelta(hours=wait)
    assert len(channel.sent) == (wait == 0)
