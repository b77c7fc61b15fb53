"""From an expected failure to an answer; what is forbidden looks exactly like what is not there."""

import traceback
from pathlib import Path
from uuid import uuid4

import structlog
from flask import Flask, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from tracker.domain.errors import ConflictError, InvalidInputError, NotFoundError, TooOftenError, TrackerError
from tracker.privacy.keys import MissingKeyError
from tracker.web.request_context import forget_sign_in

Answer = tuple[str, int]
STATUS: dict[type[TrackerError], int] = {NotFoundError: 404, ConflictError: 409, InvalidInputError: 422, TooOftenError: 429}
UNAVAILABLE = 503
BAD_REQUEST = 400
NOT_FOUND = 404
INTERNAL = 500

_log = structlog.get_logger(__name__)


def _page(status: int, reference: str = "") -> Answer:
    if status >= INTERNAL:
        forget_sign_in()
    unreadable = (_("This could not be read"), _("Go back and use the buttons of the page. Nothing was changed."))
    broken = (_("That did not work"), _("It was our fault. Nothing was changed. Tell your administrator this reference:"))
    said = {
        400: unreadable,
        404: (_("There is nothing here"), _("The address may be wrong, or what it named is not for you.")),
        405: (_("This cannot be done that way"), _("Go back and use the buttons of the page.")),
        409: (
            _("Somebody else was faster"),
            _("What you wanted to change was changed meanwhile. Load the page again and look at it first."),
        ),
        413: (_("That is too much at once"), _("What was sent is larger than the program takes.")),
        415: (_("This cannot be done that way"), _("Go back and use the buttons of the page.")),
        422: (_("Something is not right yet"), _("Go back and look at what was entered. Nothing was changed.")),
        429: (_("Too often"), _("Wait a little and try again.")),
        503: (_("The record cannot be reached"), _("Try again in a few minutes. Nothing was changed.")),
    }
    title, text = said.get(status, unreadable if status < INTERNAL else broken)
    return render_template("errors/plain.html", title=title, text=text, reference=reference), status


def _lost_key(error: MissingKeyError) -> Answer:
    """Answer where a key is missing: that is no fault of the page, and only somebody with the keys can mend it."""
    _log.error("key.missing", key=error.key_id)
    forget_sign_in()
    text = _(
        "What identifies people is sealed, and this machine lacks the key for it. Nothing is lost. Tell your administrator: key %(key)s.",
        key=error.key_id,
    )
    return render_template("errors/plain.html", title=_("A key is missing"), text=text), UNAVAILABLE


def _expected(error: TrackerError) -> Answer:
    if isinstance(error, MissingKeyError):
        return _lost_key(error)
    return _page(next((status for kind, status in STATUS.items() if isinstance(error, kind)), UNAVAILABLE))


def _http(error: HTTPException) -> Answer:
    return _page(error.code or NOT_FOUND)


def _csrf(_error: CSRFError) -> Answer:
    title, text = _("This page is too old to be sent"), _("Go back, load the page again and repeat what you did. Nothing was changed.")
    return render_template("errors/plain.html", title=title, text=text), BAD_REQUEST


def _unexpected(error: Exception) -> Answer:
    reference = uuid4().hex[:8]
    _log.error("page.failed", reference=reference, error=type(error).__name__, where=_where(error))
    return _page(500, reference)


def _where(error: Exception) -> str:
    """Return file and line where it happened: enough to find the fault, without any value that a traceback might show."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def install(app: Flask) -> None:
    """Answer every failure with a plain page."""
    app.register_error_handler(TrackerError, _expected)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)
