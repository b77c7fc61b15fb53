"""Note the head of the audit log once a day, so that a log made anew can be told from the true one."""

from collections.abc import Mapping
from datetime import timedelta

from tracker.services import audit_proof
from tracker.services.context import Context
from tracker.services.jobs import Job


def run(ctx: Context) -> Mapping[str, int]:
    """Note the head, where anything was written since the last time."""
    return {"anchored": int(audit_proof.anchor(ctx) is not None)}


JOB = Job(
    name="anchor",
    every=timedelta(days=1),
    run=run,
    summary="Note the head of the audit log, to be printed and kept elsewhere.",
    is_audited=False,
)
