"""A person with a browser, without the browser: reads pages, sends forms with their tokens."""

import re
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import rows
from tracker.domain.codes.people import Role
from tracker.services import accounts
from tracker.services.context import Context

PASSWORD = "dovoljno-duga-lozinka"
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

    def sign_in(self, login: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Sign in."""
        return self.post("/login", email=login, password=password, **more)


def enrol(ctx: Context, login: str, role: Role = Role.ADVOCATE) -> int:
    """Add a person with a sign-in; returns the person's id."""
    with ctx.database.writing() as db:
        person = rows.person(db, external_id=f"person-of-{login}", role=role.value)
    accounts.create(ctx, f"person-of-{login}", login, PASSWORD)
    return person
