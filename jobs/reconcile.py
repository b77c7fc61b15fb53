"""Ask the provider what became of messages."""

from datetime import timedelta

from tracker.services.jobs import Job
from tracker.services.reconciling import reconcile

JOB = Job(name="reconcile", every=timedelta(minutes=5), run=reconcile, summary="Ask the provider what became of messages.")
