"""Whether the worker is alive and its jobs end well."""

from tracker.services.checkup import Check, Finding, Installation, span
from tracker.services.jobs import all_jobs, period
from tracker.services.leadership import LEASE
from tracker.storage.queries import checkup as queries
from tracker.storage.queries import job_runs

PATIENCE = 3
"""A job that ended well within three of its periods is on time."""


def look(place: Installation) -> Finding:
    """Look at the lease, which the leading worker renews, and at the ledger."""
    with place.asked().reading() as db:
        until = queries.lease_until(db, LEASE)
        last = {job: job_runs.last_success(db, job.name) for job in all_jobs()}
    if until is None or until <= place.now:
        silence = "never ran" if until is None else f"has been silent for {span(place.now - until)}"
        return Finding(ok=False, detail=f"the worker {silence}: start `tracker run` or `tracker worker`")
    late = [job.name for job, ended in last.items() if ended is None or place.now - ended > PATIENCE * period(job, place.settings.worker)]
    return Finding(ok=not late, detail="leads, " + (f"but these jobs have not ended well: {', '.join(late)}" if late else "jobs on time"))


CHECK = Check("worker", look)
