"""Which jobs there are, and how often they run."""

from datetime import timedelta

import pytest

from tracker.domain.errors import NotFoundError
from tracker.services.context import Context
from tracker.services.jobs import Job, all_jobs, job_named, period
from tracker.settings import WorkerSettings


def test_every_job_is_called_as_its_file() -> None:
    """So that `tracker job NAME` finds it."""
    names = [job.name for job in all_jobs()]

    assert {"deliver", "reconcile", "remind"} <= set(names)
    assert names == sorted(names)
    assert all(job_named(name).summary.endswith(".") for name in names)


def test_an_unknown_job_is_answered_with_the_known_ones() -> None:
    """In one line."""
    with pytest.raises(NotFoundError, match="deliver, reconcile, remind"):
        job_named("dance")


def test_the_settings_say_how_often() -> None:
    """In minutes or seconds; where they say nothing, the job itself does."""
    settings = WorkerSettings(remind_minutes=7, deliver_seconds=3)

    assert period(job_named("remind"), settings) == timedelta(minutes=7)
    assert period(job_named("deliver"), settings) == timedelta(seconds=3)
    assert period(Job("own", timedelta(hours=2), lambda _ctx: {}, "Own."), settings) == timedelta(hours=2)


@pytest.mark.parametrize("name", ["deliver", "reconcile", "remind"])
def test_a_job_with_nothing_to_do_does_nothing_twice(ctx: Context, name: str) -> None:
    """On an empty database, run twice at the same instant."""
    first, second = (dict(job_named(name).run(ctx)) for _ in range(2))

    assert first == second
    assert not any(first.values())
