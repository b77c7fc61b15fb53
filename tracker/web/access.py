"""Closed by default: a route without a declared permission stops the program from starting."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission, may
from tracker.domain.errors import ForbiddenError
from tracker.web import sessions
from tracker.web.request_context import half_signed_in, program_context, signed_in

P = ParamSpec("P")
V = TypeVar("V", bound=Callable[..., ResponseReturnValue])
DECLARED = "_declared_access"
LIBRARY_FILES = frozenset({"static", "bootstrap.static"})
LIBRARY_ENDPOINTS = LIBRARY_FILES | {"security.login", "security.logout"}
"""What libraries serve: files without secrets, and signing in and out, which guard themselves."""


def needs(permission: Permission, *, fresh: bool = False) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let only signed-in people with ``permission`` through; others get the sign-in page, or what is not there.

    With ``fresh`` they must have shown who they are within a quarter of an hour; else they are asked, and go on from there.
    """

    def guard(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            account = signed_in()
            if account is None:
                return redirect(url_for(_first_step(), next=_heading()), 303)
            if not may(account.role, permission):
                raise ForbiddenError("this page is not there")
            if fresh and not sessions.is_fresh(program_context(), account):
                return redirect(url_for("again.ask", next=_heading() or _form_of_this()), 303)
            return view(*args, **kwargs)

        setattr(guarded, DECLARED, permission)
        return guarded

    return guard


def _first_step() -> str:
    return "security.login" if half_signed_in() is None else "second_factor.ask"


def _heading() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _form_of_this() -> str | None:
    """Return the page on which this form stands: the nearest address that shows something, this one or above it."""
    adapter = current_app.create_url_adapter(request)
    path = request.path
    while adapter is not None and path:
        if adapter.test(path, "GET"):
            return path
        path = path.rpartition("/")[0]
    return None


def by_password(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let through whose password was given in this session: the pages of the second factor, and nothing else."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if half_signed_in() is None:
            return redirect(url_for("security.login", next=_heading()), 303)
        return view(*args, **kwargs)

    setattr(guarded, DECLARED, "password")
    return guarded


def public(view: V) -> V:
    """Declare that a view shows nothing that anybody may not see."""
    setattr(view, DECLARED, "public")
    return view


def refuse_undeclared(app: Flask) -> None:
    """Check every route.

    Raises:
        RuntimeError: one declares neither a permission nor that it is public.
    """
    bare = sorted(name for name, view in app.view_functions.items() if name not in LIBRARY_ENDPOINTS and not hasattr(view, DECLARED))
    if bare:
        raise RuntimeError(f"routes without a permission: {', '.join(bare)}")
