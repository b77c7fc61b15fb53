"""The folder of backups: made when due, removed when old, and nothing else is touched."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.backups import backing_up, key_file
from tests.conftest import MORNING
from tracker.domain.errors import InvalidInputError, NotConfiguredError
from tracker.services.backup_folder import back_up, copies, is_due, rotate
from tracker.services.backup_making import Made, make_backup
from tracker.services.backup_restoring import prove
from tracker.services.context import Context
from tracker.services.job_runs import run_scheduled
from tracker.services.jobs import job_named
from tracker.storage.queries import job_runs

DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    path = tmp_path / "copies"
    path.mkdir()
    return path


def days(ctx: Context, number: float) -> Context:
    """The same a number of days later."""
    return ctx.at(MORNING + number * DAY)


def named(instant: datetime) -> str:
    """The name of a copy in winter, when Belgrade is one hour ahead of UTC."""
    return f"tracker-{instant - timedelta(hours=1):%Y%m%d-%H%M%SZ}.age"


def test_one_is_made_when_it_is_due(sqlite_ctx: Context, folder: Path, tmp_path: Path) -> None:
    """At once, then daily; running it twice does nothing twice; the slack keeps a daily one from slipping."""
    ctx = backing_up(sqlite_ctx, folder=str(folder))

    assert [back_up(days(ctx, day)) for day in (0, 0, 0.97, 0.99, 1)] == [
        {"made": made, "removed": 0} for made in (1, 0, 0, 1, 0)
    ]  # fmt: skip
    assert [copy.path.name for copy in copies(ctx.settings.backups)][-1] == "tracker-20261123-070000Z.age"
    assert prove(ctx.settings, copies(ctx.settings.backups)[0].path, key_file(tmp_path)).keys_match


def test_without_a_folder_none_are_made(ctx: Context) -> None:
    """Off is off."""
    assert back_up(ctx) == {"made": 0, "removed": 0}
    with pytest.raises(NotConfiguredError, match="is not set"):
        copies(ctx.settings.backups)


def test_only_old_copies_of_ours_are_removed(sqlite_ctx: Context, folder: Path, tmp_path: Path) -> None:
    """Not the newest few, not one that is as old as allowed, not what others put there, and nothing behind a link."""
    ctx = backing_up(sqlite_ctx, folder=str(folder), keep_days=10, keep_at_least=2)
    outside = tmp_path / "precious.age"
    outside.write_bytes(b"precious")
    old = [named(MORNING - age * DAY) for age in (10, 11, 12)]
    others = ["tracker-20200101-000000Z.age.bak", "x-tracker-20200101-000000Z.age", "tracker-20201399-000000Z.age", "notes.txt",
              "tracker-２０２００１０１-000000Z.age", ".tracker-20200101-000000Z.age.CANARY.part"]  # fmt: skip
    for name in (*old, *others):
        (folder / name).write_bytes(b"x")
    (folder / "tracker-20200101-000000Z.age").mkdir()
    (folder / "tracker-20200102-000000Z.age").symlink_to(outside)
    left, fresh = (folder / f".tracker-20200101-000000Z.age.abcd_{end}.part" for end in ("123", "456"))
    for path, age in ((left, 2), (fresh, 0)):
        path.write_bytes(b"x")
        os.utime(path, ((MORNING - age * DAY).timestamp(),) * 2)

    assert back_up(ctx) == {"made": 1, "removed": 2}

    there = {each.name for each in folder.iterdir()}
    assert there == {named(MORNING), old[0], *others, "tracker-20200101-000000Z.age", "tracker-20200102-000000Z.age", fresh.name}
    assert outside.read_bytes() == b"precious"


def test_the_newest_few_stay_however_old(sqlite_ctx: Context, folder: Path) -> None:
    """After a long silence nothing but the copies beyond ``keep_at_least`` goes."""
    ctx = backing_up(sqlite_ctx, folder=str(folder), keep_days=1, keep_at_least=3)
    for age in range(400, 405):
        (folder / named(MORNING - age * DAY)).write_bytes(b"x")

    assert back_up(ctx) == {"made": 1, "removed": 3}
    assert len(copies(ctx.settings.backups)) == 3


@pytest.mark.parametrize(
    ("every", "keep", "least"), [(24, 35, 14), (24, 13, 14), (168, 35, 14), (168, 34, 1), (744, 35, 1), (1, 1, 1), (36, 3, 2)]
)
def test_what_is_promised_of_old_copies_is_kept(sqlite_ctx: Context, folder: Path, every: int, keep: int, least: int) -> None:
    """The copy of the hour before somebody was erased is gone on the day that was told, and not much earlier."""
    settings = backing_up(sqlite_ctx, folder=str(folder), every_hours=every, keep_days=keep, keep_at_least=least).settings.backups
    first, number = folder / named(MORNING), 0
    first.write_bytes(b"x")
    while first.exists():
        number += 1
        then = MORNING + timedelta(hours=number * every)
        path = folder / named(then)
        path.write_bytes(b"x")
        rotate(settings, then, Made(str(path), 1, then, "0001", 0, {}))

    assert 0 <= settings.longest_days * 24 - number * every < 24


def test_a_failed_backup_removes_nothing(sqlite_ctx: Context, folder: Path) -> None:
    """The ledger says that it failed, and the next run tries again."""
    ctx = backing_up(sqlite_ctx, folder=str(folder), recipients=[], keep_days=1, keep_at_least=1)
    for age in range(400, 405):
        (folder / named(MORNING - age * DAY)).write_bytes(b"x")
    job = job_named("backup")

    assert run_scheduled(ctx, job, MORNING, job.every) is None
    with ctx.database.reading() as db:
        assert job_runs.last_success(db, "backup") is None
    assert len(copies(ctx.settings.backups)) == 5
    assert is_due(ctx.settings.backups, ctx.now())


def test_a_folder_that_is_not_there_is_not_made(sqlite_ctx: Context, tmp_path: Path) -> None:
    """It may be a disk that somebody has to plug in."""
    with pytest.raises(NotConfiguredError, match="cannot be read"):
        back_up(backing_up(sqlite_ctx, folder=str(tmp_path / "usb")))
    assert not (tmp_path / "usb").exists()


def test_two_at_the_same_instant_make_one(sqlite_ctx: Context, folder: Path) -> None:
    """What is there already is not written over."""
    ctx = backing_up(sqlite_ctx, folder=str(folder), every_hours=1)
    back_up(ctx)
    (folder / named(MORNING)).rename(folder / "kept")
    back_up(ctx)
    with pytest.raises(InvalidInputError, match="is there already"):
        make_backup(ctx, folder / named(MORNING))
