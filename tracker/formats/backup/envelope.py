"""The envelope of a backup: gzip inside age, streamed both ways, with limits on what may come out.

Source: age-encryption.org/v1 (read November 2026). Every 64 KiB carry a code of their own and the last piece says that
it is the last, so that neither a changed byte nor a missing end goes unnoticed.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import pyrage  # type: ignore[import-untyped]  # a compiled module without types

from tracker.domain.errors import NotConfiguredError, TrackerError
from tracker.schemas.backup import BackupRefusedError

GZIP = 31
"""zlib's word for its widest window in a gzip frame."""

PIECE = 256 * 1024
LARGEST = 256 * 1024**3
HIGHEST_RATIO = 200
RATIO_COUNTS_FROM = 64 * 1024**2
"""Rows of a caseload shrink to a tenth or so; gzip of one repeated byte to a thousandth."""

PASSPHRASE_MARK = b"age-encryption.org/v1\n"
SECRET_MARK = "AGE-SECRET-KEY-"  # nosec B105 # noqa: S105 - how every secret key begins


class Source(Protocol):
    """Something to read bytes from."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes; none at the end."""


class Sink(Protocol):
    """Something to write bytes to."""

    def write(self, data: bytes, /) -> int | None:
        """Take the bytes."""


def fresh_identity() -> tuple[str, str]:
    """Return a new secret key and the recipient that belongs to it."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def require_recipients(recipients: Sequence[str]) -> None:
    """Do nothing where all of them can be sealed for.

    Raises:
        NotConfiguredError: there is none, or one is malformed.
    """
    _recipients(recipients)


def _recipients(texts: Sequence[str]) -> list[object]:
    if not texts:
        raise NotConfiguredError("nobody is named who could open the backup: make a key with `tracker backup-key`, set backups.recipients")
    try:
        return [pyrage.x25519.Recipient.from_str(text.strip()) for text in texts]
    except pyrage.RecipientError:
        raise NotConfiguredError("backups.recipients: one is not an age recipient (age1...), or was mistyped") from None


def locked(secret: str, passphrase: str) -> bytes:
    """Return the text of a key file, itself sealed with a passphrase, as age does it (scrypt)."""
    sealed: bytes = pyrage.passphrase.encrypt(secret.encode(), passphrase)
    return sealed


def identities(content: bytes, passphrase: str | None = None) -> list[object]:
    """Return the keys of a key file.

    Raises:
        BackupRefusedError: it holds none, needs a passphrase, or the passphrase is another one.
    """
    if content.startswith(PASSPHRASE_MARK):
        if passphrase is None:
            raise BackupRefusedError("the key file is locked with a passphrase: name the file that holds it with --passphrase-file")
        try:
            content = pyrage.passphrase.decrypt(content, passphrase)
        except pyrage.DecryptError:
            raise BackupRefusedError("the passphrase does not open the key file") from None
    try:
        lines = content.decode("ascii").split()
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith(SECRET_MARK)]
    except (UnicodeDecodeError, pyrage.IdentityError):
        found = []
    if not found:
        raise BackupRefusedError("the key file holds no age secret key")
    return found


class _Packed:
    """Parts as one gzipped source; keeps what broke it, which age would report as a text only."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self.failure: BaseException | None = None
        self._pieces = self._packed(parts)
        self._waiting = b""

    @staticmethod
    def _packed(parts: Iterable[bytes]) -> Iterator[bytes]:
        packer = zlib.compressobj(wbits=GZIP)
        for part in parts:
            if piece := packer.compress(part):
                yield piece
        yield packer.flush()

    def read(self, size: int) -> bytes:
        try:
            while not self._waiting:
                self._waiting = next(self._pieces)
        except StopIteration:
            return b""
        except BaseException as broken:
            self.failure = broken
            raise
        piece, self._waiting = self._waiting[:size], self._waiting[size:]
        return piece


class _Kept:
    """A sink that keeps what broke it; age offers a piece that failed once more when it gives up."""

    def __init__(self, sink: Sink) -> None:
        self.failure: BaseException | None = None
        self._sink = sink

    def write(self, data: bytes) -> int:
        _raise_first(self.failure)
        try:
            self._sink.write(data)
        except BaseException as broken:
            self.failure = broken
            raise
        return len(data)

    def flush(self) -> None:
        """Do nothing: whoever opened the file closes it."""


def seal(parts: Iterable[bytes], sink: Sink, recipients: Sequence[str]) -> None:
    """Write ``parts`` to ``sink``, sealed for ``recipients``; whatever parts or sink raise comes through.

    Raises:
        NotConfiguredError: there is no recipient, or one is malformed.
    """
    keys = _recipients(recipients)
    source, target = _Packed(parts), _Kept(sink)
    try:
        pyrage.encrypt_io(source, target, keys)
    except (pyrage.EncryptError, OSError):
        if source.failure is None and target.failure is None:
            raise
    _raise_first(source.failure, target.failure)


class _Unpacked:
    """What was opened, unpacked piece by piece, within limits; after a failure nothing more is taken."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self._unpacker = zlib.decompressobj(wbits=GZIP)
        self._came = self._went = 0
        self.failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        _raise_first(self.failure)
        try:
            self._unpack(data)
        except zlib.error:
            self.failure = BackupRefusedError("the file was sealed by its key, but is no backup of this program")
            raise self.failure from None
        except BaseException as broken:
            self.failure = broken
            raise
        return len(data)

    def _unpack(self, data: bytes) -> None:
        self._came += len(data)
        while data:
            if self._unpacker.eof:
                raise BackupRefusedError("something was added behind the end of the backup")
            piece = self._unpacker.decompress(data, PIECE)
            self._went += len(piece)
            if self._went > LARGEST or self._went > max(RATIO_COUNTS_FROM, HIGHEST_RATIO * self._came):
                raise BackupRefusedError("the backup unpacks to far more than a caseload could: it was not made by this program")
            self._take(piece)
            data = self._unpacker.unconsumed_tail or self._unpacker.unused_data

    def flush(self) -> None:
        """Do nothing: every piece was handed on when it came."""

    def end(self) -> None:
        if not self._unpacker.eof:
            raise BackupRefusedError("the backup has no end: it was cut short")


def opened(source: Source, keys: Sequence[object], take: Callable[[bytes], None]) -> None:
    """Hand what is sealed in ``source`` to ``take``, piece by piece; only when this returns was it whole and unaltered.

    Raises:
        BackupRefusedError: it is no backup, none for these keys, altered, cut short, or unpacks without measure.
    """
    target = _Unpacked(take)
    try:
        pyrage.decrypt_io(source, target, list(keys))
    except pyrage.DecryptError as error:
        if "matching keys" in str(error):
            raise BackupRefusedError("this key does not open the backup: it was sealed for another one, or its head was altered") from None
        raise BackupRefusedError("the file is no backup, or was cut short") from None
    except (OSError, ValueError, RuntimeError, TrackerError):
        _raise_first(target.failure)
        raise BackupRefusedError("the backup is damaged: it was cut short or altered") from None
    _raise_first(target.failure)
    target.end()


def _raise_first(*failures: BaseException | None) -> None:
    """Raise what broke a source or a sink: age reports it as a text, and what its very last piece met it does not report at all."""
    for failure in failures:
        if failure is not None:
            raise failure from None
