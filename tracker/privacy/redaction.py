"""The last line of defence of the log: whatever somebody hands it by mistake, no name, number, text or token gets through.

The first line is that events carry refs only. This module catches what slips: fields that are called what must not
be logged, numbers and links inside other texts, and the texts of exceptions (a library puts addresses in them).
"""

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog

HIDDEN = "[hidden]"
FORBIDDEN_FIELDS = frozenset(
    "body code_word email link message_body name number password phone pseudonym recipient secret text to token url".split()  # noqa: SIM905
)
_PHONE = re.compile(r"(?<![\w.-])(?:\+|%2B|00)[\d ()/-]{6,20}\d|(?<![\w.:+-])0\d{2}[ /-]?\d{3}[ -]?\d{2,4}(?![\w.:])")
_LINK = re.compile(r"/(?P<page>a|feeds?|calendar)/[A-Za-z0-9_=-]{8,}")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")
"""Looked for only where a word begins: from every letter of a long word anew would take its square in time."""


def scrubbed(text: str) -> str:
    """Return ``text`` without phone numbers, e-mail addresses and the secret part of links."""
    text = _LINK.sub(lambda found: f"/{found['page']}/{HIDDEN}", text)
    return _EMAIL.sub(HIDDEN, _PHONE.sub(HIDDEN, text))


def told(error: BaseException) -> str:
    """Return what may be logged of an exception: its class and the place in our code, never its text."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    place = f" at {own[-1].filename.rpartition('/')[2]}:{own[-1].lineno}" if own else ""
    return f"{type(error).__name__}{place}"


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out of an event what must not be logged (a structlog processor; it comes before the renderer)."""
    failure = event.pop("exc_info", None)
    if failure:
        error = failure if isinstance(failure, BaseException) else sys.exc_info()[1]
        event["error"] = told(error) if error is not None else HIDDEN
    for field in ("exception", "stack", "stack_info"):
        event.pop(field, None)
    for field in list(event):
        event[field] = HIDDEN if field in FORBIDDEN_FIELDS else _safe(event[field])
    return event


def _safe(value: object) -> object:
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, BaseException):
        return told(value)
    if isinstance(value, Mapping):
        return {key: HIDDEN if key in FORBIDDEN_FIELDS else _safe(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_safe(each) for each in value]
    return value if isinstance(value, int | float | bool | None) else scrubbed(str(value))


class RedactingFormatter(logging.Formatter):
    """Formats what libraries log, scrubbed, with a traceback reduced to class and place."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one safe line."""
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        line = f"{record.levelname.lower()} {record.name}: {scrubbed(record.getMessage())}"
        return line if error is None else f"{line} ({told(error)})"


def configure_logging(stream: TextIO, level: int = logging.INFO) -> None:
    """Send the log of the program and of its libraries to ``stream``, one redacted line an event."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redact,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
