"""Make the web application: settings in, pages discovered, nothing open that was not declared."""

from flask import Blueprint, Flask, Response, request, session
from flask_bootstrap import Bootstrap5
from flask_security import Security
from flask_wtf.csrf import CSRFProtect

from tracker.discovery import discover
from tracker.domain.access import Permission, may
from tracker.resources import folder
from tracker.services import accounts
from tracker.services.context import Context
from tracker.web import errors, front_door, i18n, parts, security, sessions
from tracker.web.access import LIBRARY_FILES, refuse_undeclared
from tracker.web.accounts_store import AccountStore
from tracker.web.broken_seals import legible
from tracker.web.request_context import EXTENSION, program_context, signed_in
from tracker.web.sign_in import SignInForm


def create_app(ctx: Context) -> Flask:
    """Return the application over ``ctx``.

    Raises:
        RuntimeError: a route declares no permission.
    """
    app = Flask("tracker.web", template_folder=str(folder("templates")), static_folder=str(folder("web") / "static"))
    app.config.update(security.configuration(ctx.settings))
    app.extensions[EXTENSION] = ctx
    app.jinja_env.finalize = legible
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    parts.install(app, ctx.settings.web.parts)
    front_door.install(app, ctx.settings.web)
    Bootstrap5(app)
    csrf = CSRFProtect(app)
    i18n.install(app)
    _only_for_people(app, Security(app, AccountStore(ctx), login_form=SignInForm))
    sessions.install(app, ctx)
    for blueprint in discover("tracker.web.pages", "bp", Blueprint):
        app.register_blueprint(blueprint)
    csrf.exempt("tracker.web.pages.exit.leave")
    app.before_request(_keep_session)
    errors.install(app)
    security.install(app)
    app.after_request(_note_seen)
    app.jinja_env.globals.update(signed_in=signed_in, allowed=_allowed)
    app.jinja_env.globals.update(is_demo=ctx.settings.office.demo, exit_url=ctx.settings.web.exit_url)
    refuse_undeclared(app)
    return app


def _only_for_people(app: Flask, sign_in: Security) -> None:
    """Shut the library's doors for programs: neither JSON answers nor tokens in place of a session."""
    sign_in.want_json(lambda _request: False)
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # Flask-Login puts it there


def _keep_session() -> None:
    """Let the session end so long after the last page, or with the browser: each page signs it anew."""
    if session and request.endpoint not in LIBRARY_FILES:
        session.modified = True


def _note_seen(response: Response) -> Response:
    account = signed_in()
    if account is not None:
        accounts.note_seen(program_context(), account)
    return response


def _allowed(permission: str) -> bool:
    account = signed_in()
    return account is not None and may(account.role, Permission(permission))
