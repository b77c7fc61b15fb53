"""What a job is, and which there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from tracker.discovery import discover, module_names
from tracker.domain.errors import NotFoundError
from tracker.services.context import Context
from tracker.settings import WorkerSettings

JOBS = "jobs"
"""The package of the jobs, known here by name only: nothing in `tracker` imports it."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again; ``run`` does whatever is due and returns its counts, and may run at any time.

    ``every`` is its period where the settings name none; ``summary`` is one line for people; ``is_audited`` is false for a
    job that tends the audit log itself, which would otherwise always find something new.
    """

    name: str
    every: timedelta
    run: Callable[[Context], Mapping[str, int]]
    summary: str
    is_audited: bool = True


def all_jobs() -> tuple[Job, ...]:
    """Return every job, in order of name."""
    return discover(JOBS, "JOB", Job)


def job_named(name: str) -> Job:
    """Return one job.

    Raises:
        NotFoundError: there is none of that name.
    """
    for job in all_jobs():
        if job.name == name:
            return job
    known = ", ".join(each.replace("_", "-") for each in module_names(JOBS))
    raise NotFoundError(f"there is no job of that name; there are: {known}")


def period(job: Job, settings: WorkerSettings) -> timedelta:
    """Return how often ``job`` runs: as ``worker.<name>_minutes`` or ``worker.<name>_seconds`` say, else as itself says."""
    for unit in ("minutes", "seconds"):
        number: int | None = getattr(settings, f"{job.name}_{unit}", None)
        if number is not None:
            return timedelta(**{unit: number})
    return job.every
