"""The form for signing in: a login name, not an e-mail address."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_security import LoginForm, lookup_identity
from flask_security.utils import hash_password
from wtforms import StringField
from wtforms.validators import DataRequired


class SignInForm(LoginForm):
    """Login name and password; a wrong name and a wrong password look the same and take the same time."""

    email = StringField(
        _l("Sign-in name"),
        validators=[DataRequired(_l("Enter your sign-in name."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    remember = None

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401 - Flask-Security's signature
        """Find the sign-in by its name, then let Flask-Security check the password."""
        self.ifield = self.email
        self.user = lookup_identity((self.email.data or "").strip())
        if self.user is None:
            hash_password(self.password.data or "nobody")
        return bool(super().validate(**kwargs))
