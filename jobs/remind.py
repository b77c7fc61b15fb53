"""Remind of upcoming hearings: put what is due into the outbox."""

from datetime import timedelta

from tracker.services.jobs import Job
from tracker.services.reminding import remind

JOB = Job(name="remind", every=timedelta(minutes=15), run=remind, summary="Remind of upcoming hearings: put what is due into the outbox.")
