"""Send the messages that are due."""

from datetime import timedelta

from tracker.services.delivery import deliver
from tracker.services.jobs import Job

JOB = Job(name="deliver", every=timedelta(seconds=10), run=deliver, summary="Send the messages that are due.")
