"""A person with a browser, without the browser: reads pages, sends forms with their tokens."""

import re
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import rows
from tracker.domain.codes.people import Role
from tracker.privacy.places import ACCOUNT_TOTP
from tracker.services import accounts, second_factor
from tracker.services.context import Context
from tracker.storage.queries import second_factors as queries

PASSWORD = "dovoljno-duga-lozinka"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CHANGING = re.compile(r'name="(csrf_token|next)" value="[^"]*"|nonce="[^"]*"')
"""What differs between two answers of one page."""
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(slots=True)
class Visitor:
    """One browser."""

    app: Flask
    base_url: str = "http://localhost"
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        """Open the browser."""
        self.client = self.app.test_client()

    def get(self, path: str, **headers: str) -> TestResponse:
        """Look at a page."""
        return self.client.get(
            path, base_url=self.base_url, buffered=True, headers={key.replace("_", "-"): value for key, value in headers.items()}
        )

    def post(self, path: str, *, form_at: str = "/login", **data: str) -> TestResponse:
        """Send a form with the token that the page at ``form_at`` holds."""
        page = self.client.get(form_at, base_url=self.base_url, follow_redirects=True).text
        found = TOKEN.search(page)
        assert found, f"no form at {form_at}"
        return self.client.post(path, base_url=self.base_url, data={"csrf_token": found[1], **data})

    def give_password(self, login: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Take the first step of signing in, and no other."""
        return self.post("/login", email=login, password=password, **more)

    def sign_in(self, login: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Sign in with password and code; returns the answer to the password."""
        answer = self.give_password(login, password, **more)
        if answer.status_code == 302:
            sent = self.post("/second-factor", form_at="/second-factor", code=fresh_code(self.ctx, login.strip().lower()))
            assert sent.status_code == 303, sent.text
        return answer

    @property
    def ctx(self) -> Context:
        """The system behind the pages."""
        found = self.app.extensions["tracker"]
        assert isinstance(found, Context)
        return found


_HASHES: dict[str, str] = {}


def usual_hash(ctx: Context) -> str:
    """Return the hash of everybody's password, computed once for each salt: giving the password costs the same all the same."""
    salt = ctx.settings.web.password_salt.get_secret_value()
    if salt not in _HASHES:
        _HASHES[salt] = accounts.hash_of(ctx, PASSWORD)
    return _HASHES[salt]


def enrol(ctx: Context, login: str, role: Role = Role.ADVOCATE) -> int:
    """Add a person with a sign-in; returns the person's id."""
    with ctx.database.writing() as db:
        person = rows.person(db, external_id=f"person-of-{login}", role=role.value)
        accounts.add(db, ctx, person, login, usual_hash(ctx))
    account = accounts.find(ctx, "login", login)
    assert account is not None
    second_factor.install(ctx, account, SECRET)
    return person


def fresh_code(ctx: Context, login: str) -> str:
    """Return the code of an authenticator, as half a minute later: the clock stands still here, so the step taken is forgotten."""
    with ctx.database.writing() as db:
        row = queries.of_account(db, accounts_row(ctx, login).id)
        queries.change(db, row.id, totp_counter=None)
        assert row.totp is not None
        return second_factor.current_code(ctx, ctx.keys.open(ACCOUNT_TOTP, row.login, row.totp))


def accounts_row(ctx: Context, login: str) -> accounts.SignIn:
    """Return a sign-in that exists."""
    found = accounts.find(ctx, "login", login)
    assert found is not None
    return found
