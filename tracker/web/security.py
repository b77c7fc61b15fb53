"""What every answer carries: a strict policy, nothing cached behind sign-in, cookies that stay at home."""

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from tracker.settings import Settings, WebSettings
from tracker.web.parts import start_page
from tracker.web.request_context import program_context

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
FORGET = {"Clear-Site-Data": '"cache", "storage"'}
"""What a browser is told when somebody leaves. Not "cookies": it takes those of the office's whole domain; ours goes by its name."""
NONCE_BYTES = 16
LARGEST_FORM = 1024 * 1024
MOST_PARTS = 200
FILES_FOR = timedelta(hours=1)


def configuration(settings: Settings) -> dict[str, Any]:
    """Return the configuration of Flask and its extensions for these settings."""
    web = settings.web
    return {
        "SECRET_KEY": web.secret_key.get_secret_value(),
        "MAX_CONTENT_LENGTH": LARGEST_FORM,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
        "MAX_FORM_PARTS": MOST_PARTS,
        "SESSION_COOKIE_NAME": session_cookie(web),
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",  # with Strict, the link in a message would always find people signed out
        "SESSION_COOKIE_SECURE": web.is_secure,
        "SESSION_REFRESH_EACH_REQUEST": True,
        "PERMANENT_SESSION_LIFETIME": timedelta(minutes=web.idle_minutes),
        "SEND_FILE_MAX_AGE_DEFAULT": FILES_FOR,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # it wants a Referer, which our own Referrer-Policy keeps browsers from sending
        "BOOTSTRAP_SERVE_LOCAL": True,
        "SECURITY_PASSWORD_SALT": web.password_salt.get_secret_value(),
        "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"login": {"mapper": str.lower, "case_insensitive": True}}],
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_FRESHNESS": timedelta(-1),  # with it off, the library's own page for asking the password again is not served
        "SECURITY_CACHE_CONTROL": None,  # the library writes "no-store=True", which no browser knows; ours is below
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_RECOVERABLE": False,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        "SECURITY_POST_LOGIN_VIEW": start_page(web.parts),
        "SECURITY_POST_LOGOUT_VIEW": "/login",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_FLASH_MESSAGES": False,
    }


def session_cookie(web: WebSettings) -> str:
    """Return the name of the session's cookie: over HTTPS one that no neighbour under the same domain can set for us."""
    return "__Host-session" if web.is_secure else "session"


def csp_nonce() -> str:
    """Return the word of this answer that its script and style tags must carry; made anew for each."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(NONCE_BYTES)
    return str(g.csp_nonce)


def policy(nonce: str, web: WebSettings) -> str:
    """Return the policy of one answer: only tags that carry ``nonce`` run or style, and forms lead to us or outside by the exit.

    The exit is named because browsers hold a form's redirection against the policy too.
    """
    outside = urlsplit(web.exit_url)
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'; form-action 'self' {outside.scheme}://{outside.netloc}; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'" + ("; upgrade-insecure-requests" if web.is_secure else "")
    )


def headers(nonce: str, web: WebSettings) -> dict[str, str]:
    """Return what every answer carries, whoever gives it."""
    found = HEADERS | {"Content-Security-Policy": policy(nonce, web)}
    return found | {"Strict-Transport-Security": "max-age=31536000"} if web.is_secure else found


def _with_headers(response: Response) -> Response:
    for name, value in headers(csp_nonce(), program_context().settings.web).items():
        response.headers.setdefault(name, value)
    if request.endpoint is None or not request.endpoint.endswith("static"):
        response.headers.setdefault("Cache-Control", "no-store")
    if request.endpoint == "security.logout" and response.status_code < 400:  # noqa: PLR2004 - a refused form leaves nothing
        response.headers.update(FORGET)
    return response


def install(app: Flask) -> None:
    """Put the headers on every answer."""
    app.jinja_env.globals.update(csp_nonce=csp_nonce)
    app.after_request(_with_headers)
