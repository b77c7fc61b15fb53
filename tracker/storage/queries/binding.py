"""Values that come with each execution, for statements that are built once: building costs more than running."""

from typing import Any

import sqlalchemy as sa

from tracker.storage.tables.hearings import Hearing

PERSON = sa.bindparam("person", type_=sa.Integer)
TODAY = sa.bindparam("today", type_=sa.Date)
NOW = sa.bindparam("now", type_=sa.inspect(Hearing).columns.starts_at.type)
LIMIT = sa.bindparam("limit", type_=sa.Integer)


def param(name: str, column: Any) -> sa.BindParameter[Any]:  # noqa: ANN401 - a column of any type
    """Return the value called ``name``, of the type of ``column``."""
    return sa.bindparam(name, type_=column.type)
