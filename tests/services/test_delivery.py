"""Sending: three short transactions, retries, quiet hours, and nobody gets a message twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col
from structlog.testing import capture_logs

from tests.office import FakeChannel, Office
from tracker.domain.errors import NotConfiguredError
from tracker.domain.messages import Accepted, Deferred, MessageState, Notice, Refused, SendOutcome, Unanswered
from tracker.services.context import Context
from tracker.services.delivery import Ways, deliver
from tracker.services.reminding import remind
from tracker.storage.queries import sending
from tracker.storage.tables.people import Person


@pytest.fixture
def office(ctx: Context) -> Office:
    """An office with one advocate and one reminder waiting, on Monday 23 November 2026, 10:00."""
    return waiting(Office.open(ctx))


@pytest.fixture
def embedded(sqlite_ctx: Context) -> Office:
    """The same on the embedded database alone."""
    return waiting(Office.open(sqlite_ctx))


def waiting(office: Office) -> Office:
    """Put one reminder in."""
    office = office.at(2026, 11, 23, 10, 0)
    office.person(external_id="A")
    office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)
    return office


def later(office: Office, **delta: float) -> Office:
    """The same office some time later."""
    return replace(office, ctx=office.ctx.at(office.ctx.now() + timedelta(**delta)))


def send(office: Office, outcome: SendOutcome | None = None) -> list[Notice]:
    """Deliver once through a channel that answers as told; return what it was given."""
    channel = FakeChannel(outcome)
    deliver(office.ctx, office.ways(channel), jitter=lambda: 0.0)
    return channel.sent


def test_what_is_due_is_sent_once(office: Office) -> None:
    """The channel gets number, text and validity; running again sends nothing."""
    (notice,) = send(office)
    (line,) = office.messages()

    assert notice.to == "+381641234567"
    assert notice.body == line.body
    assert notice.valid_seconds == 23.5 * 3600
    assert (line.state, line.attempts, line.sent_at) == (MessageState.SENT, 1, office.ctx.now())
    assert send(office) == []


def test_an_error_is_no_send(office: Office) -> None:
    """The first attempt fails, the retry succeeds."""
    send(office, Deferred("500"))

    assert office.states() == [("hearing-ahead", "queued")]
    assert send(later(office, seconds=59)) == []
    assert len(send(later(office, minutes=1))) == 1
    assert office.states() == [("hearing-ahead", "sent")]


def test_after_five_retries_it_has_failed(embedded: Office) -> None:
    """Not before, and never silently."""
    now = embedded
    for minutes in (0, 1, 5, 15, 60, 240):
        now = later(now, minutes=minutes)
        assert len(send(now, Deferred("500"))) == 1
    (line,) = embedded.messages()

    assert (line.state, line.attempts, line.error_code) == (MessageState.FAILED, 6, "500")


def test_the_provider_may_ask_for_a_longer_pause(embedded: Office) -> None:
    """Retry-After."""
    send(embedded, Deferred("429", 600))

    assert send(later(embedded, seconds=599)) == []
    assert len(send(later(embedded, seconds=600))) == 1


def test_a_refused_number_fails_and_is_marked(office: Office) -> None:
    """And the next message to it is not even tried."""
    send(office, Refused("21610", blames_number=True))
    with office.ctx.database.reading() as db:
        marked = db.connection().execute(sa.select(col(Person.number_refused_at))).scalar_one()
    office.hearing(2026, 11, 24, 11, 30)
    remind(office.ctx)

    assert marked is not None
    assert send(office) == []
    assert [line.error_code for line in office.messages()] == ["21610", "number-refused"]


def test_another_refusal_does_not_mark_the_number(embedded: Office) -> None:
    """It fails all the same."""
    send(embedded, Refused("21606"))
    embedded.hearing(2026, 11, 24, 11, 30)
    remind(embedded.ctx)

    assert len(send(embedded)) == 1


def test_a_person_without_a_number_cannot_be_reached_by_sms(embedded: Office) -> None:
    """Said in the outbox; the console needs no number."""
    embedded.person(external_id="B", phone=None)
    remind(embedded.ctx)
    sent = send(embedded)
    errors = {line.recipient: line.error_code for line in embedded.messages()}

    assert len(sent) == 1
    assert errors == {"A": None, "B": "no-number"}


def test_no_answer_is_unknown_and_is_not_sent_again(office: Office) -> None:
    """Never silently sent, never blindly sent twice."""
    send(office, Unanswered("no-answer"))

    assert office.states() == [("hearing-ahead", "unknown")]
    assert send(later(office, hours=2)) == []


def test_a_channel_that_breaks_does_not_keep_the_others_back(embedded: Office) -> None:
    """Its message is unknown, and its exception's text stays out of the log."""

    class Broken(FakeChannel):
        def send(self, notice: Notice) -> SendOutcome:
            super().send(notice)
            if len(self.sent) == 1:
                raise RuntimeError(notice.body)
            return Accepted("SM1")

    embedded.hearing(2026, 11, 24, 11, 30)
    remind(embedded.ctx)
    with capture_logs() as logs:
        deliver(embedded.ctx, embedded.ways(Broken()))

    assert sorted(state for _, state in embedded.states()) == ["sent", "unknown"]
    assert "Hearing" not in str(logs)


def test_what_has_passed_expires_instead_of_being_sent_late(office: Office) -> None:
    """The hearing began before anybody could be told."""
    began = office.at(2026, 11, 24, 9, 30)

    assert send(began) == []
    assert office.states() == [("hearing-ahead", "expired")]


def test_a_retry_in_quiet_hours_waits_for_the_morning(embedded: Office) -> None:
    """Whatever made it late."""
    evening = embedded.at(2026, 11, 23, 19, 59)
    send(evening, Deferred("500"))
    counts = deliver(embedded.at(2026, 11, 23, 20, 30).ctx, embedded.ways(FakeChannel()))
    (line,) = embedded.messages()

    assert counts["held"] == 1
    assert (line.state, line.attempts) == (MessageState.QUEUED, 1)
    assert len(send(embedded.at(2026, 11, 24, 8, 0))) == 1


def test_own_quiet_hours_are_kept(embedded: Office) -> None:
    """Set by each person."""
    embedded.person(external_id="B", quiet_from="09:00", quiet_to="12:00")
    remind(embedded.ctx)

    assert len(send(embedded)) == 1
    assert len(send(embedded.at(2026, 11, 23, 12, 0))) == 1


@pytest.mark.parametrize(("night", "day"), [((2026, 3, 28), (2026, 3, 29)), ((2026, 10, 24), (2026, 10, 25))])
def test_both_nights_of_the_change_of_time(sqlite_ctx: Context, night: tuple[int, ...], day: tuple[int, ...]) -> None:
    """Held at eight in the evening, sent at eight in the morning, by the wall clock."""
    office = Office.open(sqlite_ctx).at(*night, 20, 0)
    office.person()
    office.hearing(*day, 14, 0)
    remind(office.ctx)

    assert send(office.at(*day, 7, 59)) == []
    assert len(send(office.at(*day, 8, 0))) == 1


def test_more_than_one_batch_is_drained_in_one_run(embedded: Office) -> None:
    """With time standing still nothing stops it early."""
    for minute in range(20):
        embedded.hearing(2026, 11, 24, 10, minute)
    remind(embedded.ctx)

    assert len(send(embedded)) == 21


def test_an_answer_that_comes_after_the_claim_was_lost_still_counts(office: Office) -> None:
    """Reconciling gave the message up as unknown; the late answer makes it sent. A withdrawn claim cannot go back."""
    with office.ctx.database.writing() as db:
        (claimed,) = sending.claim(db, now=office.ctx.now(), worker="me", limit=1)
        assert not sending.settle(db, claimed.id, MessageState.SENT, {}, worker="another")
        sending.lose_claims(db, office.ctx.now())
        assert sending.settle(db, claimed.id, MessageState.SENT, {"provider_sid": "SM1", "sent_at": office.ctx.now()}, worker="me")
        assert not sending.settle(db, claimed.id, MessageState.QUEUED, {})

    assert office.states() == [("hearing-ahead", "sent")]


def test_without_a_configured_channel_nothing_is_claimed(sqlite_ctx: Context) -> None:
    """The operator hears of it, and the messages wait."""
    settings = sqlite_ctx.settings
    twilio = settings.model_copy(update={"alerts": settings.alerts.model_copy(update={"channel": "twilio"})})
    office = waiting(Office.open(replace(sqlite_ctx, settings=twilio)))

    with pytest.raises(NotConfiguredError):
        deliver(office.ctx, Ways(twilio))
    assert office.states() == [("hearing-ahead", "queued")]


def test_the_log_holds_refs_and_states_only(embedded: Office) -> None:
    """No number, no text, no code."""
    with capture_logs() as logs:
        (notice,) = send(embedded)
    text = str(logs)

    assert "message.settled" in text
    assert "381641234567" not in text
    assert notice.code not in text.replace(embedded.messages()[0].id, "")
    assert "Hearing" not in text


def test_with_alerts_switched_off_messages_wait(embedded: Office) -> None:
    """And are sent when they are switched on again, unless their subject has passed."""
    settings = embedded.ctx.settings
    off = settings.model_copy(update={"alerts": settings.alerts.model_copy(update={"enabled": False})})
    channel = FakeChannel()
    deliver(replace(embedded.ctx, settings=off), embedded.ways(channel))

    assert channel.sent == []
    assert len(send(embedded)) == 1
