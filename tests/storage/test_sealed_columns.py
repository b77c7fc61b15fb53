"""The register of sealed columns is whole, and each of its columns is what it says."""

import sqlalchemy as sa

from tracker.privacy import places
from tracker.storage.sealed_columns import sealed_columns
from tracker.storage.tables.catalogue import METADATA


def test_every_sealed_column_is_in_the_register() -> None:
    """A column that is called ``..._sealed`` and stands in no file of `tracker.storage.sealed` would be forgotten by a rotation."""
    declared = [column.place for column in sealed_columns()]
    found = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.c
        if column.name.endswith("_sealed") and isinstance(column.type, sa.LargeBinary)
    }

    assert len(declared) == len(set(declared))
    assert set(declared) == found


def test_nothing_sealed_has_another_name() -> None:
    """Whatever a service may seal lies in a column of the register, and whatever is called sealed is bytes."""
    named = {value for name, value in vars(places).items() if name.isupper() and str(value).endswith("_sealed")}
    misnamed = [
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.c
        if column.name.endswith("_sealed") and not isinstance(column.type, sa.LargeBinary)
    ]

    assert named == {column.place for column in sealed_columns()}
    assert misnamed == []


def test_row_keys_never_change_hands() -> None:
    """What a seal is bound to is unique, so that no two rows share it, and one column names the row."""
    for column in sealed_columns():
        key = column.key_column
        alone = key.unique or key.primary_key or any({key} == set(index.columns) and index.unique for index in key.table.indexes)
        alone = alone or any(isinstance(rule, sa.UniqueConstraint) and {key} == set(rule.columns) for rule in key.table.constraints)
        assert alone, column.place
        assert column.id_column.primary_key
        assert column.source is not None
