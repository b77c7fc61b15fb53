"""The SMS provider as a channel, against a simulator of it: every answer it may give, and none."""

import logging
import socket
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from tests.simulators.twilio import ACCOUNT, TOKEN, Garble, Hang, Provider, Refuse, simulated
from tracker.channels.twilio_sms import CHANNEL
from tracker.domain.errors import NotConfiguredError
from tracker.domain.messages import Accepted, Channel, Deferred, MessageState, Notice, ProviderSilentError, Refused, Search, Unanswered
from tracker.settings import Settings, TwilioSettings

NUMBER = "+381641234567"
NOTICE = Notice(ref="abc", code="7F3K", to=NUMBER, body="Reminder: 1 item. Code 7F3K. https://host/a/CANARYTOKEN", valid_seconds=3600)


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider of this test's own."""
    with simulated() as running:
        yield running


def opened(url: str, timeout: float = 5.0) -> Channel:
    """The channel, pointed at ``url``."""
    account = TwilioSettings(
        account_sid=ACCOUNT, auth_token=SecretStr(TOKEN), sender="Info", base_url=url, timeout_seconds=timeout
    )  # fmt: skip
    return CHANNEL.open(Settings(twilio=account))


def search(provider: Provider) -> Search:
    """Looks for the one message around the time at which it was taken."""
    (taken,) = provider.taken.values()
    return Search(NUMBER, "7F3K", taken.created_at - timedelta(minutes=1), taken.created_at + timedelta(minutes=1))


def test_an_accepted_message_is_kept_by_the_provider_as_little_as_possible(provider: Provider) -> None:
    """Taken, with the privacy arguments and a validity."""
    outcome = opened(provider.url).send(NOTICE)
    (taken,) = provider.taken.values()

    assert outcome == Accepted(sid=taken.sid)
    assert taken.form["ContentRetention"] == "discard"
    assert taken.form["AddressRetention"] == "obfuscate"
    assert taken.form["ValidityPeriod"] == "3600"
    assert taken.form["From"] == "Info"


@pytest.mark.parametrize(("left", "validity"), [(None, "36000"), (2, "6"), (100_000, "36000")])
def test_validity_stays_within_what_the_provider_allows(provider: Provider, left: int | None, validity: str) -> None:
    """Until the hearing, at most ten hours, at least a few seconds."""
    opened(provider.url).send(replace(NOTICE, valid_seconds=left))

    assert [each.form["ValidityPeriod"] for each in provider.taken.values()] == [validity]


def test_a_messaging_service_replaces_the_sender(provider: Provider) -> None:
    """One of the two names who sends."""
    account = TwilioSettings(
        account_sid=ACCOUNT, auth_token=SecretStr(TOKEN), sender="Info", messaging_service="MG" + "1" * 32, base_url=provider.url
    )
    CHANNEL.open(Settings(twilio=account)).send(NOTICE)
    (taken,) = provider.taken.values()

    assert taken.form["MessagingServiceSid"] == "MG" + "1" * 32
    assert "From" not in taken.form


@pytest.mark.parametrize("code", [21211, 21610, 21614])
def test_a_bad_number_is_refused_for_good(provider: Provider, code: int) -> None:
    """Not a number, opted out, not mobile: a person has to look."""
    provider.script[NUMBER].append(Refuse(400, code))

    assert opened(provider.url).send(NOTICE) == Refused(str(code), blames_number=True)


def test_another_refusal_does_not_blame_the_number(provider: Provider) -> None:
    """Our sender may be wrong, the person's number is not."""
    provider.script[NUMBER].append(Refuse(400, 21606))

    assert opened(provider.url).send(NOTICE) == Refused("21606")


@pytest.mark.parametrize(
    ("refusal", "outcome"),
    [
        (Refuse(429, 20429, retry_after=7), Deferred("429", 7.0)),
        (Refuse(429, 20429), Deferred("429", 30.0)),
        (Refuse(503, 20503, retry_after=90), Deferred("503", 90.0)),
        (Refuse(500, 20500), Deferred("20500")),
        (Refuse(401, 20003), Deferred("20003")),
    ],
)
def test_a_passing_refusal_is_tried_again(provider: Provider, refusal: Refuse, outcome: Deferred) -> None:
    """Busy, broken, or our own mistake in the settings."""
    provider.script[NUMBER].append(refusal)

    assert opened(provider.url).send(NOTICE) == outcome
    assert not provider.taken


def test_a_refused_connection_is_tried_again() -> None:
    """What never left may be sent again."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

    assert opened(f"http://127.0.0.1:{port}").send(NOTICE) == Deferred("unreachable")


@pytest.mark.parametrize("takes", [True, False])
def test_no_answer_leaves_it_unknown(provider: Provider, takes: bool) -> None:  # noqa: FBT001
    """The request left; nobody can tell whether it arrived."""
    provider.script[NUMBER].append(Hang(0.6, takes=takes))

    assert opened(provider.url, timeout=0.15).send(NOTICE) == Unanswered("no-answer")
    assert len(provider.taken) == takes


def test_a_connection_closed_without_an_answer_leaves_it_unknown(provider: Provider) -> None:
    """The line went dead after the request."""
    provider.script[NUMBER].append(Hang(0))

    assert opened(provider.url).send(NOTICE) == Unanswered("no-answer")


def test_an_answer_that_is_none_leaves_it_unknown(provider: Provider) -> None:
    """A proxy's error page is no news of the message."""
    provider.script[NUMBER].append(Garble())

    assert opened(provider.url).send(NOTICE) == Unanswered("unreadable-answer")


def test_a_lost_message_is_found_by_recipient_time_and_code(provider: Provider) -> None:
    """And not where any of the three differs, nor where it is another's already."""
    channel = opened(provider.url)
    channel.send(NOTICE)
    (sid,) = provider.taken
    right = search(provider)

    assert channel.find(right) == Accepted(sid=sid)
    assert channel.find(replace(right, to="+381640000000")) is None
    assert channel.find(replace(right, code="XXXX")) is None
    assert channel.find(replace(right, since=right.until, until=right.until + timedelta(hours=1))) is None
    assert channel.find(replace(right, taken=frozenset({sid}))) is None


def test_a_message_whose_text_the_provider_discarded_is_found_by_its_time(provider: Provider) -> None:
    """Privacy at the provider must not make us send twice."""
    channel = opened(provider.url)
    channel.send(NOTICE)
    (taken,) = provider.taken.values()
    taken.body = ""

    assert channel.find(search(provider)) == Accepted(sid=taken.sid)


@pytest.mark.parametrize(
    ("status", "code", "state", "blames"),
    [
        ("accepted", None, MessageState.SENT, False),
        ("sent", None, MessageState.SENT, False),
        ("delivered", None, MessageState.DELIVERED, False),
        ("undelivered", 30006, MessageState.UNDELIVERED, True),
        ("undelivered", 30003, MessageState.UNDELIVERED, False),
        ("failed", 30007, MessageState.FAILED, False),
    ],
)
def test_news_of_a_message(provider: Provider, status: str, code: int | None, state: MessageState, blames: bool) -> None:  # noqa: FBT001
    """Each of the provider's words in ours."""
    channel = opened(provider.url)
    channel.send(NOTICE)
    (taken,) = provider.taken.values()
    taken.status, taken.error_code = status, code

    assert channel.fetch(taken.sid) == Accepted(taken.sid, state, None if code is None else str(code), blames)


def test_a_message_that_the_provider_does_not_know_is_none(provider: Provider) -> None:
    """Not an error."""
    assert opened(provider.url).fetch("SM" + "f" * 32) is None


def test_a_silent_provider_says_nothing(provider: Provider) -> None:
    """Broken while we ask: nothing is concluded from that."""
    channel = opened(provider.url)
    channel.send(NOTICE)
    provider.is_down = True

    with pytest.raises(ProviderSilentError):
        channel.find(search(provider))
    with pytest.raises(ProviderSilentError):
        channel.fetch("SM1")


def test_without_an_account_the_channel_cannot_be_opened() -> None:
    """Said in words, before anything is claimed."""
    with pytest.raises(NotConfiguredError, match=r"twilio\.account_sid"):
        CHANNEL.open(Settings())


def test_nothing_secret_reaches_any_log_or_exception(provider: Provider, caplog: pytest.LogCaptureFixture) -> None:
    """At the finest level, in every kind of trouble."""
    caplog.set_level(logging.DEBUG)
    channel = opened(provider.url)
    provider.script[NUMBER].extend([Refuse(400, 21211), Refuse(500, 1), Hang(0, takes=False)])
    outcomes = [channel.send(NOTICE) for _ in range(4)]
    found = channel.find(search(provider))
    provider.is_down = True
    with pytest.raises(ProviderSilentError) as silent:
        channel.find(search(provider))
    shown = caplog.text + repr(outcomes) + repr(found) + "".join(traceback.format_exception(silent.value))

    assert "381641234567" not in shown
    assert "CANARYTOKEN" not in shown
    assert TOKEN not in shown
