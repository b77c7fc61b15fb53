"""The pack: thresholds and legal sources by name."""

from tracker.domain.flags import NO_LIMITS
from tracker.formats.pack_toml import load_pack

PACK = load_pack("RS")


def test_a_rule_without_thresholds_has_none() -> None:
    """Most events need none."""
    assert PACK.limits("no-such-rule") is NO_LIMITS
    assert PACK.limits("outcome-missing").levels["over_days"][0].limit == 3


def test_a_basis_is_confirmed_only_as_a_whole() -> None:
    """Every key compared with its source; a rule that rests on no law has nothing to confirm."""
    assert PACK.is_confirmed(("RS-ZKP-103",))
    assert PACK.is_confirmed(())
    assert not PACK.is_confirmed(("RS-ZKP-103", "RS-ZKP-388"))
    assert not PACK.is_confirmed(("no-such-key",))
