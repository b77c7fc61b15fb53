"""What is good enough to keep strangers out."""

import pytest

from tracker.domain.errors import InvalidInputError
from tracker.services.passwords import require_good

GOOD = ["kupina vetar most", "primer-lozinka", "ћуран зумбул ораховац", "xK7#mQ2!vR9p", "đurđevak-žižak", "ab Kx9 zumbul " * 14]
WEAK = [
    "", "kupina-veta", "aaaaaaaaaaaa", "123456789012", "passwordpassword", "qwertyuiopas", "ana.petrovic12", "kupina vetar most " * 12,
]  # fmt: skip


@pytest.mark.parametrize("good", GOOD)
def test_words_that_do_not_belong_together(good: str) -> None:
    """In any script, to two hundred letters."""
    require_good(good, ["ana"])


@pytest.mark.parametrize("weak", WEAK)
def test_what_a_stranger_tries_first(weak: str) -> None:
    """Too short, too long, repeated, a row of keys, the person's own name; and the refusal does not repeat it."""
    with pytest.raises(InvalidInputError) as refused:
        require_good(weak, ["ana.petrovic"])

    assert not weak or weak not in str(refused.value)
