"""Let go what was kept long enough, or report what would go."""

from datetime import timedelta

from tracker.services.jobs import Job
from tracker.services.retaining import retain

JOB = Job(name="retain", every=timedelta(days=1), run=retain, summary="Report what is due to go; where enabled, let it go.")
