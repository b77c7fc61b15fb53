"""What a backup holds, and what it does not."""

import json
from pathlib import Path

import pytest

from tests import demo_office
from tests.backups import RECIPIENT, backing_up, clear
from tracker.domain.errors import NotConfiguredError
from tracker.services.backup_making import make_backup
from tracker.services.context import Context
from tracker.storage.queries import audit
from tracker.storage.tables.catalogue import METADATA


def test_its_manifest_says_what_it_is(ctx: Context, tmp_path: Path) -> None:
    """Every table of the program, the ids of the keys in use, the head of the audit log; sealed values are sealed, no key is in it."""
    demo_office.fill(ctx)
    made = make_backup(backing_up(ctx), tmp_path / "x.age")
    first, *lines, last = clear(tmp_path / "x.age").splitlines()
    head, end = json.loads(first), json.loads(last)["end"]
    with ctx.database.reading() as db:
        log = audit.head(db)
        entries = [entry.action for entry in audit.entries(db)]

    assert [table["name"] for table in head["tables"]] == sorted(METADATA.tables)
    assert (head["format"], head["version"], head["schema_revision"]) == ("court-process-tracker-backup", 1, made.schema)
    assert head["engine"] == ctx.database.engine.dialect.name
    assert head["created_at"] == "2026-11-23T08:00:00+01:00"
    assert end["key_ids"] == [1]
    assert log is not None
    assert end["audit_head"].partition(":")[0] == str(log.seq - 1)
    assert entries[-1] == "backup.made"
    assert sum(line.startswith(b"[") for line in lines) == made.rows == sum(made.tables.values())
    for secret in (*ctx.settings.keys.ring.values(), ctx.settings.keys.index, ctx.settings.web.secret_key):
        assert secret.get_secret_value().encode() not in b"".join(lines) + first + last


def test_nothing_of_it_can_be_read_without_the_key(sqlite_ctx: Context, tmp_path: Path) -> None:
    """The file tells its kind and its size."""
    demo_office.fill(sqlite_ctx)
    make_backup(backing_up(sqlite_ctx), tmp_path / "x.age")
    content = (tmp_path / "x.age").read_bytes()

    assert content.startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert RECIPIENT.encode() not in content
    for word in (b"person", b"proceeding", b"schema_revision"):
        assert word not in content


def test_nobody_named_means_no_file(sqlite_ctx: Context, tmp_path: Path) -> None:
    """Told before anything is written."""
    with pytest.raises(NotConfiguredError, match="tracker backup-key"):
        make_backup(sqlite_ctx, tmp_path / "x.age")
    assert not list(tmp_path.glob("*.age*"))
