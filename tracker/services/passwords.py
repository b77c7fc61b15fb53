"""Passwords: what is good enough to keep strangers out."""

from collections.abc import Sequence

from zxcvbn import zxcvbn

from tracker.domain.errors import InvalidInputError, Problem

SHORTEST, LONGEST = 12, 200
GOOD_ENOUGH = 3
"""Of 4: safely out of reach of guessing where guesses are slowed down.

Source: D. L. Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016.
"""
JUDGED = 72
"""Letters that are judged: judging takes time that grows faster than the length."""


def require_good(password: str, known: Sequence[str] = ()) -> None:
    """Do nothing where a password will do; ``known`` are words that a stranger would try first, such as the sign-in name.

    Raises:
        InvalidInputError: it is too short, too long, or easily guessed (it is not repeated).
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidInputError([Problem("password", f"{SHORTEST} to {LONGEST} characters")])
    if zxcvbn(password[:JUDGED], user_inputs=[word[:JUDGED] for word in known])["score"] < GOOD_ENOUGH:
        raise InvalidInputError([Problem("password", "too easily guessed: several words that do not belong together make a better one")])
