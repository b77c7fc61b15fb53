"""The pack: thresholds and legal sources by name."""

from dataclasses import replace
from datetime import date

from tracker.domain.flags import NO_LIMITS
from tracker.formats.pack_toml import load_pack

PACK = load_pack("RS")


def test_a_rule_without_thresholds_has_none() -> None:
    """Most events need none."""
    assert PACK.limits("no-such-rule") is NO_LIMITS
    assert PACK.limits("outcome-missing").levels["over_days"][0].limit == 3


def test_a_basis_is_confirmed_only_as_a_whole() -> None:
    """Every key confirmed by a lawyer; a rule that rests on no law has nothing to confirm."""
    confirmed = replace(PACK.legal["RS-ZKP-103"], verified_on=date(2026, 11, 24))
    pack = replace(PACK, legal={**PACK.legal, "RS-ZKP-103": confirmed})

    assert pack.is_confirmed(("RS-ZKP-103",))
    assert pack.is_confirmed(())
    assert not pack.is_confirmed(("RS-ZKP-103", "RS-ZKP-388"))
    assert not pack.is_confirmed(("no-such-key",))
