"""How Alembic runs our migrations: always on a connection that was handed in."""

from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from tracker.storage.tables.catalogue import METADATA

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


def render_item(kind: str, item: Any, autogenerate: "AutogenContext") -> str | Literal[False]:  # noqa: ANN401 - whatever Alembic renders
    """Return the source text of column types that Alembic would print without an import."""
    if kind != "type":
        return False
    if isinstance(item, AutoString):
        return f"sa.String({item.length})" if item.length else "sa.String()"
    if type(item).__name__ == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    if type(item) is sa.JSON:
        autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql')"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
