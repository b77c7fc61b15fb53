"""Closed by default: a route without a declared permission stops the program from starting."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission, may
from tracker.domain.errors import ForbiddenError
from tracker.web.request_context import signed_in

P = ParamSpec("P")
V = TypeVar("V", bound=Callable[..., ResponseReturnValue])
DECLARED = "_declared_access"
LIBRARY_FILES = frozenset({"static", "bootstrap.static"})
LIBRARY_ENDPOINTS = LIBRARY_FILES | {"security.login", "security.logout"}
"""What libraries serve: files without secrets, and signing in and out, which guard themselves."""


def needs(permission: Permission) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let only signed-in people with ``permission`` through; others get the sign-in page, or what is not there."""

    def guard(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            account = signed_in()
            if account is None:
                return redirect(url_for("security.login", next=request.full_path.rstrip("?") if request.method == "GET" else None), 303)
            if not may(account.role, permission):
                raise ForbiddenError("this page is not there")
            return view(*args, **kwargs)

        setattr(guarded, DECLARED, permission)
        return guarded

    return guard


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
