"""What messages are called."""

import pytest
from flask import Flask

from tracker.domain.messages import AlertKind, MessageState
from tracker.web.message_words import kind_words, state_tone, state_words


@pytest.mark.parametrize("language", ["en", "sr-Latn", "sr-Cyrl"])
def test_every_kind_and_every_state_has_its_own_words(app: Flask, language: str) -> None:
    """In every language; none shows the code itself."""
    with app.test_request_context(headers={"Accept-Language": language}):
        kinds, states = [kind_words(kind) for kind in AlertKind], [state_words(state) for state in MessageState]

    assert len(set(kinds)) == len(AlertKind)
    assert len(set(states)) == len(MessageState)
    assert not {*kinds, *states} & {*AlertKind}
    assert all(words.strip() for words in (*kinds, *states))


def test_the_tone_is_good_only_where_the_message_left() -> None:
    """Bad is what somebody has to look after; everything else is open."""
    assert {state for state in MessageState if state_tone(state) == "good"} == {MessageState.SENT, MessageState.DELIVERED}
    assert {state for state in MessageState if state_tone(state) == "bad"} == {
        MessageState.FAILED, MessageState.UNDELIVERED, MessageState.UNKNOWN,
    }  # fmt: skip
