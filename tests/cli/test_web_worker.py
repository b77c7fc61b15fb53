"""The server itself, spoken to over a bare socket: limits, slow visitors, and refusals that tell nothing."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.processes import configuration, finished, running, wait_for
from tracker.cli.commands.serve import LONGEST_ADDRESS, LONGEST_HEADER, MOST_HEADERS, THREADS
from tracker.cli.web_worker import HurriedSocket
from tracker.services.context import Context
from tracker.settings import WebSettings

SECRET = "CANARYTOKEN0123456789"
RECEIVE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Served:
    """The pages, served by one process with few threads."""

    port: int

    def connect(self) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=15)

    def send(self, request: bytes) -> bytes:
        """Send bytes as they are; return all that comes back until the server hangs up."""
        with self.connect() as line:
            line.sendall(request)
            answer = b""
            while chunk := line.recv(65536):
                answer += chunk
        return answer

    def get(self, path: str, *headers: str) -> bytes:
        """Ask for a page as a browser does."""
        lines = "".join(f"{header}\r\n" for header in headers)
        return self.send(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{lines}\r\n".encode())

    def answers(self) -> bool:
        """Tell whether the pages are served."""
        try:
            return self.get("/healthz").endswith(b"ok\n")
        except OSError:
            return False


@pytest.fixture
def served(sqlite_ctx: Context, tmp_path: Path) -> Iterator[Served]:
    """The pages, really served; what was logged is searched for the token that the tests send."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    keys = sqlite_ctx.settings.web
    web = WebSettings(
        port=port, workers=1, receive_seconds=RECEIVE_SECONDS, secret_key=keys.secret_key, password_salt=keys.password_salt
    )  # fmt: skip
    config = configuration(tmp_path / "config.toml", sqlite_ctx, sqlite_ctx.settings.model_copy(update={"web": web}))
    with running("serve", "--config", str(config)) as process:
        site = Served(port)
        wait_for(site.answers)
        yield site
        process.terminate()
        _, out, err = finished(process)
    assert SECRET not in out + err
    assert "Traceback" not in err


def status(answer: bytes) -> int:
    """Return the status of an answer."""
    return int(answer.split(b" ", 2)[1])


BROKEN = [
    (f"GET /a/{SECRET}{'x' * LONGEST_ADDRESS} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    (f"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: {SECRET}{'x' * LONGEST_HEADER}\r\n\r\n", 431),
    ("GET / HTTP/1.1\r\nHost: localhost\r\n" + "".join(f"X-{n}: {SECRET}\r\n" for n in range(MOST_HEADERS)) + "\r\n", 431),
    (f"{SECRET} /a/{SECRET}\r\n\r\n", 400),
    (f"GET /a/{SECRET} HTTP/9.9\r\n\r\n", 400),
    (f"GET / HTTP/1.1\r\nHost: localhost\r\nBad Name: {SECRET}\r\n\r\n", 400),
    (f"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n folded {SECRET}\r\n\r\n", 400),
    (f"POST /language HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{SECRET}", 400),
    (f"POST /language HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{SECRET}", 400),
    (f"POST /language HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n{SECRET}", 400),
    (f"GET /a/{SECRET} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400),
    (f"GET http://evil.example/a/{SECRET} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400),
]  # fmt: skip


def test_what_cannot_be_read_is_refused_calmly(served: Served) -> None:
    """Too long, too many, smuggled, malformed, for somebody else: one bare page, with the headers of every page, no echo."""
    for request, expected in BROKEN:
        answer = served.send(request.encode())
        assert status(answer) == expected, request[:60]
        assert b"This could not be read" in answer
        assert SECRET.encode() not in answer
        for name in (b"Content-Security-Policy", b"X-Content-Type-Options", b"Cache-Control: no-store"):
            assert name in answer, request[:60]
        assert b"gunicorn/" not in answer
        assert b"Python" not in answer

    assert served.answers()


def test_what_visitors_say_of_themselves_reaches_nothing(served: Served) -> None:
    """The server believes, by default, what comes from this machine; ours does not. Nothing tells which version serves."""
    answer = served.get("/login", "X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.7", "Script_Name: /evil", "Script-Name: /evil")

    assert status(answer) == 200
    assert b"Strict-Transport-Security" not in answer
    assert b"/evil" not in answer
    assert not any(line.startswith(b"Server:") and any(digit in line for digit in b"0123456789") for line in answer.split(b"\r\n"))


def test_bodies_say_their_length_beforehand(served: Served) -> None:
    """A body in chunks tells its size only when it is over; a large one is not even waited for."""
    head = b"POST /language HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

    assert status(served.send(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk + b"0\r\n\r\n")) == 411
    assert status(served.send(head + b"Content-Length: 99999999\r\n\r\n")) == 413


def test_slow_visitors_do_not_keep_others_waiting(served: Served) -> None:
    """As many as there are threads send a letter now and then; after the time for a request the others are served again."""
    begun = monotonic()
    lines = [served.connect() for _ in range(THREADS * 2)]
    for line in lines:
        line.sendall(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
    answered = False
    with socket.create_connection(("127.0.0.1", served.port), timeout=15) as other:
        other.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        other.settimeout(0.1)
        while not answered and monotonic() - begun < RECEIVE_SECONDS * 6:
            for line in lines:
                try:
                    line.sendall(b"x")
                except OSError:
                    sleep(0)
            try:
                answered = other.recv(100).startswith(b"HTTP/1.1 200")
            except TimeoutError:
                answered = False
    for line in lines:
        line.close()

    assert answered


def test_time_is_counted_for_a_request_as_a_whole() -> None:
    """A letter at a time wins nothing."""
    here, there = socket.socketpair()
    with here, there:
        hurried = HurriedSocket(here, 0.4)
        there.sendall(b"xyz")
        hurried.begin()
        assert hurried.recv(1) == b"x"
        sleep(0.5)
        with pytest.raises(ConnectionResetError, match="too slow"):
            hurried.recv(1)
        hurried.begin()
        assert hurried.recv(2) == b"yz"
        with pytest.raises(ConnectionResetError, match="too slow"):
            hurried.recv(1)
        assert here.gettimeout() == 60


def test_the_settings_of_the_test_are_those_of_the_program(sqlite_ctx: Context, tmp_path: Path) -> None:
    """The configuration that another process reads holds the new settings too."""
    written = configuration(tmp_path / "config.toml", sqlite_ctx).read_text(encoding="utf-8")

    assert f"parts = {json.dumps(list(sqlite_ctx.settings.web.parts))}" in written
