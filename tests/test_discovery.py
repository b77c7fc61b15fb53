"""What is registered is found, and what is forgotten is told."""

import pytest

from tracker.discovery import discover, module_names


def test_modules_are_named_in_order_and_private_ones_left_out() -> None:
    """Sorted, without ``_private``."""
    names = module_names("tracker.domain.codes")

    assert list(names) == sorted(names)
    assert "appearance" in names
    assert not [name for name in module_names("jobs") if name.startswith("_")]


def test_a_module_without_its_object_is_told() -> None:
    """The message names the module, the object and its kind."""
    with pytest.raises(TypeError, match=r"tracker\.domain\.codes\.appearance must export RULE, a int"):
        discover("tracker.domain.codes", "RULE", int)
