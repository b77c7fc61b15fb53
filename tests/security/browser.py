"""A browser before the really served pages; whatever comes back, headers and all, is kept by the page that said it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin

from tests.security.office import Marked
from tests.web.visitor import TOKEN
from tracker.domain.time_codes import step_of
from tracker.privacy import places
from tracker.privacy.one_time_codes import code_at

LINK = re.compile(r'href="(/[^"#]*)["#]')
WAITING = re.compile(r'name="waiting" value="([^"]+)"')
LETTERS = re.compile(r"<code>([A-Z2-7]{4}(?: [A-Z2-7]{4}){7})</code>")
RECOVERY = re.compile(r"<code>((?:[2-9a-z]{4}-){3}[2-9a-z]{4})</code>")
LEAVES = ("/logout", "/exit", "/static", "/bootstrap")
MOST_PAGES = 40


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def goes_to(self) -> str:
        """Return where it leads."""
        return self.headers.get("Location", "")


@dataclass(slots=True)
class Browser:
    """Somebody's browser; ``who`` stands in the names of the places."""

    office: Marked
    who: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes = b"", at: str = "", **headers: str) -> Answer:
        """Send a request, and keep the answer under the place ``at``."""
        line = HTTPConnection("127.0.0.1", self.office.ctx.settings.web.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line.request(method, path, body or None, {"Accept-Language": "en", "Cookie": cookie} | sent)
        answer = line.getresponse()
        data, head = answer.read(), "\n".join(f"{name}: {value}" for name, value in answer.getheaders())
        line.close()
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        self.office.note(f"page: {at or 'other pages'} ({self.who})", f"{answer.status}\n{head}\n".encode() + data)
        return Answer(answer.status, dict(answer.getheaders()), data.decode(errors="replace"))

    def get(self, path: str, at: str = "", **headers: str) -> Answer:
        """Look at a page."""
        return self.ask("GET", path, b"", at, **headers)

    def send(self, path: str, at: str = "", *, form_at: str = "", **fields: str) -> Answer:
        """Send a form with the token of the page at ``form_at``."""
        found = TOKEN.search(self.get(form_at or path, at=at).text)
        assert found, f"no form at {form_at or path}"
        body = urlencode({"csrf_token": found[1], **fields}).encode()
        return self.ask("POST", path, body, at, Content_Type="application/x-www-form-urlencoded")

    def sign_in(self, password: str) -> None:
        """Sign in for the first time: password, a new authenticator, its first code, recovery codes."""
        marks = self.office.marks
        answer = self.send("/login", "sign-in", email=self.who, password=password)
        assert answer.status == 302, answer.text
        page = self.get("/second-factor/set-up", "setting up the second factor")
        found = LETTERS.search(page.text)
        assert found, page.status
        marks.know(f"{places.ACCOUNT_TOTP}#{self.who}-spaced", found[1])
        secret = marks.know(f"{places.ACCOUNT_TOTP}#{self.who}", found[1].replace(" ", ""))
        waiting = WAITING.search(page.text)
        assert waiting, page.status
        wrong = self.send("/second-factor/set-up", "setting up the second factor", code=marks["typed.code"], waiting=waiting[1])
        assert wrong.status == 422
        code = code_at(secret, step_of(self.office.ctx.now()))
        done = self.send("/second-factor/set-up", "recovery codes", code=code, waiting=waiting[1])
        codes = RECOVERY.findall(done.text)
        assert len(codes) == 10, done.status
        for number, each in enumerate(codes[:2]):
            marks.know(f"{places.ACCOUNT_RECOVERY}#{self.who}-{number}", each)
        marks.know(f"made.session#{self.who}", self.cookies["session"])

    def look_around(self, *begin: str) -> list[str]:
        """Follow every link from ``begin`` as far as it goes, and return where that led."""
        waiting, seen = list(begin), list[str]()
        while waiting and len(seen) < MOST_PAGES:
            path = waiting.pop(0)
            if path in seen or path.startswith(LEAVES):
                continue
            seen.append(path)
            answer = self.get(path, "looking around")
            assert answer.status < 500, path
            waiting += [answer.goes_to] if answer.goes_to.startswith("/") else []
            waiting += [urljoin(path, link.replace("&amp;", "&")) for link in LINK.findall(answer.text)]
        return seen
