"""How the state of a message may change."""

from datetime import UTC, datetime

import pytest

from tracker.domain.messages import TRANSITIONS, MessageState, Notice, Search, states_before

S = MessageState


def test_every_state_says_what_may_follow() -> None:
    """No state is forgotten."""
    assert set(TRANSITIONS) == set(MessageState)


@pytest.mark.parametrize("state", [S.DELIVERED, S.FAILED, S.CANCELLED, S.EXPIRED])
def test_nothing_follows_the_end(state: MessageState) -> None:
    """A message that has come to its end stays there."""
    assert not TRANSITIONS[state]


@pytest.mark.parametrize("state", [S.SENT, S.DELIVERED, S.UNDELIVERED])
def test_what_was_taken_never_waits_again(state: MessageState) -> None:
    """States never go backwards: what the provider took is not queued or sent again."""
    assert not TRANSITIONS[state] & {S.QUEUED, S.SENDING, S.UNKNOWN}


def test_only_a_waiting_message_can_be_withdrawn() -> None:
    """What may have left can no longer be taken back."""
    assert states_before(S.CANCELLED) == (S.QUEUED,)
    assert states_before(S.EXPIRED) == (S.QUEUED,)


def test_delivered_may_come_before_sent_was_known() -> None:
    """News of delivery counts whatever we knew before."""
    assert set(states_before(S.DELIVERED)) == {S.SENDING, S.UNKNOWN, S.SENT, S.UNDELIVERED}


def test_number_and_text_do_not_print() -> None:
    """A notice in a log or traceback shows neither."""
    shown = repr(Notice(ref="r", code="7F3K", to="+381641234567", body="CANARY"))
    shown += repr(Search("+381641234567", "7F3K", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)))

    assert "381641234567" not in shown
    assert "CANARY" not in shown
