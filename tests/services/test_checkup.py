"""Each question that an operator asks first has an answer; what is bad is said, and nothing secret."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.backups import RECIPIENT, at, backing_up
from tests.conftest import MORNING
from tests.office import Office
from tracker.services.backup_folder import back_up
from tracker.services.checkup import CheckLine, check_all, span
from tracker.services.context import Context
from tracker.services.job_runs import run_scheduled
from tracker.services.jobs import all_jobs, period
from tracker.services.leadership import lead
from tracker.services.reminding import remind
from tracker.settings import AlertSettings, BackupSettings, OfficeSettings, Settings, TwilioSettings

NAMES = ["backups", "channel", "clock", "database", "disk", "keys", "queue", "schema", "worker"]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration file that only its owner can read."""
    path = tmp_path / "config.toml"
    path.touch(mode=0o600)
    return path


@pytest.fixture
def ready(ctx: Context, tmp_path: Path) -> Context:
    """An office where all is well: a worker leads, its jobs ended well, a backup was made."""
    folder = tmp_path / "copies"
    folder.mkdir()
    office = ctx.settings.model_copy(update={"office": OfficeSettings(demo=True)})
    ready = backing_up(replace(ctx, settings=office), folder=str(folder))
    for job in all_jobs():
        run_scheduled(ready, job, MORNING, period(job, ready.settings.worker))
    back_up(ready)
    lead(ready, "here")
    return ready


def looked(ctx: Context, config: Path, settings: Settings | None = None) -> dict[str, CheckLine]:
    """Return every line by its name, a second later."""
    chosen = settings or ctx.settings
    url = ctx.database.engine.url.render_as_string(hide_password=False)
    lines = check_all(at(chosen, url) if settings is None else chosen, config, ctx.now() + timedelta(seconds=1))
    return {line.name: line for line in lines}


def bad(lines: Iterable[CheckLine]) -> list[str]:
    """Return the names of the bad ones."""
    return [line.name for line in lines if not line.ok]


def changed(ctx: Context, **sections: object) -> Context:
    """Return the context with other settings."""
    return replace(ctx, settings=ctx.settings.model_copy(update=sections))


def test_all_is_well(ready: Context, config: Path) -> None:
    """Nine lines; on PostgreSQL the test's clock stands elsewhere than the server's, which is found."""
    lines = looked(ready, config)

    assert list(lines) == NAMES
    assert bad(lines.values()) == ([] if ready.database.is_sqlite else ["clock"] + (["worker"] if not lines["worker"].ok else []))
    assert lines["backups"].detail.startswith("1, the newest 0 min old")


def test_a_database_that_is_not_there_is_a_line(sqlite_ctx: Context, config: Path, tmp_path: Path) -> None:
    """Nothing is made by looking; what needs no database is still answered."""
    place = at(sqlite_ctx.settings, f"sqlite:///{tmp_path}/nowhere.sqlite3")
    lines = looked(sqlite_ctx, config, place)

    assert {"database", "schema", "queue", "worker", "clock"} <= set(bad(lines.values()))
    assert lines["keys"].ok
    assert not (tmp_path / "nowhere.sqlite3").exists()


def test_a_server_that_does_not_answer_is_a_line(sqlite_ctx: Context, config: Path) -> None:
    """Without its password."""
    lines = looked(sqlite_ctx, config, at(sqlite_ctx.settings, "postgresql://somebody:CANARY@127.0.0.1:1/x?connect_timeout=2"))

    assert "nothing answers" in lines["database"].detail
    assert {"database", "schema", "queue", "worker", "clock"} <= set(bad(lines.values()))
    assert "CANARY" not in str(lines)


def test_an_office_in_earnest_needs_backups_and_a_channel(ready: Context, config: Path) -> None:
    """What is good enough for invented cases is not for real ones."""
    earnest = changed(ready, office=OfficeSettings(), backups=BackupSettings())
    lines = looked(earnest, config)

    assert not lines["backups"].ok
    assert lines["channel"].detail == "console: messages are printed here and reach nobody"
    assert not lines["channel"].ok


def test_backups_that_stopped_are_found(ready: Context, config: Path) -> None:
    """Two periods without a new one; one from the future; a folder that is gone; nobody who could open one."""
    settings = ready.settings.backups
    folder = Path(settings.folder)

    assert looked(ready.at(MORNING + timedelta(hours=47)), config)["backups"].ok
    assert not looked(ready.at(MORNING + timedelta(hours=49)), config)["backups"].ok
    assert "from the future" in looked(ready.at(MORNING - timedelta(hours=1)), config)["backups"].detail
    assert "backup-key" in looked(changed(ready, backups=BackupSettings(folder=str(folder))), config)["backups"].detail
    for copy in folder.iterdir():
        copy.unlink()
    assert looked(ready, config)["backups"].detail == "there is none yet"
    gone = BackupSettings(folder=str(folder / "x"), recipients=[RECIPIENT])
    assert "cannot be read" in looked(changed(ready, backups=gone), config)["backups"].detail


def test_a_channel_that_cannot_send_is_found(ready: Context, config: Path) -> None:
    """Switched off, or without its account."""
    assert not looked(changed(ready, alerts=AlertSettings(enabled=False)), config)["channel"].ok
    assert not looked(changed(ready, alerts=AlertSettings(channel="twilio")), config)["channel"].ok
    account = TwilioSettings.model_validate({"account_sid": "AC", "auth_token": "CANARY", "sender": "Info"})
    lines = looked(changed(ready, alerts=AlertSettings(channel="twilio"), twilio=account), config)
    assert lines["channel"].ok
    assert "CANARY" not in str(lines)


def test_a_silent_worker_is_found(sqlite_ctx: Context, config: Path) -> None:
    """Never started; gone; leading, but with jobs that do not end well."""
    assert "never ran" in looked(sqlite_ctx, config)["worker"].detail
    lead(sqlite_ctx, "here")
    assert "have not ended well: anchor, backup, deliver" in looked(sqlite_ctx, config)["worker"].detail
    assert "silent for 60 min" in looked(sqlite_ctx.at(MORNING + timedelta(minutes=60)), config)["worker"].detail.replace("1 h", "60 min")


def test_messages_that_do_not_go_out_are_found(ctx: Context, config: Path) -> None:
    """An hour is long for what should take seconds."""
    office = Office.open(ctx).at(2026, 11, 23, 10, 0)
    office.person()
    office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)

    assert looked(office.ctx, config)["queue"].ok
    late = looked(office.at(2026, 11, 23, 13, 0).ctx, config)["queue"]
    assert (late.ok, late.detail) == (False, "1 due, the first for 3 h")


def test_a_clock_that_went_back_is_found(sqlite_ctx: Context, config: Path) -> None:
    """Before what it wrote itself."""
    job = all_jobs()[0]
    run_scheduled(sqlite_ctx, job, MORNING, job.every)

    assert looked(sqlite_ctx, config)["clock"].ok
    assert not looked(sqlite_ctx.at(MORNING - timedelta(minutes=5)), config)["clock"].ok


def test_keys_that_others_can_read_are_found(sqlite_ctx: Context, config: Path) -> None:
    """And a configuration without any."""
    config.chmod(0o640)
    assert "chmod 600" in looked(sqlite_ctx, config)["keys"].detail
    lines = looked(sqlite_ctx, config, at(Settings(), sqlite_ctx.database.engine.url.render_as_string()))
    assert "tracker init" in lines["keys"].detail


@pytest.mark.parametrize(("hours", "told"), [(0, "0 min"), (0.5, "30 min"), (1, "1 h"), (47, "47 h"), (48, "2 days"), (480, "20 days")])
def test_a_length_of_time_is_told_as_people_would(hours: float, told: str) -> None:
    """In minutes, hours or days."""
    assert span(timedelta(hours=hours)) == told
