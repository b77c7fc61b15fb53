"""The calendar that programs fetch: by its secret address; what has not changed is not sent again."""

from flask import Blueprint, Response, request

from tracker.services import feeds
from tracker.web.access import public
from tracker.web.request_context import current_context

bp = Blueprint("calendar_file", __name__)


@bp.get("/feeds/<token>.ics")
@public
def fetch(token: str) -> Response:
    """Return the calendar, or that it has not changed; an unknown address is simply not there."""
    found = feeds.feed(current_context(), token, request.if_none_match)
    answer = Response(found.body, content_type="text/calendar; charset=utf-8")
    answer.headers["ETag"] = found.etag
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return answer.make_conditional(request)  # type: ignore[return-value]
