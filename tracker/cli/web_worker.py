"""A worker of the web server that waits only so long for a visitor, and says nothing of itself or of what it could not read.

The server's own refusals repeat what was sent, on the page and in the log: addresses hold tokens. And a few visitors who send
one letter a second would keep all its threads waiting.
"""

import errno
import socket
from collections.abc import Mapping
from http import HTTPStatus
from time import monotonic
from types import MappingProxyType
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import TConn, ThreadWorker

from tracker.web.bare_page import bare_page
from tracker.web.security import headers

SEND_SECONDS = 60.0
"""A page that has not been taken after so long is not read by anybody."""
TOO_LARGE: Mapping[type[Exception], HTTPStatus] = MappingProxyType(
    {LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG, LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE}
)


class HurriedSocket:
    """The receiving side of a connection, with an end for each request as a whole: many small pieces win no time."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        """Give each request on ``sock`` so many seconds."""
        self._sock = sock
        self._seconds = seconds
        self._end = 0.0

    def begin(self) -> None:
        """A request begins now."""
        self._end = monotonic() + self._seconds

    def recv(self, size: int) -> bytes:
        """Return what arrives.

        Raises:
            ConnectionResetError: the request's time is over.
        """
        left = self._end - monotonic()
        if left <= 0:
            raise ConnectionResetError(errno.ECONNRESET, "too slow")
        try:
            self._sock.settimeout(left)
            return self._sock.recv(size)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "too slow") from None
        finally:
            self._sock.settimeout(SEND_SECONDS)


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """Gunicorn's worker with threads; ``app`` is our server, which knows the settings."""

    def handle(self, conn: TConn) -> Any:  # noqa: ANN401 - gunicorn's signature
        """Answer the next request of a connection, if it arrives in time."""
        if conn.parser is None:
            conn.parser = get_parser(self.cfg, HurriedSocket(conn.sock, self.app.settings.web.receive_seconds), conn.client)
        conn.parser.unreader.sock.begin()
        return super().handle(conn)

    def handle_error(self, _req: object, client: socket.socket, _addr: object, exc: BaseException) -> None:
        """Answer what could not be read, and what nobody expected, with one bare page; log the kind of failure and no more."""
        told = HTTPStatus.BAD_REQUEST if isinstance(exc, ParseException) else HTTPStatus.INTERNAL_SERVER_ERROR
        status = next((status for kind, status in TOO_LARGE.items() if isinstance(exc, kind)), told)
        self.log.warning("a request was not answered: %s", type(exc).__name__)
        body = bare_page()
        sent = headers("none", self.app.settings.web) | {
            "Cache-Control": "no-store",
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        try:
            write_nonblock(client, head.encode("ascii") + b"\r\n" + body)
        except OSError:
            self.log.debug("nobody took the answer")
