"""Choose the language of the pages; works before signing in too."""

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue

from tracker.domain.codes.people import Language
from tracker.domain.errors import NotFoundError
from tracker.services import accounts
from tracker.web.access import public
from tracker.web.i18n import CHOSEN, offered_languages
from tracker.web.own_page import own_page
from tracker.web.request_context import current_context, signed_in

bp = Blueprint("language", __name__)


@bp.post("/language")
@public
def choose() -> ResponseReturnValue:
    """Remember a language for this session, and for the person who is signed in; go back to where they were."""
    wanted = request.form.get("language", "")
    if wanted not in set(offered_languages()):
        raise NotFoundError("there is no such language")
    session[CHOSEN] = wanted
    account = signed_in()
    if account is not None:
        accounts.choose_language(current_context(), account.id, Language(wanted))
    return redirect(own_page(request.form.get("next", "/")), 303)
