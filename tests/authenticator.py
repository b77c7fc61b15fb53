"""A device that makes passkeys and answers with them, in software: real keys, honest or not as a test wants it.

Source: W3C Web Authentication Level 3, sections 5.8.1 (client data), 6.1 (authenticator data), 6.5 (attestation), 7.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40
ORIGIN = "https://tracker.example"


@dataclass(slots=True)
class Authenticator:
    """One passkey; ``counter`` goes up by ``step`` with each answer, and ``flags`` say whether the owner was recognised."""

    origin: str = ORIGIN
    rp_id: str | None = None
    counter: int = 0
    step: int = 1
    flags: int = PRESENT | VERIFIED
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), repr=False)
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def make(self, options: str, **client: object) -> str:
        """Answer the question for a new passkey."""
        asked = json.loads(options)
        point = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        key = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + encode_cbor(cose)
        data = self._data(asked["rp"]["id"], self.flags | WITH_KEY) + key
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._client("webauthn.create", asked["challenge"], client)
        return self._answer({"clientDataJSON": said, "attestationObject": attestation})

    def show(self, options: str, **client: object) -> str:
        """Answer the question for this passkey."""
        asked = json.loads(options)
        self.counter += self.step
        data = self._data(asked["rpId"], self.flags)
        said = self._client("webauthn.get", asked["challenge"], client)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer({"clientDataJSON": said, "authenticatorData": data, "signature": signature})

    def _client(self, kind: str, challenge: str, other: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False} | other).encode()

    def _data(self, rp_id: str, flags: int) -> bytes:
        name = hashlib.sha256((self.rp_id or rp_id).encode()).digest()
        return name + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _answer(self, response: dict[str, bytes]) -> str:
        name = bytes_to_base64url(self.id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": {key: bytes_to_base64url(value) for key, value in response.items()},
            }
        )


def altered(answer: str, part: str) -> str:
    """Return an answer in which one bit of a part is another one."""
    found = json.loads(answer)
    raw = bytearray(base64url_to_bytes(found["response"][part]))
    raw[len(raw) // 2] ^= 1
    found["response"][part] = bytes_to_base64url(bytes(raw))
    return json.dumps(found)
