"""Walks the pages as a person could: every link that a page shows, every form that it offers."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from flask import Flask

from tests.web.visitor import Visitor

ROOT = Path(__file__).parents[2]
ENDS_SESSION = frozenset({"/logout", "/exit"})
OF_EACH_KIND = 3
_IN_TEMPLATES = re.compile(r"\bname=\"([a-z_]+)\"")
_IN_SOURCE = re.compile(r"\b(?:args|form|values)\b[^\n\"]{0,30}\"([a-z_]+)\"|_chosen\([^\n\"]*\"([a-z_]+)\"")


@dataclass(frozen=True, slots=True)
class Form:
    """One form: where it leads, and what it sends if nobody changes anything."""

    path: str
    method: str
    fields: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Walk:
    """What was found."""

    pages: dict[str, str] = field(default_factory=dict)
    forms: set[Form] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str, dict[str, str]]] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "form":
            self.forms.append((found.get("action", ""), found.get("method", "get").upper(), {}))
            self._is_open = True
        elif self._is_open and tag in {"input", "select", "textarea", "button"} and "name" in found:
            self.forms[-1][2].setdefault(found["name"], found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_open = False


def walk(visitor: Visitor, *begin: str) -> Walk:
    """Follow links from ``begin``, a few for each kind of page."""
    found, waiting, seen = Walk(), list(begin), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(visitor.app, path)
        if path in found.pages or kind is None or seen[kind] >= OF_EACH_KIND:
            continue
        answer = visitor.get(path)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            waiting += [urlsplit(answer.location).path] if answer.location else []
            continue
        seen[kind] += 1
        found.pages[path] = answer.text
        page = _Reader()
        page.feed(answer.text)
        waiting += [target for link in page.links if (target := _own(path, link))]
        found.forms |= {
            Form(_own(path, action) or path, method, tuple(sorted(fields.items()))) for action, method, fields in page.forms
        }  # fmt: skip
    return found


def _own(path: str, link: str) -> str | None:
    parts = urlsplit(urljoin(f"http://localhost{path}", link))
    return f"{parts.path}?{parts.query}".rstrip("?") if parts.netloc == "localhost" else None


def kind_of(app: Flask, path: str) -> str | None:
    """Return the endpoint that a path leads to; None for files and for nowhere."""
    with app.test_request_context(path) as context:
        endpoint = context.request.endpoint
    return None if endpoint is None or endpoint.endswith("static") else endpoint


def field_names() -> list[str]:
    """Return every name by which a page takes something: from the templates and from the source."""
    names = {name for path in ROOT.glob("templates/**/*.html") for name in _IN_TEMPLATES.findall(path.read_text(encoding="utf-8"))}
    for path in ROOT.glob("tracker/web/**/*.py"):
        names |= {name for pair in _IN_SOURCE.findall(path.read_text(encoding="utf-8")) for name in pair if name}
    return sorted(names - {"csrf_token", "viewport", "robots"})
