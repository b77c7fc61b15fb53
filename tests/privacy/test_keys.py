"""Sealed values open only where they belong; blind indexes tell equality and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import NotConfiguredError
from tracker.privacy.keys import KeyRing, SealBrokenError, decoded_key, fresh_key

WHERE = "victim.pseudonym"
RING = KeyRing(current=2, ring={1: decoded_key(fresh_key()), 2: decoded_key(fresh_key())}, index=decoded_key(fresh_key()))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
def test_what_was_sealed_opens_again(text: str) -> None:
    """Any text, Cyrillic and empty too, comes back unchanged, and is not visible in the sealed bytes."""
    sealed = RING.seal(WHERE, "row-1", text)

    assert RING.open(WHERE, "row-1", sealed) == text
    assert len(text.encode()) < 4 or text.encode() not in sealed


@pytest.mark.parametrize(("where", "row"), [("person.name", "row-1"), (WHERE, "row-2")])
def test_a_value_moved_to_another_place_does_not_open(where: str, row: str) -> None:
    """Swapping sealed values between rows or columns is refused."""
    with pytest.raises(SealBrokenError):
        RING.open(where, row, RING.seal(WHERE, "row-1", "Ђорђе"))


@given(st.integers(min_value=0, max_value=40), st.integers(min_value=1, max_value=255))
def test_every_altered_byte_is_noticed(position: int, change: int) -> None:
    """No byte can be changed, the header included, without an error."""
    sealed = bytearray(RING.seal(WHERE, "row-1", "Милица Петровић"))
    sealed[position] ^= change

    with pytest.raises((SealBrokenError, NotConfiguredError)):
        RING.open(WHERE, "row-1", bytes(sealed))


@given(st.binary(max_size=30))
def test_no_bytes_at_all_make_it_fall_over(blob: bytes) -> None:
    """Whatever lies in the column, the answer is an expected error."""
    with pytest.raises((SealBrokenError, NotConfiguredError)):
        RING.open(WHERE, "row-1", blob)


def test_a_missing_key_names_its_number() -> None:
    """A lost key is told as such, not as corruption."""
    lone = KeyRing(current=1, ring={1: decoded_key(fresh_key())}, index=decoded_key(fresh_key()))

    with pytest.raises(NotConfiguredError, match="key 2 is missing"):
        lone.open(WHERE, "row-1", RING.seal(WHERE, "row-1", "x"))


def test_the_current_key_must_be_in_the_ring() -> None:
    """A ring without its current key cannot be made."""
    with pytest.raises(NotConfiguredError, match="key 3"):
        KeyRing(current=3, ring={}, index=decoded_key(fresh_key()))


@pytest.mark.parametrize("text", ["", "short", "š" * 44, "A" * 44 + "===="])
def test_a_malformed_key_is_refused_without_repeating_it(text: str) -> None:
    """The message does not hold what was typed."""
    with pytest.raises(NotConfiguredError) as refused:
        decoded_key(text)

    assert not text or text not in str(refused.value)


def test_blind_indexes_differ_by_column_and_key() -> None:
    """The same number in another column, or under another key, has another index."""
    other = KeyRing(current=1, ring={1: decoded_key(fresh_key())}, index=decoded_key(fresh_key()))

    assert RING.index("a.b", "K 1/2024") == RING.index("a.b", "K 1/2024")
    assert len({RING.index("a.b", "x"), RING.index("a.c", "x"), other.index("a.b", "x"), RING.index("a.b", "y")}) == 4


def test_tokens_are_long_and_fit_into_an_address() -> None:
    """A derived token has 128 bits and only URL-safe characters."""
    token = RING.token("acknowledge", "message-1")

    assert len(token) == 22
    assert token.replace("-", "").replace("_", "").isalnum()
    assert token != RING.token("feed", "message-1")


def test_the_ring_prints_no_key() -> None:
    """Its printed form shows key numbers only."""
    assert repr(RING) == "KeyRing(current=2, ids=[1, 2])"
