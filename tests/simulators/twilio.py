"""A stateful simulator of the SMS provider's HTTP interface: what it takes it remembers, what it does is scripted by number.

Source: Twilio, "Messages resource" (2010-04-01), read 2026-11-23.
"""

import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any
from urllib.parse import parse_qs, urlsplit

ACCOUNT = "AC" + "0" * 32
TOKEN = "simulated-token"
OPTED_OUT = 21610


@dataclass(frozen=True, slots=True)
class Refuse:
    """Say no: a status, the provider's code, and perhaps when to come again."""

    status: int
    code: int
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Hang:
    """Do not answer for ``seconds``; the message is taken, or not."""

    seconds: float
    takes: bool = True


@dataclass(frozen=True, slots=True)
class Garble:
    """Take the message, then answer with something that is no answer."""


Behaviour = Refuse | Hang | Garble


@dataclass(slots=True)
class Taken:
    """One message that the provider took."""

    sid: str
    to: str
    body: str
    created_at: datetime
    form: dict[str, str]
    status: str = "queued"
    error_code: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as the provider shows it."""
        stamp = format_datetime(self.created_at.astimezone(UTC).replace(microsecond=0))
        return {
            "sid": self.sid, "to": self.to, "body": self.body, "status": self.status, "error_code": self.error_code, "error_message": None,
            "date_created": stamp, "date_updated": stamp, "date_sent": None, "account_sid": ACCOUNT, "api_version": "2010-04-01",
            "direction": "outbound-api", "from": self.form.get("From"), "messaging_service_sid": self.form.get("MessagingServiceSid"),
            "num_media": "0", "num_segments": "1", "price": None, "price_unit": "USD", "subresource_uris": {},
            "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{self.sid}.json",
        }  # fmt: skip


@dataclass(slots=True)
class Provider:
    """What the provider knows; ``clock`` stamps what it takes, ``script`` holds the next behaviours by number."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: TID251 - the provider has a clock of its own
    taken: dict[str, Taken] = field(default_factory=dict)
    script: dict[str, deque[Behaviour]] = field(default_factory=lambda: defaultdict(deque))
    opted_out: set[str] = field(default_factory=set)
    is_down: bool = False
    requests: int = 0
    url: str = ""
    on_taken: Callable[[], None] = lambda: None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, form: dict[str, str]) -> Taken:
        """Take one message."""
        with self._lock:
            sid = f"SM{len(self.taken) + 1:032x}"
            self.taken[sid] = Taken(sid, form["To"], form["Body"], self.clock(), form)
        self.on_taken()
        return self.taken[sid]

    def bodies(self) -> list[str]:
        """Return the texts of everything that was taken, in order."""
        return [each.body for each in self.taken.values()]


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_POST(self) -> None:
        """Take a message, or do as scripted."""
        self.provider.requests += 1
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {key: values[0] for key, values in parse_qs(raw).items()}
        if not self._may():
            return
        if form["To"] in self.provider.opted_out:
            self._refuse(Refuse(400, OPTED_OUT))
            return
        queue = self.provider.script[form["To"]]
        behaviour = queue.popleft() if queue else None
        match behaviour:
            case Refuse():
                self._refuse(behaviour)
            case Hang(seconds, takes):
                if takes:
                    self.provider.take(form)
                sleep(seconds)
                self.close_connection = True
            case Garble():
                self.provider.take(form)
                self._answer(201, b"<html>an error page</html>")
            case None:
                self._json(201, self.provider.take(form).as_json())

    def do_GET(self) -> None:
        """List messages by recipient and day, or show one."""
        self.provider.requests += 1
        if not self._may():
            return
        address = urlsplit(self.path)
        name = address.path.rpartition("/")[2].removesuffix(".json")
        if name != "Messages":
            found = self.provider.taken.get(name)
            if found is None:
                self._refuse(Refuse(404, 20404))
            else:
                self._json(200, found.as_json())
            return
        query = {key: values[0] for key, values in parse_qs(address.query).items()}
        since = query.get("DateSent>", query.get("DateSent>=", ""))
        listed = [each for each in self.provider.taken.values() if each.to == query.get("To", each.to) and str(each.created_at) >= since]
        self._json(200, {"messages": [each.as_json() for each in reversed(listed)], "next_page_uri": None, "page": 0, "page_size": 50})

    def _may(self) -> bool:
        if self.provider.is_down:
            self._refuse(Refuse(500, 20500))
            return False
        if not self.headers.get("Authorization", "").startswith("Basic "):
            self._refuse(Refuse(401, 20003))
            return False
        return True

    def _refuse(self, refusal: Refuse) -> None:
        body = {"code": refusal.code, "message": "the 'To' number is in this text", "more_info": "", "status": refusal.status}
        self._json(refusal.status, body, {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)})

    def _json(self, status: int, value: object, headers: dict[str, str] | None = None) -> None:
        self._answer(status, json.dumps(value).encode(), headers)

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        """Bear with a client that went away."""
        try:
            BaseHTTPRequestHandler.handle(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


@contextmanager
def simulated() -> Iterator[Provider]:
    """Run a provider on a free port of this machine."""
    provider = Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
