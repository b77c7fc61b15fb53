"""Several real worker processes on one queue, and a power cut in the middle: nothing lost, nothing doubled."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from pydantic import SecretStr

from tests.office import Office
from tests.processes import configuration, finished, kill, running, wait_for
from tests.simulators.twilio import ACCOUNT, TOKEN, Hang, Provider, simulated
from tracker.domain.messages import MessageState
from tracker.services.context import Context
from tracker.services.delivery import deliver
from tracker.services.reconciling import reconcile
from tracker.services.reminding import remind
from tracker.settings import AlertSettings, Settings, TwilioSettings

NUMBER = "+381641234567"
MESSAGES = 24
AT = "2026-11-23T10:00:00+01:00"


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider whose clock stands at the time of the test."""
    with simulated() as running:
        yield running


def connected(settings: Settings, provider: Provider) -> Settings:
    """Settings whose messages go through the simulated provider."""
    account = TwilioSettings(account_sid=ACCOUNT, auth_token=SecretStr(TOKEN), sender="Info", base_url=provider.url)
    return settings.model_copy(update={"alerts": AlertSettings(channel="twilio"), "twilio": account})


def filled(ctx: Context, provider: Provider, messages: int) -> Office:
    """An office with reminders waiting, at ten o'clock."""
    office = Office.open(replace(ctx, settings=connected(ctx.settings, provider))).at(2026, 11, 23, 10, 0)
    office.person(phone=NUMBER)
    for minute in range(messages):
        office.hearing(2026, 11, 24, 9, minute)
    remind(office.ctx)
    provider.clock = office.ctx.now
    return office


def test_two_workers_on_one_queue(ctx: Context, provider: Provider, tmp_path: Path) -> None:
    """Each message is sent once, by one of them."""
    office = filled(ctx, provider, MESSAGES)
    config = str(configuration(tmp_path / "config.toml", office.ctx))
    command = ("job", "deliver", "--as-of", AT, "--config", config)
    with running(*command) as first, running(*command) as second:
        results = [finished(first), finished(second)]

    assert [code for code, _, _ in results] == [0, 0], results
    assert Counter(provider.bodies()) == Counter(line.body for line in office.messages(MessageState.SENT))
    assert len(set(provider.bodies())) == MESSAGES


def test_a_power_cut_between_claim_and_settle(ctx: Context, provider: Provider, tmp_path: Path) -> None:
    """The provider took one message whose worker then died: found, not doubled; what never left is sent."""
    office = filled(ctx, provider, 6)
    config = str(configuration(tmp_path / "config.toml", office.ctx))
    taken = Event()
    provider.on_taken = taken.set
    provider.script[NUMBER].append(Hang(20))
    with running("job", "deliver", "--as-of", AT, "--config", config) as worker:
        wait_for(taken.is_set)
        kill(worker)
    assert len(office.messages(MessageState.SENDING)) > 0

    for minutes in (6, 16, 40):
        later = office.at(2026, 11, 23, 10, minutes).ctx
        reconcile(later)
        deliver(later)

    assert {line.state for line in office.messages()} == {MessageState.SENT}
    assert len(provider.bodies()) == len(set(provider.bodies())) == 6
    assert set(provider.bodies()) == {line.body for line in office.messages()}
