"""Claims to compensation, assets, and remedies for undue delay."""

from sqlmodel import Field

from tracker.schemas.columns import SHORT
from tracker.schemas.compensation import AssetFields, ClaimFields, RemedyFields


class Claim(ClaimFields, table=True):
    """One claim of one victim."""

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=SHORT, unique=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    victim_id: int = Field(foreign_key="victim.id", index=True, ondelete="CASCADE")


class Asset(AssetFields, table=True):
    """One asset of the accused."""

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=SHORT, unique=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")


class Remedy(RemedyFields, table=True):
    """One remedy for undue delay, of one victim or of all."""

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=SHORT, unique=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    victim_id: int | None = Field(default=None, foreign_key="victim.id", index=True, ondelete="CASCADE")
