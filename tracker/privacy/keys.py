"""The key ring: sealing of what identifies people, blind look-up, and derived tokens."""

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tracker.domain.errors import NotConfiguredError, TrackerError

FORMAT = 1
NONCE_BYTES = 12
KEY_BYTES = 32
INDEX_BYTES = 16
HEADER_BYTES = 2


class SealBrokenError(TrackerError):
    """A sealed value was altered, or belongs to another row or column."""


class MissingKeyError(NotConfiguredError):
    """A value is sound as far as anybody can tell, but the key that sealed it is not in the configuration."""

    def __init__(self, key_id: int) -> None:
        """Keep the number of the key."""
        self.key_id = key_id
        super().__init__(f"key {key_id} is missing from the configuration; values sealed with it cannot be read")


class UnsealableTextError(TrackerError):
    """A text that no encoding can write down: half of a surrogate pair, left over from broken input."""

    def __init__(self) -> None:
        """Say so, without the text."""
        super().__init__("a text to be sealed holds half a character: it was damaged on its way here")


def fresh_key() -> str:
    """Return a new random 256-bit key as URL-safe base64 text."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def decoded_key(text: str) -> bytes:
    """Return the 32 bytes of a key that `fresh_key` made.

    Raises:
        NotConfiguredError: the text is no such key (the text is not repeated).
    """
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii"))
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise NotConfiguredError("a key in the configuration is not 32 bytes of URL-safe base64")
    return raw


class KeyRing:
    """Seals, opens and indexes; keys are numbered so that they can be changed one day.

    A sealed value is ``format | key id | nonce | AES-256-GCM``; its associated data are the table, the column
    and the row, so that a value copied to another place does not open there.
    Source: NIST SP 800-38D (GCM), RFC 5869 (HKDF).
    """

    def __init__(self, *, current: int, ring: Mapping[int, bytes], index: bytes) -> None:
        """Keep the keys: ``current`` seals, all of ``ring`` open, ``index`` makes blind indexes and tokens."""
        if current not in ring:
            raise NotConfiguredError(f"key {current} is named as the current one but is not in the ring")
        self._current = current
        self._ring = dict(ring)
        self._index = index
        self._cipher = lru_cache(maxsize=256)(self._derived_cipher)
        self._index_key = lru_cache(maxsize=256)(self._derived_index_key)

    def __repr__(self) -> str:
        """Show key ids only."""
        return f"KeyRing(current={self._current}, ids={sorted(self._ring)})"

    @property
    def current(self) -> int:
        """The number of the key that seals."""
        return self._current

    @property
    def ids(self) -> tuple[int, ...]:
        """The numbers of the keys that open."""
        return tuple(sorted(self._ring))

    def _derived_cipher(self, key_id: int, where: str) -> AESGCM:
        try:
            master = self._ring[key_id]
        except KeyError:
            raise MissingKeyError(key_id) from None
        return AESGCM(HKDF(SHA256(), KEY_BYTES, salt=None, info=f"seal:{where}".encode()).derive(master))

    def _derived_index_key(self, where: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"index:{where}".encode()).derive(self._index)

    def seal(self, where: str, row: str, text: str) -> bytes:
        """Return ``text`` sealed for the column ``where`` ("table.column") of the row with the stable key ``row``.

        Raises:
            UnsealableTextError: the text holds half a character (the text is not repeated, nor kept in the error).
        """
        try:
            clear = text.encode()
        except UnicodeEncodeError:
            clear = None
        if clear is None:
            raise UnsealableTextError
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._cipher(self._current, where).encrypt(nonce, clear, f"{where}\x1f{row}".encode())
        return bytes((FORMAT, self._current)) + nonce + sealed

    def open(self, where: str, row: str, blob: bytes) -> str:
        """Return the text that was sealed for this place.

        Raises:
            MissingKeyError: its key is not in the configuration.
            SealBrokenError: it was altered, cut short or moved here from elsewhere.
        """
        if len(blob) < HEADER_BYTES + NONCE_BYTES or blob[0] != FORMAT:
            raise SealBrokenError(f"a sealed value of {where} cannot be read: it was altered")
        body = HEADER_BYTES + NONCE_BYTES
        try:
            clear = self._cipher(blob[1], where).decrypt(blob[HEADER_BYTES:body], blob[body:], f"{where}\x1f{row}".encode())
        except InvalidTag:
            raise SealBrokenError(f"a sealed value of {where} cannot be read: it was altered or moved") from None
        return clear.decode()

    @staticmethod
    def key_id(blob: bytes) -> int | None:
        """Return the number of the key that a sealed value names; ``None`` where the bytes are no sealed value of ours."""
        return blob[1] if len(blob) >= HEADER_BYTES + NONCE_BYTES and blob[0] == FORMAT else None

    def index(self, where: str, text: str) -> bytes:
        """Return the 16-byte blind index of ``text`` in the column ``where``: equal texts, equal indexes."""
        return hmac.digest(self._index_key(where), text.encode("utf-8", "surrogatepass"), hashlib.sha256)[:INDEX_BYTES]

    def mac(self, purpose: str, data: bytes) -> bytes:
        """Return a 32-byte authentication code of ``data`` that only the holder of the keys can make."""
        return hmac.digest(self._index_key(f"mac:{purpose}"), data, hashlib.sha256)

    def token(self, purpose: str, text: str) -> str:
        """Return a 22-character URL-safe token that only the holder of the keys can derive from ``text``."""
        digest = hmac.digest(self._index_key(f"token:{purpose}"), text.encode("utf-8", "surrogatepass"), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:INDEX_BYTES]).rstrip(b"=").decode()


def same_token(known: str, given: str) -> bool:
    """Tell whether somebody knows a derived token, in the same time for every wrong one; what is given may hold any sign."""
    return hmac.compare_digest(known.encode(), given.encode("utf-8", "replace"))
