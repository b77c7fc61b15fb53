"""The arithmetic of the audit log."""

import os

from hypothesis import given
from hypothesis import strategies as st

from tracker.privacy import chain
from tracker.privacy.keys import KeyRing

KEYS = KeyRing(current=1, ring={1: bytes(32)}, index=os.urandom(32))
OTHER = KeyRing(current=1, ring={1: bytes(32)}, index=os.urandom(32))


@given(st.text(), st.text())
def test_a_commitment_stands_for_one_text_only(one: str, other: str) -> None:
    """Equal under the same salt exactly if the texts are; under another salt nothing can be told."""
    salt = chain.fresh_salt()

    assert (chain.commitment(salt, one) == chain.commitment(salt, other)) is (one == other)
    assert chain.commitment(salt, one) != chain.commitment(chain.fresh_salt(), one)


@given(st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(max_size=5), st.none(), st.binary(max_size=5)), max_size=4))
def test_the_order_of_fields_does_not_matter(fields: dict[str, object]) -> None:
    """A database may give a document's fields back in another order."""
    turned = dict(reversed(fields.items()))

    assert chain.link(KEYS, chain.GENESIS, fields) == chain.link(KEYS, chain.GENESIS, turned)


def test_a_link_depends_on_all_it_covers() -> None:
    """The entry before it, every field, and the keys."""
    fields = {"seq": 1, "action": "case.read"}
    links = {
        chain.link(KEYS, chain.GENESIS, fields),
        chain.link(KEYS, bytes(31) + b"\1", fields),
        chain.link(KEYS, chain.GENESIS, fields | {"seq": 2}),
        chain.link(KEYS, chain.GENESIS, fields | {"more": None}),
        chain.link(OTHER, chain.GENESIS, fields),
    }

    assert len(links) == 5
    assert all(len(each) == 32 for each in links)


def test_a_mark_of_a_reason_is_bound_to_its_entry() -> None:
    """The same words elsewhere have another mark."""
    assert chain.reason_mark(KEYS, 1, "why") == chain.reason_mark(KEYS, 1, "why")
    assert chain.reason_mark(KEYS, 1, "why") != chain.reason_mark(KEYS, 2, "why")
