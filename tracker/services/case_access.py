"""Who may read cases at all; which ones is decided by assignment, in every query."""

from tracker.domain.access import Permission, may
from tracker.domain.errors import ForbiddenError
from tracker.services.context import Context


def reader(ctx: Context) -> int:
    """Return the id of the person who acts, if the role reads cases.

    Raises:
        ForbiddenError: nobody in particular acts, or somebody whose work needs no case.
    """
    if ctx.actor.person_id is None or not may(ctx.actor.role, Permission.SEE_CASES):
        raise ForbiddenError("there is nothing here for you")
    return ctx.actor.person_id
