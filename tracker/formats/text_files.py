"""Look at a file before it is read as text: which encoding, and is it text at all."""

import codecs
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.domain.errors import InvalidInputError, Problem

CHUNK = 1 << 16
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NOT_TEXT = (
    (b"PK\x03\x04", "is a spreadsheet or an archive; save it as CSV"),
    (b"%PDF", "is a PDF; expected a CSV file"),
    (b"BEGIN:VCALENDAR", "is an iCalendar file; only CSV calendars are read so far"),
)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that is text throughout in ``encoding``; ``sha256`` is of its bytes, in hexadecimal."""

    path: Path
    encoding: str
    sha256: str


def inspect(path: Path, encodings: Sequence[str]) -> TextFile:
    """Return how to read a file; a byte order mark decides, otherwise the first of ``encodings`` that fits every byte.

    Reads it once, in pieces, whatever its size.

    Raises:
        InvalidInputError: it cannot be read, is empty, is not text, or fits none of the encodings (with the line).
    """
    try:
        with path.open("rb") as file:
            head = file.read(CHUNK)
            candidates = _candidates(head, encodings)
            return _decoded(path, candidates, _chunks(head, iter(lambda: file.read(CHUNK), b"")))
    except _UnfitError as error:
        raise InvalidInputError([Problem(path.name, str(error))]) from None
    except OSError as error:
        raise InvalidInputError([Problem(path.name, f"cannot be read ({error.strerror or type(error).__name__})")]) from None


class _UnfitError(Exception):
    """The file is no text that can be read."""


def _chunks(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _candidates(head: bytes, encodings: Sequence[str]) -> list[str]:
    if not head.strip():
        raise _UnfitError("is empty")
    for sign, meaning in _NOT_TEXT:
        if head.lstrip().startswith(sign):
            raise _UnfitError(meaning)
    return next(([encoding] for mark, encoding in _MARKS if head.startswith(mark)), list(encodings))


def _decoded(path: Path, candidates: Sequence[str], chunks: Iterator[bytes]) -> TextFile:
    digest = hashlib.sha256()
    decoders = {name: codecs.getincrementaldecoder(name)() for name in candidates}
    line, broken_at = 1, {}
    for chunk in chunks:
        digest.update(chunk)
        for name in list(decoders):
            fault = _fault(decoders[name], chunk)
            if fault is not None:
                broken_at[name] = line + chunk.count(b"\n", 0, fault)
                del decoders[name]
        line += chunk.count(b"\n")
        if not decoders:
            raise _UnfitError(f"line {max(broken_at.values())}: is not text in {' or '.join(candidates)}")
    for name, decoder in decoders.items():
        if _ends_whole(decoder):
            return TextFile(path, name, digest.hexdigest())
    raise _UnfitError(f"line {line}: ends in the middle of a character")


def _fault(decoder: codecs.IncrementalDecoder, chunk: bytes) -> int | None:
    """Return where in ``chunk`` the text stops being text, or ``None``."""
    try:
        text = decoder.decode(chunk)
    except UnicodeDecodeError as error:
        return max(0, error.start)
    return max(0, chunk.find(b"\0")) if "\0" in text else None


def _ends_whole(decoder: codecs.IncrementalDecoder) -> bool:
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
