"""How far a session is: password given, second factor given, when it began, when somebody last showed who they are.

It stands in the signed cookie, bound to the session's own key: a session ended everywhere takes it along.
"""

import secrets
from datetime import UTC, datetime, timedelta

from flask import Flask, session
from flask_login import current_user, login_user, logout_user, user_logged_in, user_logged_out

from tracker.services.accounts import SignIn
from tracker.services.context import Context

PASSED = "passed"
OPENED = "opened"
MARK_BYTES = 16
FRESH_FOR = timedelta(minutes=15)
"""So long after somebody showed who they are, sensitive things can be done."""
HALF_FOR = timedelta(minutes=10)
"""So long a password waits for its second step."""
CLOCKS_DIFFER = timedelta(minutes=2)
"""By so much a session may seem to begin in the future: another host, whose clock is ahead, signed it."""


def begin(ctx: Context, account: SignIn) -> None:
    """Note that the second factor was given, and that the session begins now, unless it had begun before."""
    now = _seconds(ctx.now())
    session[PASSED] = [account.session_key, _passed(account)[0] or now, now]


def renew(ctx: Context, account: SignIn) -> None:
    """Note that somebody showed again who they are; the session's end stays where it was."""
    began = _passed(account)[0]
    session[PASSED] = [account.session_key, began, _seconds(ctx.now())]


def carry_on(ctx: Context, before: SignIn, user: object, account: SignIn) -> None:
    """Let this session go on under the new key of its sign-in, when all others were ended; its end stays where it was."""
    began = _passed(before)[0] or _seconds(ctx.now())
    login_user(user)
    session[PASSED] = [account.session_key, began, _seconds(ctx.now())]


def forget(*_: object, **__: object) -> None:
    """Forget what was shown in this session: at each password and each sign-out everything has to be shown anew."""
    session.pop(PASSED, None)
    session.pop(OPENED, None)


def install(app: Flask, ctx: Context) -> None:
    """Begin each sign-in with nothing shown: what an earlier one left in the cookie must not stand for its code.

    A session that is over, or that waited too long for its second step, is signed out before any page looks at it.
    """

    def opened(*_: object, **__: object) -> None:
        forget()
        session[OPENED] = [secrets.token_urlsafe(MARK_BYTES), _seconds(ctx.now())]

    def end_what_is_over() -> None:
        account = getattr(current_user, "sign_in", None)
        if account is not None and not is_whole(ctx, account) and not _is_half(ctx):
            logout_user()

    app.before_request(end_what_is_over)
    user_logged_in.connect(opened, app, weak=False)
    user_logged_out.connect(forget, app)


def mark() -> str:
    """Return what this session is called, for what must not be moved to another one; empty where no password was given in it."""
    return str(_opened()[0])


def is_whole(ctx: Context, account: SignIn) -> bool:
    """Tell whether the second factor was given in this session, and the session is not too old."""
    began = _passed(account)[0]
    longest = timedelta(hours=ctx.settings.web.longest_session_hours)
    return _is_within(ctx, began, longest)


def is_fresh(ctx: Context, account: SignIn) -> bool:
    """Tell whether somebody showed who they are a moment ago."""
    shown = _passed(account)[1]
    return _is_within(ctx, shown, FRESH_FOR)


def _is_half(ctx: Context) -> bool:
    return _is_within(ctx, _opened()[1], HALF_FOR)


def _is_within(ctx: Context, began: int | None, longest: timedelta) -> bool:
    return began is not None and -CLOCKS_DIFFER <= ctx.now() - datetime.fromtimestamp(began, UTC) < longest


def _opened() -> tuple[str, int | None]:
    found = session.get(OPENED)
    return (found[0], found[1]) if isinstance(found, list) and len(found) == 2 else ("", None)  # noqa: PLR2004 - mark, time


def _passed(account: SignIn) -> tuple[int | None, int | None]:
    found = session.get(PASSED)
    if isinstance(found, list) and len(found) == 3 and found[0] == account.session_key:  # noqa: PLR2004 - key, beginning, last shown
        return found[1], found[2]
    return None, None


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
