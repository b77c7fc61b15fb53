"""Messages of which we do not know enough, looked up at a simulated provider."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from tests.office import FakeChannel, Office
from tests.simulators.twilio import ACCOUNT, TOKEN, Hang, Provider, simulated
from tracker.domain.messages import Accepted, MessageState, ProviderSilentError, Search
from tracker.services.context import Context
from tracker.services.delivery import deliver
from tracker.services.reconciling import reconcile
from tracker.services.reminding import remind
from tracker.settings import AlertSettings, Settings, TwilioSettings
from tracker.storage.queries import outbox, sending

NUMBER = "+381641234567"


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider whose clock the tests set."""
    with simulated() as running:
        yield running


def connected(settings: Settings, provider: Provider) -> Settings:
    """Settings of an office whose messages go through the simulated provider."""
    account = TwilioSettings(
        account_sid=ACCOUNT, auth_token=SecretStr(TOKEN), sender="Info", base_url=provider.url, timeout_seconds=0.3
    )  # fmt: skip
    return settings.model_copy(update={"alerts": AlertSettings(channel="twilio"), "twilio": account})


def opened(ctx: Context, provider: Provider) -> Office:
    """An office with one reminder waiting, on Monday 23 November 2026, 10:00."""
    office = Office.open(replace(ctx, settings=connected(ctx.settings, provider))).at(2026, 11, 23, 10, 0)
    office.person(phone=NUMBER)
    office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)
    provider.clock = office.ctx.now
    return office


@pytest.fixture
def office(sqlite_ctx: Context, provider: Provider) -> Office:
    """On the embedded database."""
    return opened(sqlite_ctx, provider)


@pytest.fixture
def anywhere(ctx: Context, provider: Provider) -> Office:
    """On each kind of database."""
    return opened(ctx, provider)


def later(office: Office, **delta: float) -> Office:
    """The same office some time later."""
    return replace(office, ctx=office.ctx.at(office.ctx.now() + timedelta(**delta)))


def state(office: Office) -> MessageState:
    """The state of the only message."""
    (line,) = office.messages()
    return line.state


def test_a_time_out_after_the_provider_took_it_is_found(anywhere: Office, provider: Provider) -> None:
    """Taken once, found, never sent again."""
    provider.script[NUMBER].append(Hang(0.5))
    deliver(anywhere.ctx)
    assert state(anywhere) is MessageState.UNKNOWN
    reconcile(later(anywhere, minutes=1).ctx)
    deliver(later(anywhere, hours=1).ctx)

    assert state(anywhere) is MessageState.SENT
    assert len(provider.taken) == 1


@pytest.mark.parametrize(("minutes", "expected"), [(14.9, MessageState.UNKNOWN), (15, MessageState.QUEUED), (15.1, MessageState.QUEUED)])
def test_what_the_provider_does_not_have_after_a_quarter_of_an_hour_is_queued_again(
    office: Office, provider: Provider, minutes: float, expected: MessageState
) -> None:
    """Not earlier: it might still arrive there."""
    provider.script[NUMBER].append(Hang(0.5, takes=False))
    deliver(office.ctx)
    reconcile(later(office, minutes=minutes).ctx)

    assert state(office) is expected


def test_it_is_queued_again_once_only(anywhere: Office, provider: Provider) -> None:
    """Lost a second time, it has failed."""
    provider.script[NUMBER].extend([Hang(0.5, takes=False), Hang(0.5, takes=False)])
    deliver(anywhere.ctx)
    again = later(anywhere, minutes=16)
    assert reconcile(again.ctx)["requeued"] == 1
    deliver(again.ctx)
    assert state(anywhere) is MessageState.UNKNOWN
    reconcile(later(again, minutes=16).ctx)

    assert state(anywhere) is MessageState.FAILED
    assert not provider.taken


def test_what_passed_meanwhile_is_not_sent_again(office: Office, provider: Provider) -> None:
    """The hearing moved while nobody knew whether its reminder had left."""
    hearing = office.hearing(2026, 11, 24, 15, 0)
    provider.script[NUMBER].extend([Hang(0.5, takes=False)] * 2)
    remind(later(office, hours=5).ctx)
    deliver(later(office, hours=5).ctx)
    later(office, hours=5).move(hearing, 2026, 11, 25, 15, 0)
    end = later(office, hours=5, minutes=16)
    reconcile(end.ctx)
    with end.ctx.database.writing() as db:
        sending.expire(db, end.ctx.now())

    assert sorted(office.states()) == [("hearing-ahead", "expired"), ("hearing-ahead", "queued"), ("hearing-moved", "queued")]


def test_a_claim_that_nobody_settled_is_looked_up(anywhere: Office, provider: Provider) -> None:
    """The worker died after the provider took it: unknown after five minutes, then found."""
    with anywhere.ctx.database.writing() as db:
        (claimed,) = sending.claim(db, now=anywhere.ctx.now(), worker="dead", limit=1)
    provider.take({"To": NUMBER, "Body": f"Code {claimed.code}."})

    assert not any(reconcile(later(anywhere, minutes=4.9).ctx).values())
    assert state(anywhere) is MessageState.SENDING
    counts = reconcile(later(anywhere, minutes=5).ctx)
    assert (counts["lost"], counts["sent"]) == (1, 1)
    assert state(anywhere) is MessageState.SENT


def test_a_silent_provider_changes_nothing(office: Office, provider: Provider) -> None:
    """Not found and not asked are different things."""
    provider.script[NUMBER].append(Hang(0.5, takes=False))
    deliver(office.ctx)
    provider.is_down = True
    reconcile(later(office, hours=1).ctx)

    assert state(office) is MessageState.UNKNOWN


@pytest.mark.parametrize(
    ("status", "expected"),
    [("delivered", MessageState.DELIVERED), ("undelivered", MessageState.UNDELIVERED), ("failed", MessageState.FAILED)],
)
def test_news_of_a_sent_message(office: Office, provider: Provider, status: str, expected: MessageState) -> None:
    """Its state becomes the provider's."""
    deliver(office.ctx)
    (taken,) = provider.taken.values()
    taken.status = status
    reconcile(later(office, minutes=5).ctx)

    assert state(office) is expected


@pytest.mark.parametrize(
    ("hours", "expected"), [(71.9, MessageState.SENT), (72, MessageState.UNDELIVERED), (72.1, MessageState.UNDELIVERED)]
)
def test_sent_without_news_for_three_days_is_undelivered(office: Office, provider: Provider, hours: float, expected: MessageState) -> None:
    """Even where the provider does not answer at all."""
    deliver(office.ctx)
    provider.is_down = True
    reconcile(later(office, hours=hours).ctx)

    assert state(office) is expected


def test_late_news_of_delivery_still_counts_and_nothing_goes_backwards(office: Office) -> None:
    """Delivered stays delivered."""
    deliver(office.ctx)
    end = later(office, hours=80)
    with end.ctx.database.writing() as db:
        (sent,) = sending.in_flight(db, 10)
        assert sending.settle(db, sent.id, MessageState.UNDELIVERED, {})
        assert sending.settle(db, sent.id, MessageState.DELIVERED, {})
        assert not sending.settle(db, sent.id, MessageState.UNDELIVERED, {})
        assert not sending.settle(db, sent.id, MessageState.SENT, {})
        assert outbox.existing_keys(db, []) == set()

    assert state(office) is MessageState.DELIVERED


def test_a_printed_message_is_delivered_by_the_next_look(sqlite_ctx: Context) -> None:
    """The console's own news."""
    office = Office.open(sqlite_ctx).at(2026, 11, 23, 10, 0)
    office.person(phone=None)
    office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)
    deliver(office.ctx)
    assert state(office) is MessageState.SENT
    reconcile(office.ctx)

    assert state(office) is MessageState.DELIVERED


def test_one_silent_channel_is_asked_once_a_round(sqlite_ctx: Context) -> None:
    """A hundred time-outs in a row would hold up everything else."""

    class Silent(FakeChannel):
        asked = 0

        def find(self, search: Search) -> Accepted | None:  # noqa: ARG002 - the protocol's signature
            Silent.asked += 1
            raise ProviderSilentError

    office = Office.open(sqlite_ctx).at(2026, 11, 23, 10, 0)
    office.person()
    for minute in (30, 40, 50):
        office.hearing(2026, 11, 24, 9, minute)
    remind(office.ctx)
    with office.ctx.database.writing() as db:
        sending.claim(db, now=office.ctx.now(), worker="dead", limit=9)
    late = later(office, hours=1)
    reconcile(late.ctx, late.ways(Silent()))

    assert Silent.asked == 1
