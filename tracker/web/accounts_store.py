"""Flask-Security's view of our sign-ins: plain objects from a service, no database session of its own."""

from typing import Any

from flask_security import RoleMixin, UserMixin
from flask_security.datastore import Datastore, UserDatastore

from tracker.services import accounts
from tracker.services.accounts import SignIn
from tracker.services.context import Context


class NoRole(RoleMixin):
    """Roles live with the person, not with the sign-in; Flask-Security wants a class all the same."""

    name: str
    permissions: None = None


class AccountUser(UserMixin):
    """One sign-in for the length of a request."""

    fs_uniquifier: str = ""
    password: str = ""
    login: str = ""
    active: bool = False

    def __init__(self, sign_in: SignIn) -> None:
        """Show what Flask-Security reads."""
        self.sign_in = sign_in
        self.id = sign_in.id
        self.login = sign_in.login
        self.password = sign_in.password_hash
        self.active = sign_in.active
        self.fs_uniquifier = sign_in.session_key
        self.roles: list[RoleMixin] = []


class AccountStore(Datastore, UserDatastore):
    """Finds sign-ins; writes nothing but a newer hash of the same password."""

    def __init__(self, ctx: Context) -> None:
        """Look in the database of ``ctx``."""
        UserDatastore.__init__(self, AccountUser, NoRole)
        self._ctx = ctx

    def find_user(self, case_insensitive: bool = False, **by: Any) -> AccountUser | None:  # noqa: ANN401, ARG002, FBT001, FBT002 - Flask-Security's signature
        """Return a sign-in by login name, session key or number."""
        for name, column in (("login", "login"), ("fs_uniquifier", "session_key"), ("id", "id")):
            if name in by:
                found = accounts.find(self._ctx, column, by[name])  # type: ignore[arg-type]
                return None if found is None else AccountUser(found)
        return None

    def commit(self) -> None:
        """Do nothing: services commit."""

    def put(self, model: AccountUser) -> AccountUser:
        """Keep a newer hash of the same password."""
        if model.password != model.sign_in.password_hash:
            accounts.keep_password_hash(self._ctx, model.id, model.password)
        return model
