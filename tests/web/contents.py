"""What a database holds, so that a test can tell whether anything was written."""

import hashlib

import sqlalchemy as sa

from tracker.services.context import Context
from tracker.storage.tables.catalogue import METADATA

BOOKKEEPING = ("account", "audit", "session", "sign_in", "throttle", "second_factor")
"""Beginnings of the tables in which looking is noted too: who looked, when somebody was last here."""


def contents(ctx: Context) -> dict[str, str]:
    """Return a digest of every table but those in which looking is noted."""
    found = {}
    with ctx.database.reading() as db:
        for name, table in sorted(METADATA.tables.items()):
            if not name.startswith(BOOKKEEPING):
                rows = db.connection().execute(sa.select(table).order_by(*table.primary_key.columns)).all()
                found[name] = hashlib.sha256(repr(rows).encode(errors="replace")).hexdigest()
    return found
