"""Let go of why people opened cases: a reason may name a victim. That a case was opened stays in the audit log."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from tracker.domain.retention import RetentionRule
from tracker.privacy.places import OPENED_CASE_REASON
from tracker.services import audit
from tracker.services.context import Context
from tracker.storage.queries import opening_reasons as queries
from tracker.storage.queries.retention import aged

REFUSED = "case.open-refused"
OPENING = ("case.opened", REFUSED)


def forget_about(db: Session, ctx: Context, proceeding_ids: Collection[int]) -> Counter[str]:
    """Empty every reason that may name somebody in these cases, inside the caller's transaction; return how many, by table.

    In the audit log these are all reasons about the cases, whatever for, and those of refused attempts: such an attempt names
    no case, so that any of them may be about this one. An opening that still runs goes on without its reason.
    """
    openings = queries.of_cases(db, proceeding_ids)
    queries.rewrite(db, {key: ctx.keys.seal(OPENED_CASE_REASON, ref, "") for key, ref in openings.items()})
    reasons = audit.forget_reasons(db, ctx, queries.noted_about(proceeding_ids, (REFUSED,)))
    return Counter({"opened_case": len(openings), "audit_entry": reasons})


def forget_until(db: Session, ctx: Context, instant: datetime, *, act: bool) -> Counter[str]:
    """Take openings away that ended at ``instant`` or before, and reasons noted until then, or only count; return how many, by rule."""
    which = queries.noted_until(instant, OPENING)
    reasons = audit.forget_reasons(db, ctx, which) if act else audit.reasons(db, which)
    openings = aged(db, queries.expired_until(instant), act=act)
    return Counter({RetentionRule.OPENINGS.value: openings, RetentionRule.OPENING_REASONS.value: reasons})
