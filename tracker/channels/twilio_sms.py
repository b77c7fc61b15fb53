"""Send text messages through Twilio, with the vendor's own client.

Its answers are sorted into four: taken, refused for good, to be tried again, and nobody knows. Its exceptions may
hold a number or an address with one, so none of their texts goes further than this module.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from tracker.domain.errors import NotConfiguredError
from tracker.domain.messages import (
    Accepted,
    ChannelMaker,
    Deferred,
    MessageState,
    Notice,
    ProviderSilentError,
    Refused,
    Search,
    SendOutcome,
    Unanswered,
)
from tracker.settings import Settings

BLAMES_NUMBER = frozenset({21211, 21214, 21217, 21407, 21408, 21421, 21601, 21610, 21612, 21614, 21635, 30005, 30006})
"""Not a number, not reachable by text, opted out, landline: a person has to correct it.
Source: Twilio, "Error and Warning Dictionary", read 2026-11-23."""

BUSY = frozenset({429, 503})
DEFAULT_PAUSE_SECONDS = 30.0
OUR_FAULT = frozenset({401, 403, 404})
"""Our account or address is wrong: worth another try once it was put right."""

LONGEST_VALIDITY_SECONDS = 36_000
SHORTEST_VALIDITY_SECONDS = 6
LOOK_BACK = 50
STATES: Mapping[str, MessageState] = {
    "delivered": MessageState.DELIVERED,
    "read": MessageState.DELIVERED,
    "partially_delivered": MessageState.DELIVERED,
    "undelivered": MessageState.UNDELIVERED,
    "failed": MessageState.FAILED,
    "canceled": MessageState.FAILED,
}
"""Everything else (accepted, queued, sending, sent) means: taken, no news yet."""

NEVER_LEFT = frozenset({"NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ProxyError"})


class ThrottledError(TwilioException):  # type: ignore[misc]
    """The provider is busy and did nothing; ``pause`` is how many seconds it asks for."""

    def __init__(self, status: int, pause: float) -> None:
        """Keep the pause and the status."""
        super().__init__()
        self.pause = pause
        self.status = status


class Wire(TwilioHttpClient):  # type: ignore[misc]
    """The vendor's HTTP client, to an address of our choice, with time-outs, without a log."""

    def __init__(self, base: str, timeout: float) -> None:
        """Point it at ``base`` (empty: the vendor's own address), with a time-out in seconds."""
        super().__init__(timeout=timeout)
        self._base = urlsplit(base) if base else None

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - the vendor's signature
        """Make one request.

        Raises:
            ThrottledError: the provider asks us to wait.
        """
        if self._base is not None:
            there = urlsplit(url)
            url = urlunsplit((self._base.scheme, self._base.netloc, there.path, there.query, ""))
        response = super().request(method, url, *args, **options)
        if response.status_code in BUSY:
            raise ThrottledError(response.status_code, _seconds((response.headers or {}).get("Retry-After")))
        return response

    def log_request(self, kwargs: Mapping[str, Any]) -> None:
        """Log nothing: the vendor would log query texts, and those hold numbers."""

    def log_response(self, status_code: int, response: Any) -> None:  # noqa: ANN401 - the vendor's signature
        """Log nothing."""


@dataclass(frozen=True, slots=True)
class TwilioSms:
    """One account at the provider; ``sender`` are the arguments that name who sends."""

    client: Client
    sender: Mapping[str, str]
    needs_number: bool = True

    def send(self, notice: Notice) -> SendOutcome:
        """Hand one message over."""
        try:
            message = self.client.messages.create(
                to=notice.to,
                body=notice.body,
                content_retention="discard",
                address_retention="obfuscate",
                validity_period=_validity(notice.valid_seconds),
                **self.sender,
            )
        except ThrottledError as busy:
            return Deferred(str(busy.status), busy.pause)
        except TwilioException as refusal:
            return _sorted(refusal)
        except requests.RequestException as broken:
            return Deferred("unreachable") if _never_left(broken) else Unanswered("no-answer")
        except ValueError:
            return Unanswered("unreadable-answer")
        return _told(message)

    def find(self, search: Search) -> Accepted | None:
        """Return the message with that recipient, time and code; one whose text the provider discarded is known by its time alone.

        The provider's own filter by time knows days, and only of messages that left already: the time is compared here.
        """
        messages = self._asked(lambda: self.client.messages.list(to=search.to, limit=LOOK_BACK))
        near = [each for each in messages if each.sid not in search.taken and search.since <= each.date_created <= search.until]
        for each in near:
            if search.code in (each.body or ""):
                return _told(each)
        blank = [each for each in near if not each.body]
        start = search.since + timedelta(minutes=1)
        return _told(min(blank, key=lambda each: abs(each.date_created - start))) if blank else None

    def fetch(self, sid: str) -> Accepted | None:
        """Return what the provider says of one message."""
        try:
            return _told(self._asked(lambda: self.client.messages(sid).fetch()))
        except LookupError:
            return None

    def _asked(self, question: Any) -> Any:  # noqa: ANN401 - the vendor's client has no types
        try:
            return question()
        except TwilioException as refusal:
            if getattr(refusal, "status", None) == requests.codes.not_found:
                raise LookupError from None
            raise ProviderSilentError from None
        except (requests.RequestException, ValueError):
            raise ProviderSilentError from None


def _told(message: Any) -> Accepted:  # noqa: ANN401 - the vendor's client has no types
    code = message.error_code
    return Accepted(
        sid=message.sid,
        state=STATES.get(message.status, MessageState.SENT),
        error_code=None if code is None else str(code),
        blames_number=code in BLAMES_NUMBER,
    )


def _sorted(refusal: TwilioException) -> SendOutcome:
    status, code = getattr(refusal, "status", None), getattr(refusal, "code", None)
    if status is None:
        return Deferred("client")
    text = str(code or status)
    if code in BLAMES_NUMBER:
        return Refused(text, blames_number=True)
    if status >= requests.codes.internal_server_error or status in OUR_FAULT or code == 20429:  # noqa: PLR2004 - "too many requests"
        return Deferred(text)
    return Refused(text)


def _never_left(broken: requests.RequestException) -> bool:
    if isinstance(broken, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    reasons: Iterable[object] = (getattr(each, "reason", None) for each in broken.args)
    return any(type(reason).__name__ in NEVER_LEFT for reason in reasons)


def _seconds(header: str | None) -> float:
    try:
        return max(0.0, float(header or DEFAULT_PAUSE_SECONDS))
    except ValueError:
        return DEFAULT_PAUSE_SECONDS


def _validity(seconds: int | None) -> int:
    return max(SHORTEST_VALIDITY_SECONDS, min(seconds or LONGEST_VALIDITY_SECONDS, LONGEST_VALIDITY_SECONDS))


def _opened(settings: Settings) -> TwilioSms:
    account = settings.twilio
    token = account.auth_token.get_secret_value()
    if not (account.account_sid and token and (account.sender or account.messaging_service)):
        raise NotConfiguredError("the channel twilio needs twilio.account_sid, twilio.auth_token and a sender or messaging_service")
    logging.getLogger("urllib3").setLevel(logging.WARNING)  # its debug lines hold addresses, and those hold numbers
    client = Client(account.account_sid, token, http_client=Wire(account.base_url, account.timeout_seconds))
    service = account.messaging_service
    return TwilioSms(client, {"messaging_service_sid": service} if service else {"from_": account.sender})


CHANNEL = ChannelMaker("twilio", _opened)
