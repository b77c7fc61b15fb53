"""The arithmetic of the audit log: each entry's seal covers the one before it, and stands for names that may be forgotten.

What an entry is about is covered by a salted commitment, not by its clear text: when somebody is erased, text and salt go,
the commitment stays, and the chain still adds up.
Source: B. Schneier, J. Kelsey, "Secure audit logs to support computer forensics", ACM TISSEC 2(2), 1999 (keyed chain).
"""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping

from tracker.privacy.keys import KeyRing

PURPOSE = "audit"
SALT_BYTES = 16
GENESIS = bytes(32)
"""What the first entry follows."""


def fresh_salt() -> bytes:
    """Return a new salt for one commitment."""
    return os.urandom(SALT_BYTES)


def commitment(salt: bytes, text: str) -> bytes:
    """Return 32 bytes that stand for ``text``; without the salt nobody can tell for which."""
    return hmac.digest(salt, text.encode("utf-8", "surrogatepass"), hashlib.sha256)


def reason_mark(keys: KeyRing, seq: int, reason: str) -> bytes:
    """Return what the chain covers of a reason: the same whatever key seals it today."""
    return keys.mac(PURPOSE, f"reason\x1f{seq}\x1f{reason}".encode("utf-8", "surrogatepass"))


def link(keys: KeyRing, previous: bytes, fields: Mapping[str, object]) -> bytes:
    """Return the 32-byte seal of an entry over its ``fields`` and the seal of the entry before it.

    Keyed: who can write to the database but has no keys cannot make a chain that adds up.
    """
    content = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=_plain)
    return keys.mac(PURPOSE, previous + content.encode("ascii"))


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(type(value).__name__)
