"""What comes out of an envelope is what went in, or a refusal; and never without measure."""

import gzip
import os
from collections.abc import Iterator
from io import BytesIO

import pyrage  # type: ignore[import-untyped]  # a compiled module without types
import pytest

from tests.backups import RECIPIENT, SECRET
from tracker.domain.errors import NotConfiguredError
from tracker.formats.backup.envelope import RATIO_COUNTS_FROM, fresh_identity, identities, locked, opened, require_recipients, seal
from tracker.schemas.backup import BackupRefusedError

KEYS = identities(SECRET.encode())


def enveloped(content: bytes) -> bytes:
    """Seal bytes as they are, as somebody else could."""
    sink = BytesIO()
    pyrage.encrypt_io(BytesIO(content), sink, [pyrage.x25519.Recipient.from_str(RECIPIENT)])
    return sink.getvalue()


def out_of(envelope: bytes) -> bytes:
    """Open it."""
    pieces: list[bytes] = []
    opened(BytesIO(envelope), KEYS, pieces.append)
    return b"".join(pieces)


def refusal(envelope: bytes) -> str:
    """Return why it is refused."""
    with pytest.raises(BackupRefusedError) as refused:
        out_of(envelope)
    return str(refused.value)


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 3_000_000])
def test_what_went_in_comes_out(size: int) -> None:
    """Also at the borders of age's pieces, handed over in odd parts."""
    content = bytes(each % 251 for each in range(size))
    sink = BytesIO()
    seal((content[start : start + 9973] for start in range(0, size, 9973)), sink, [RECIPIENT, fresh_identity()[1]])

    assert out_of(sink.getvalue()) == content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no end"),
        (b"not gzip", "no backup of this program"),
        (gzip.compress(b"x" * 1000, mtime=0)[:-1], "no end"),
        (gzip.compress(b"x", mtime=0) + b"more", "added behind the end"),
        (gzip.compress(b"x", mtime=0) + gzip.compress(b"y", mtime=0), "added behind the end"),
    ],
)
def test_only_one_whole_gzip_stream_is_taken(content: bytes, why: str) -> None:
    """Sealed rightly, but nothing that we wrote."""
    assert why in refusal(enveloped(content))


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    """A few hundred kilobytes that unpack to many hundred megabytes: no more than the limit is ever unpacked."""
    bomb = enveloped(gzip.compress(bytes(4 * RATIO_COUNTS_FROM)))
    taken: list[int] = []
    with pytest.raises(BackupRefusedError, match="far more than a caseload"):
        opened(BytesIO(bomb), KEYS, lambda piece: taken.append(len(piece)))

    assert len(bomb) < 500_000
    assert sum(taken) <= RATIO_COUNTS_FROM
    assert max(taken) <= 256 * 1024


@pytest.mark.parametrize("envelope", [b"", b"age", b"certainly no backup" * 100, b"age-encryption.org/v1\n", b"\x1f\x8b" * 50])
def test_other_files_are_told(envelope: bytes) -> None:
    """In one sentence."""
    assert "no backup" in refusal(envelope)


def test_what_breaks_the_source_or_the_sink_comes_through() -> None:
    """A full disk is told as such, also one that fills with the very last piece; so is a database that broke off."""

    def breaking() -> Iterator[bytes]:
        yield b"x"
        raise LookupError

    class Full:
        def write(self, _data: bytes, /) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(LookupError):
        seal(breaking(), BytesIO(), [RECIPIENT])
    for size in (1, 100, 70_000, 1_000_000):
        content = os.urandom(size)
        with pytest.raises(OSError, match="No space left"):
            seal([content], Full(), [RECIPIENT])
        with pytest.raises(LookupError):
            opened(BytesIO(enveloped(gzip.compress(content))), KEYS, _refuse)


def _refuse(_piece: bytes) -> None:
    raise LookupError


def test_after_a_refusal_nothing_more_is_handed_on() -> None:
    """Age offers the failed piece once more; the first refusal stands, whatever the size."""
    for size in (1, 5_000, 8_191, 8_192, 8_193, 20_000, 200_000):
        taken: list[int] = []

        def refuse(piece: bytes, taken: list[int] = taken) -> None:
            taken.append(len(piece))
            raise LookupError

        with pytest.raises(LookupError):
            opened(BytesIO(enveloped(gzip.compress(os.urandom(size)))), KEYS, refuse)
        assert len(taken) == 1


def test_recipients_are_looked_at_before_anything_is_written() -> None:
    """None, or one that was mistyped; it is not repeated."""
    require_recipients([RECIPIENT])
    with pytest.raises(NotConfiguredError, match="backup-key"):
        require_recipients([])
    for wrong in ("age1CANARY", RECIPIENT[:-1] + ("q" if RECIPIENT[-1] != "q" else "p"), SECRET, ""):
        with pytest.raises(NotConfiguredError) as refused:
            require_recipients([RECIPIENT, wrong])
        assert wrong not in str(refused.value) or not wrong


def test_a_locked_key_needs_its_passphrase() -> None:
    """The key file can itself be sealed, as `age` does it."""
    key = locked(SECRET, "three words here")

    assert len(identities(key, "three words here")) == 1
    with pytest.raises(BackupRefusedError, match="--passphrase-file"):
        identities(key)
    with pytest.raises(BackupRefusedError, match="does not open the key"):
        identities(key, "three words there")
