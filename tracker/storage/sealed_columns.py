"""The register of sealed columns: what rotation re-seals, and what a lost key makes unreadable."""

from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from tracker.discovery import discover
from tracker.storage.tables.catalogue import METADATA

PACKAGE = "tracker.storage.sealed"


@dataclass(frozen=True, slots=True)
class SealedColumns:
    """The sealed columns of one table, and the row key that their seals are bound to.

    ``row_key`` is a column of the same table; with ``owner`` one of that other table, to whose ``id`` the column ``<owner>_id`` leads.
    """

    places: tuple[str, ...]
    row_key: str = "external_id"
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One sealed column; ``place`` is what its seals are bound to, "table.column"."""

    place: str
    row_key: str
    owner: str | None

    @property
    def table(self) -> sa.Table:
        """The table that has it."""
        return METADATA.tables[self.place.partition(".")[0]]

    @property
    def column(self) -> sa.Column[bytes]:
        """The column itself."""
        return self.table.c[self.place.partition(".")[2]]

    @property
    def id_column(self) -> sa.Column[int]:
        """The primary key of its table."""
        (found,) = self.table.primary_key.columns
        return found

    @property
    def key_column(self) -> sa.Column[str]:
        """The column whose value its seals are bound to."""
        table = self.table if self.owner is None else METADATA.tables[self.owner]
        return table.c[self.row_key]

    @property
    def source(self) -> sa.FromClause:
        """The table, joined with the owner of the row key where that is another table."""
        if self.owner is None:
            return self.table
        owner = METADATA.tables[self.owner]
        return self.table.join(owner, owner.c.id == self.table.c[f"{self.owner}_id"])


@lru_cache(maxsize=1)
def sealed_columns() -> tuple[SealedColumn, ...]:
    """Return every sealed column, in order of the files that declare them."""
    return tuple(
        SealedColumn(place, found.row_key, found.owner) for found in discover(PACKAGE, "SEALED", SealedColumns) for place in found.places
    )
