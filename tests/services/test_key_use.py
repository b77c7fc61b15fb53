"""What the vault finds out about itself: every swap is noticed, keys in use are counted, lost ones are named."""

from itertools import permutations

import pytest

from tests.factories import sealed
from tracker.privacy.keys import SealBrokenError
from tracker.services.context import Context
from tracker.services.key_use import Checked, KeyUse, check, key_use
from tracker.services.unsealing import reference
from tracker.storage.sealed_columns import sealed_columns


@pytest.fixture
def vault(ctx: Context) -> Context:
    """The system with a value in every sealed column, two rows each, sealed with key 1 of two."""
    found = sealed.under(ctx, sealed.ring(1))
    sealed.fill(found)
    return found


def test_values_open_where_they_are_and_nowhere_else(vault: Context) -> None:
    """Every value, moved to every other row, column and table of the database, is refused; at home it opens."""
    values = sealed.stored(vault)
    assert len(values) >= 2 * len(sealed_columns())

    for (place, row_id), value in values.items():
        assert vault.keys.open(place, value.row, value.blob).startswith("CANARY" if row_id else "x")
    for ((_, _), here), ((place, _), there) in permutations(values.items(), 2):
        with pytest.raises(SealBrokenError):
            vault.keys.open(place, there.row, here.blob)


def test_what_somebody_swapped_in_the_database_is_found(vault: Context) -> None:
    """Between rows of a column, between columns of a row, and cut short: each is named by place and reference, the rest is sound."""
    values = sealed.stored(vault)
    columns = {column.place: column for column in sealed_columns()}
    name, phone = columns["victim_identity.name_sealed"], columns["victim_identity.phone_sealed"]
    (first, second) = [key for key in values if key[0] == name.place]
    with vault.database.writing() as db:
        sealed.put(db, name, first[1], values[second].blob)
        sealed.put(db, phone, second[1], values[second].blob)
        sealed.put(db, columns["message.body_sealed"], 1, b"\1\1")
    found = check(vault)

    assert [(each.place, each.row_id) for each in found.broken] == [
        ("message.body_sealed", 1),
        (name.place, first[1]),
        (phone.place, second[1]),
    ]
    assert found.broken[1].reference == reference(vault.keys, name.place, values[first].row)
    assert (found.values, found.missing) == (len(values), {})
    assert "CANARY" not in repr(found)


def test_keys_are_counted_by_what_needs_them(vault: Context) -> None:
    """The current one, one that nothing needs, and one that is lost."""
    number = len(sealed.stored(vault))

    assert key_use(vault) == (KeyUse(1, True, True, number), KeyUse(2, False, True, 0))  # noqa: FBT003 - fields in order
    (lost, kept) = key_use(sealed.under(vault, sealed.ring(2, 2)))
    assert (lost, lost.is_missing) == (KeyUse(1, False, False, number), True)  # noqa: FBT003
    assert (kept.values, kept.is_missing) == (0, False)


def test_a_lost_key_is_no_corruption(vault: Context) -> None:
    """Its number is told, with how many values need it; nothing is called broken."""
    assert check(sealed.under(vault, sealed.ring(2, 2))) == Checked(len(sealed.stored(vault)), (), {1: len(sealed.stored(vault))})


def test_an_empty_record_needs_no_key(ctx: Context) -> None:
    """And there is nothing to find."""
    assert check(ctx) == Checked(0, (), {})
    assert [use.values for use in key_use(ctx)] == [0]
