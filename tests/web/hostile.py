"""Values that were made to do harm, and what an answer must look like that was given to one."""

import re
from time import monotonic
from urllib.parse import quote, quote_from_bytes, urlsplit

from werkzeug.test import TestResponse

from tests.web.visitor import Visitor

MARK = "canary"
INSERTED = f"'; INSERT INTO court (name) VALUES ('{MARK}'); --"  # noqa: S608 - meant to be one
HOSTILE = [
    "", " ", "0", "-1", str(2**31), str(2**63), str(2**64), "1e309", "NaN", "null", "true", "[]", "{}", "%", "%s%n", "%00", "\x00",
    "a\x00b",
    f"'; DROP TABLE flag; --{MARK}", INSERTED, "' OR '1'='1", "' OR 1=1 --", '" OR ""="',
    "1; SELECT pg_sleep(9)", "'||(SELECT pg_sleep(9))||'", "') UNION SELECT password FROM account --", "\\'; --", "%' ESCAPE '!", "_%_",
    f'"><{MARK} onload=alert(1)>', f"'><{MARK}>", f"</title><{MARK}>", f"--><{MARK}>", f"javascript:{MARK}", "&lt;b&gt;", "<!--",
    "{{4391*7}}", "${4391*7}", "{%for x in ().__class__.__base__.__subclasses__()%}x{%endfor%}", "#{4391*7}", "%(4391)s", "{0.__class__}",
    f"x\r\nX-Injected: {MARK}", f"x\nSet-Cookie: {MARK}=1", f"x%0d%0aX-Injected: {MARK}", f"\u010d\u010aX-Injected: {MARK}",
    "../../../../etc/passwd", "..\\..\\config.toml", "....//....//config.toml", "/etc/passwd", "%2e%2e%2fconfig.toml", "file:///etc/passwd",
    "//evil.example/", "https://evil.example/", "/\\evil.example", "=1+1", "@SUM(1)", "`id`", "$(id)", "| id", "; id",
    "\ud800", "\udfff\ud800", "\ufffe", "\u202e\u0442\u0441\u0435\u0442", "\u200f\u05d0",
    "\u0416\u0440\u0442\u0432\u0430 \u0402\u043e\u0440\u0452\u0435\u0432\u0438\u045b",
    "\u0130\u0131\u00df\ufb03", "e" + "\u0301" * 500, "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\uff1dcmd", "a" * 5000,
    "K " + "1" * 4000 + "/24",
    "2026-02-30", "9999-99-99", "0000-00-00", "99:99", "-0", "1" * 400, "a,b;c|d\t", "__proto__", "constructor", "id", "self", "../",
]  # fmt: skip
LONG = "x" * 1_000_000
PATIENCE = 3.0
"""Seconds that no answer may take, on a busy machine; honest ones take hundredths."""
COMPUTED = "30737"


def bytes_of(value: str) -> bytes:
    """Return a value as bytes, lone surrogates too."""
    return value.encode("utf-8", errors="surrogatepass")


def in_path(value: str) -> str:
    """Write a value so that it stands in one step of a path."""
    return quote_from_bytes(bytes_of(value), safe="") or "%20"


def in_query(**values: str) -> str:
    """Write values as a query, or as the body of a form."""
    return "&".join(f"{quote(name)}={quote_from_bytes(bytes_of(value), safe='')}" for name, value in values.items())


def threw(visitor: Visitor, method: str, path: str, body: str = "") -> list[str]:
    """Send a request; return what is wrong with the answer."""
    begun = monotonic()
    data, kind = (body, "application/x-www-form-urlencoded") if method == "POST" else (None, None)
    answer = visitor.client.open(path, method=method, data=data, content_type=kind, base_url=visitor.base_url, buffered=True)
    wrong = _wrong(answer)
    if monotonic() - begun > PATIENCE:
        wrong.append(f"took {monotonic() - begun:.1f} s")
    return [f"{method} {path[:120]} {body[:120]!r}: {each}" for each in wrong]


def _wrong(answer: TestResponse) -> list[str]:
    text = answer.get_data().decode("utf-8", errors="replace")
    lines = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    checks = {
        f"status {answer.status_code}": answer.status_code >= 500,
        "a traceback": "Traceback (most recent call last)" in text or "sqlalchemy" in text,
        "an echo that is not escaped": re.search(rf"<{MARK}|href=[\"']javascript:", text) is not None,
        "a template that was computed": COMPUTED in text,
        "a header that was smuggled in": "X-Injected" in answer.headers or f"{MARK}=1" in answer.headers.get("Set-Cookie", ""),
        "a header of two lines": len(lines.splitlines()) != len(answer.headers),
        "a way to elsewhere": urlsplit(answer.headers.get("Location", "").replace("\\", "/")).netloc
        not in {"", "localhost", "www.wikipedia.org"},
        "no policy": "Content-Security-Policy" not in answer.headers,
        "a file from elsewhere": "root:x:0:0" in text or re.search(r"secret_key\s*=", text) is not None,
    }
    return [said for said, is_wrong in checks.items() if is_wrong]
