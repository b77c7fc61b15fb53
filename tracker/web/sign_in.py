"""The form for signing in: a login name, not an e-mail address."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_security import LoginForm, lookup_identity
from wtforms import StringField
from wtforms.validators import DataRequired

from tracker.services import audit
from tracker.services.context import Actor
from tracker.services.throttling import PASSWORD, got_in, require_patience
from tracker.web.request_context import program_context

NOBODY = Actor(person_id=0)


class SignInForm(LoginForm):
    """Login name and password; a wrong name and a wrong password look the same and take the same time."""

    email = StringField(
        _l("Sign-in name"),
        validators=[DataRequired(_l("Enter your sign-in name."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    remember = None

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401 - Flask-Security's signature
        """Find the sign-in by its name, then let Flask-Security check the password; every try counts, whoever it is for.

        Raises:
            TooOftenError: there were too many tries, for this name or from this address.
        """
        self.ifield = self.email
        ctx, name = program_context(), (self.email.data or "").strip().lower()
        here = {"account": name, "address": request.remote_addr or ""}
        require_patience(ctx, "password", PASSWORD, **here)
        self.user = lookup_identity(name)  # where there is nobody, the library hashes all the same: the time tells nothing
        is_right = bool(super().validate(**kwargs))
        if is_right:
            got_in(ctx, "password", **here)
        else:
            person = None if self.user is None else ("person", self.user.sign_in.person)  # type: ignore[attr-defined]  # ours: AccountUser
            audit.record(ctx.acting_as(NOBODY), "sign-in.refused", subject=person, details={"step": "password"})
        return is_right
