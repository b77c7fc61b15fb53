"""Codes that work once: those of an authenticator, and those kept on paper for the day when the phone is lost.

Source: RFC 6238 with SHA-1, 30 seconds and six digits, which every authenticator app understands; RFC 4648 (base32).
"""

import base64
import hmac
import secrets
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from tracker.domain.time_codes import DIGITS

SECRET_BYTES = 20
RECOVERY_CODES = 10
RECOVERY_GROUPS, GROUP_LENGTH = 4, 4
LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
"""Without the signs that look alike."""


def fresh_secret() -> str:
    """Return a new 160-bit secret of an authenticator, in base32 letters."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def code_at(secret: str, step: int) -> str:
    """Return the six digits of a secret in one time step."""
    return HOTP(base64.b32decode(secret), DIGITS, SHA1()).generate(step).decode()  # nosec B303 # noqa: S303 - what authenticators speak


def matches(secret: str, step: int, code: str) -> bool:
    """Tell whether ``code`` is the one of this step, in the same time whatever it is."""
    return hmac.compare_digest(code_at(secret, step).encode(), code.encode("utf-8", "surrogatepass"))


def address(secret: str, login: str) -> str:
    """Return what an authenticator reads from the picture; it names neither the program nor the office."""
    return f"otpauth://totp/{quote(login)}?secret={secret}&issuer=Docket"


def fresh_recovery_codes() -> tuple[str, ...]:
    """Return ten new codes of 78 bits, in groups that people can copy."""
    return tuple(
        "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(RECOVERY_GROUPS))
        for _ in range(RECOVERY_CODES)
    )  # fmt: skip


def plain(code: str) -> str:
    """Return a code as it is compared: without blanks and hyphens, in small letters."""
    return "".join(code.split()).replace("-", "").lower()
