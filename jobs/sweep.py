"""Ask the rules about every proceeding that is due, and keep what is different."""

from collections.abc import Mapping
from datetime import timedelta

from tracker.services.context import Context
from tracker.services.jobs import Job
from tracker.services.sweeping import sweep


def run(ctx: Context) -> Mapping[str, int]:
    """Sweep what is due."""
    return sweep(ctx)


JOB = Job(name="sweep", every=timedelta(minutes=15), run=run, summary="Ask the rules about what is due; open, change and close flags.")
