"""Who may ask at all: under a name of ours, through the proxies that were named, with a form of reasonable size."""

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, request
from werkzeug.exceptions import BadRequest, LengthRequired, NotFound, RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.settings import WebSettings
from tracker.web import security
from tracker.web.bare_page import bare_page

MOST_FIELDS = 500
LONGEST_FIELD = 10_000
"""Letters; a password of a million marks would keep the library busy for an hour before anybody is signed in."""
NOTHING = "\x00"
"""PostgreSQL keeps no text with it, SQLite does: it stops here."""
LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", ""})
_HOST = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]{2,45})\]|(?P<name>[a-z0-9.-]{1,253}))(?::[0-9]{1,5})?", re.IGNORECASE)


class NamesOnly:
    """Refuses what asks for a host that is not ours, before anything else looks at it.

    So a page on a foreign name that is pointed at this machine (DNS rebinding) gets nothing, and no address is ever made of a
    host that a visitor chose.
    """

    def __init__(self, app: WSGIApplication, web: WebSettings) -> None:
        """Let through to ``app`` what asks for a name of ``web``."""
        self._app = app
        self._web = web

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or hand on."""
        found = _HOST.fullmatch(environ.get("HTTP_HOST", ""))
        if found is not None and (found["v6"] or found["name"]).lower() in self._web.names:
            return self._app(environ, start_response)
        body = bare_page()
        sent = security.headers("none", self._web) | {"Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8"}
        start_response("400 Bad Request", [*sent.items(), ("Content-Length", str(len(body)))])
        return [body]


def _refuse_what_no_page_of_ours_sends() -> None:
    """Stop what comes from another site, is no form, has more fields than any form, or holds the sign that no text has.

    Tokens guard every form already; what browsers say of where a form stands is a second lock. Old ones say nothing.
    """
    if NOTHING in request.path:
        raise NotFound
    if b"%00" in request.query_string:
        raise BadRequest
    if request.method not in LOOKING:
        _refuse_other_senders()
        _refuse_other_bodies()


def _refuse_other_senders() -> None:
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        raise BadRequest


def _refuse_other_bodies() -> None:
    if "Transfer-Encoding" in request.headers:  # no browser sends a form so, and the library would cut it off without a word
        raise LengthRequired
    if request.mimetype not in FORMS:
        raise UnsupportedMediaType
    if request.mimetype == "application/x-www-form-urlencoded" and request.get_data().count(b"&") >= MOST_FIELDS:
        raise RequestEntityTooLarge
    if None in request.form:  # a part without a name, over which libraries stumble
        raise BadRequest
    for value in (value for values in request.form.listvalues() for value in values):
        if NOTHING in value:
            raise BadRequest
        if len(value) > LONGEST_FIELD:
            raise RequestEntityTooLarge


def install(app: Flask, web: WebSettings) -> None:
    """Stand in front of the application; of proxies believe only as many entries as there are proxies of ours, and never a host."""
    app.wsgi_app = NamesOnly(app.wsgi_app, web)  # type: ignore[method-assign]
    if web.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=web.proxies, x_proto=web.proxies, x_host=0)  # type: ignore[method-assign]
    app.before_request(_refuse_what_no_page_of_ours_sends)
