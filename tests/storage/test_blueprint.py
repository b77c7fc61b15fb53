"""The shape of the tables, from the migrations alone."""

from tracker.schemas.backup import ColumnKind
from tracker.storage.blueprint import blueprint
from tracker.storage.schema import newest_revision
from tracker.storage.tables.catalogue import METADATA


def test_it_is_the_shape_of_the_table_classes() -> None:
    """Every table with every column and its key."""
    shapes = {shape.name: shape for shape in blueprint(newest_revision())}

    assert set(shapes) == set(METADATA.tables)
    for name, table in METADATA.tables.items():
        assert {column.name for column in shapes[name].columns} == set(table.c.keys())
        assert set(shapes[name].key) == {column.name for column in table.primary_key}


def test_each_kind_is_known() -> None:
    """An instant is not a text, a code is."""
    hearing = {column.name: column.kind for shape in blueprint("0001") if shape.name == "hearing" for column in shape.columns}

    assert hearing["starts_at"] is ColumnKind.INSTANT
    assert hearing["outcome"] is ColumnKind.TEXT
    assert hearing["time_known"] is ColumnKind.BOOLEAN
    assert hearing["outcome_text_sealed"] is ColumnKind.BYTES
    assert hearing["version"] is ColumnKind.INTEGER
    assert {column.kind for shape in blueprint("0001") for column in shape.columns} == set(ColumnKind)
