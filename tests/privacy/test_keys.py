"""Sealed values open only where they belong; blind indexes tell equality and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import NotConfiguredError
from tracker.privacy.keys import (
    HEADER_BYTES,
    NONCE_BYTES,
    KeyRing,
    MissingKeyError,
    SealBrokenError,
    UnsealableTextError,
    decoded_key,
    fresh_key,
)

WHERE = "victim_identity.name_sealed"
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

    with pytest.raises(MissingKeyError, match="key 2 is missing") as lost:
        lone.open(WHERE, "row-1", RING.seal(WHERE, "row-1", "x"))

    assert lost.value.key_id == 2


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


def test_no_single_bit_can_be_turned() -> None:
    """Header, nonce, text and tag alike; a turned key number is told as a missing key, unless the ring has that key too."""
    sealed = RING.seal(WHERE, "row-1", "Ђ")
    for bit in range(8 * len(sealed)):
        altered = bytearray(sealed)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises((SealBrokenError, MissingKeyError)) as refused:
            RING.open(WHERE, "row-1", bytes(altered))
        assert (refused.type is MissingKeyError) == (bit // 8 == 1), bit


def test_no_part_of_it_opens() -> None:
    """Cut short anywhere, or with something behind it."""
    sealed = RING.seal(WHERE, "row-1", "Милица")
    for part in (*(sealed[:length] for length in range(len(sealed))), sealed + b"\0", sealed[1:], sealed * 2):
        with pytest.raises((SealBrokenError, MissingKeyError)):
            RING.open(WHERE, "row-1", part)


def test_a_header_does_not_go_with_another_body() -> None:
    """A value claimed to be of another key of the ring, or with the nonce of another value, is refused."""
    older = KeyRing(current=1, ring=RING._ring, index=RING._index)
    first, second = older.seal(WHERE, "row-1", "x"), RING.seal(WHERE, "row-1", "x")
    body = HEADER_BYTES + NONCE_BYTES
    for spliced in (
        second[:HEADER_BYTES] + first[HEADER_BYTES:],
        first[:HEADER_BYTES] + second[HEADER_BYTES:],
        first[:body] + second[body:],
    ):
        with pytest.raises(SealBrokenError):
            RING.open(WHERE, "row-1", spliced)


def test_places_cannot_run_into_each_other() -> None:
    """A column and a row never read as another column and row, whatever stands in the row's key."""
    sealed = RING.seal("a.b", "c\x1fd", "x")
    with pytest.raises(SealBrokenError):
        RING.open("a.b\x1fc", "d", sealed)


def test_a_nonce_never_comes_twice() -> None:
    """Equal texts at equal places look different each time."""
    sealed = [RING.seal(WHERE, "row-1", "x") for _ in range(5_000)]

    assert len({each[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES] for each in sealed}) == len(set(sealed)) == 5_000


@pytest.mark.parametrize("text", ["", "Ђорђе Ђорђевић", "\0", "😀", "x" * 2_000_000])
def test_empty_foreign_and_huge_texts_are_sealed_too(text: str) -> None:
    """What a column takes is the column's business."""
    assert RING.open(WHERE, "row-1", RING.seal(WHERE, "row-1", text)) == text


def test_half_a_character_is_refused_without_repeating_what_stands_around_it() -> None:
    """Neither the message, nor the error, nor what led to it holds the text."""
    with pytest.raises(UnsealableTextError) as refused:
        RING.seal(WHERE, "row-1", "CANARY\ud83d")

    assert "CANARY" not in repr((refused.value, refused.value.__cause__, refused.value.__context__, vars(refused.value)))


def test_a_broken_seal_tells_the_place_only() -> None:
    """Not the row, not the bytes, and no error of the library behind it."""
    with pytest.raises(SealBrokenError) as refused:
        RING.open(WHERE, "CANARY-row", RING.seal(WHERE, "row-1", "CANARY"))

    assert "CANARY" not in str(refused.value)
    assert (refused.value.__cause__, refused.value.__suppress_context__) == (None, True)


def test_a_value_names_its_key() -> None:
    """Without being opened; what is no sealed value names none."""
    assert KeyRing.key_id(RING.seal(WHERE, "row-1", "")) == RING.current == 2
    assert [KeyRing.key_id(blob) for blob in (b"", b"\1\2", b"\2" + bytes(40))] == [None, None, None]
    assert RING.ids == (1, 2)
