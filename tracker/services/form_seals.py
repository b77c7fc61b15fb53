"""What a form carries sealed from one page to the next: bound to one sign-in and one session, and good for minutes."""

import base64
import json
from datetime import timedelta

from tracker.privacy.keys import MissingKeyError, SealBrokenError
from tracker.services.accounts import SignIn
from tracker.services.context import Context


def sealed_for_form(ctx: Context, what: str, account: SignIn, session: str, text: str, good_for: timedelta) -> str:
    """Return ``text`` sealed as ``what``, for a hidden field."""
    until = int((ctx.now() + good_for).timestamp())
    sealed = ctx.keys.seal(what, _bound_to(account, session), json.dumps([text, until]))
    return base64.urlsafe_b64encode(sealed).decode()


def from_form(ctx: Context, what: str, account: SignIn, session: str, carried: str) -> str | None:
    """Return the text that a form carried; ``None`` where it is of another session or sign-in, altered, or too old."""
    try:
        sealed = base64.urlsafe_b64decode(carried.encode("ascii"))
        text, until = json.loads(ctx.keys.open(what, _bound_to(account, session), sealed))
    except (ValueError, SealBrokenError, MissingKeyError):
        return None
    return str(text) if ctx.now().timestamp() < until else None


def _bound_to(account: SignIn, session: str) -> str:
    return "\x1f".join((str(account.id), account.session_key, session))
