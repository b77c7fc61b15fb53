"""What a device answers, held against our name, our address and the challenge: the library's checks, and no more of it."""

from urllib.parse import urlsplit

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import parse_authentication_credential_json
from webauthn.registration.verify_registration_response import VerifiedRegistration

from tracker.settings import WebSettings
from tracker.storage.tables.passkeys import Passkey

LONGEST_ANSWER = 10_000
USUAL_PORTS = {"https": 443, "http": 80}


def host(web: WebSettings) -> str:
    """Return the name that passkeys are made for: that of the address by which people reach the pages."""
    return urlsplit(web.public_url).hostname or ""


def origin(web: WebSettings) -> str:
    """Return where a browser must have stood, as it writes it."""
    parts = urlsplit(web.public_url)
    port = "" if parts.port in {None, USUAL_PORTS.get(parts.scheme)} else f":{parts.port}"
    name = f"[{host(web)}]" if ":" in host(web) else host(web)
    return f"{parts.scheme}://{name}{port}"


def registered(web: WebSettings, challenge: bytes, answer: str) -> VerifiedRegistration | None:
    """Return the passkey that a device made, with its owner recognised; ``None`` where anything about the answer is wrong."""
    try:
        return verify_registration_response(
            credential=answer[:LONGEST_ANSWER],
            expected_challenge=challenge,
            expected_rp_id=host(web),
            expected_origin=origin(web),
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001 - whatever a stranger's bytes do to the library's parsers, it is no passkey
        return None


def credential_named_in(answer: str) -> bytes:
    """Return which passkey claims to have answered; empty where nothing can be read."""
    try:
        return parse_authentication_credential_json(answer[:LONGEST_ANSWER]).raw_id
    except Exception:  # noqa: BLE001 - as above
        return b""


def asserted(web: WebSettings, challenge: bytes, answer: str, passkey: Passkey) -> VerifiedAuthentication | None:
    """Return what a passkey showed, with its owner recognised and its counter gone on; ``None`` where anything is wrong."""
    try:
        return verify_authentication_response(
            credential=answer[:LONGEST_ANSWER],
            expected_challenge=challenge,
            expected_rp_id=host(web),
            expected_origin=origin(web),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001 - as above
        return None
