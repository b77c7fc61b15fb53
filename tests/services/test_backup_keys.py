"""Keys of backups."""

import stat
from pathlib import Path

import pytest

from tests.backups import backing_up, written
from tracker.domain.errors import InvalidInputError
from tracker.formats.backup.envelope import require_recipients
from tracker.schemas.backup import BackupRefusedError
from tracker.services.backup_keys import make_key, read_passphrase
from tracker.services.backup_making import make_backup
from tracker.services.backup_restoring import prove
from tracker.services.context import Context


def test_a_key_is_its_owners_and_never_written_over(tmp_path: Path) -> None:
    """Its recipient is what the settings need."""
    recipient = make_key(tmp_path / "key")
    content = (tmp_path / "key").read_text(encoding="ascii")

    require_recipients([recipient])
    assert "AGE-SECRET-KEY-1" in content
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    with pytest.raises(InvalidInputError, match="is there already"):
        make_key(tmp_path / "key")
    assert (tmp_path / "key").read_text(encoding="ascii") == content


def test_a_locked_key_opens_with_its_passphrase_only(sqlite_ctx: Context, tmp_path: Path) -> None:
    """Who finds the key file alone has nothing."""
    recipient = make_key(tmp_path / "key", "correct horse battery")
    make_backup(backing_up(sqlite_ctx, recipients=[recipient]), tmp_path / "x.age")

    assert b"SECRET" not in (tmp_path / "key").read_bytes()
    assert prove(sqlite_ctx.settings, tmp_path / "x.age", tmp_path / "key", "correct horse battery").keys_match
    with pytest.raises(BackupRefusedError, match="does not open the key file"):
        prove(sqlite_ctx.settings, tmp_path / "x.age", tmp_path / "key", "incorrect horse battery")


def test_several_people_can_open_the_same_backup(sqlite_ctx: Context, tmp_path: Path) -> None:
    """Each with a key of their own; a third cannot."""
    recipients = [make_key(tmp_path / name) for name in ("one", "two")]
    make_key(tmp_path / "three")
    make_backup(backing_up(sqlite_ctx, recipients=recipients), tmp_path / "x.age")

    for name in ("one", "two"):
        assert prove(sqlite_ctx.settings, tmp_path / "x.age", tmp_path / name).keys_match
    with pytest.raises(BackupRefusedError, match="this key does not open"):
        prove(sqlite_ctx.settings, tmp_path / "x.age", tmp_path / "three")


@pytest.mark.parametrize(
    ("content", "why"), [(b"short\n", "12 characters"), (b"x" * 5000, "12 characters"), (b"\xff" * 20, "not UTF-8"), (None, "No such")]
)
def test_a_passphrase_must_be_one(tmp_path: Path, content: bytes | None, why: str) -> None:
    """Told without repeating it."""
    path = tmp_path / "passphrase"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(InvalidInputError, match=why) as refused:
        read_passphrase(path)
    assert "short" not in str(refused.value)


def test_the_first_line_counts(tmp_path: Path, sqlite_ctx: Context) -> None:
    """An editor's line end is none of it."""
    (tmp_path / "p").write_bytes(b"correct horse battery\r\nnote\n")

    assert read_passphrase(tmp_path / "p") == "correct horse battery"
    assert written(sqlite_ctx, tmp_path / "x").exists()
