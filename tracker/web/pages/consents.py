"""Consents: which there are, which end soon, and their renewal and withdrawal; entries by reference, nobody by name."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.access import Permission
from tracker.domain.consent import ConsentScope
from tracker.domain.court_dates import days_after
from tracker.domain.errors import InvalidInputError, NotFoundError
from tracker.services import consents
from tracker.services.erasing import backups_until
from tracker.web import consent_words, when
from tracker.web.access import needs
from tracker.web.request_context import current_context

if TYPE_CHECKING:
    from datetime import date

bp = Blueprint("consents", __name__, url_prefix="/consents")


@bp.get("")
@needs(Permission.KEEP_CONSENT, fresh=True)
def index() -> ResponseReturnValue:
    """Show every entry, the most urgent first."""
    ctx = current_context()
    return render_template("consents/index.html", lines=consents.listed(ctx), today=ctx.office_today(), words=consent_words, when=when)


@bp.get("/<ref>")
@needs(Permission.KEEP_CONSENT, fresh=True)
def show(ref: str) -> ResponseReturnValue:
    """Show one consent with its history and the form to renew it."""
    return _page(ref, {}, 200)


@bp.post("/<ref>/give")
@needs(Permission.KEEP_CONSENT, fresh=True)
def give(ref: str) -> ResponseReturnValue:
    """Enter a consent that was given or renewed, or say at the field what is wrong."""
    sent = request.form
    entered = {"given_on": sent.get("given_on"), "expires_on": sent.get("expires_on"), "statistics": "statistics" in sent}
    try:
        consents.give(current_context(), ref, entered)
    except InvalidInputError as refused:
        return _page(ref, {problem.path: consent_words.problem(problem) for problem in refused.problems}, 422)
    return redirect(url_for(".show", ref=ref), 303)


@bp.get("/<ref>/withdraw")
@needs(Permission.KEEP_CONSENT, fresh=True)
def ask(ref: str) -> ResponseReturnValue:
    """Say what a withdrawal does and by when, before it is entered."""
    return _confirmation(ref, None, 200)


@bp.post("/<ref>/withdraw")
@needs(Permission.KEEP_CONSENT, fresh=True)
def withdraw(ref: str) -> ResponseReturnValue:
    """Enter the withdrawal that was confirmed."""
    try:
        scope = ConsentScope(request.form.get("scope", ""))
    except ValueError:
        return _confirmation(ref, _("Say what was withdrawn."), 422)
    consents.withdraw(current_context(), ref, scope)
    return redirect(url_for(".show", ref=ref), 303)


def _page(ref: str, problems: dict[str, str], status: int) -> ResponseReturnValue:
    ctx = current_context()
    today = ctx.office_today()
    page = consents.one(ctx, ref)
    sent: dict[str, Any] = {"given_on": today.isoformat(), "expires_on": "", "statistics": page.line.consent.statistics}
    if request.method == "POST":
        sent = {**request.form, "statistics": "statistics" in request.form}
    shown = {"page": page, "today": today, "problems": problems, "sent": sent, "words": consent_words, "when": when}
    return render_template("consents/show.html", zone=ctx.pack.timezone, **shown), status


def _confirmation(ref: str, problem: str | None, status: int) -> ResponseReturnValue:
    ctx = current_context()
    page = consents.one(ctx, ref)
    if page.line.consent.withdrawn_on is not None:
        raise NotFoundError("there is nothing to withdraw")
    by: date = days_after(ctx.office_today(), ctx.pack.retention.withdrawn_days)
    shown = {"page": page, "by": by, "backups_until": days_after(backups_until(ctx), ctx.pack.retention.withdrawn_days)}
    return render_template("consents/withdraw.html", problem=problem, enabled=ctx.settings.retention.enabled, when=when, **shown), status
