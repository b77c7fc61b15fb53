"""The program finds its own files."""

import pytest

from tracker.resources import folder


@pytest.mark.parametrize("name", ["templates", "config.example.toml", "packs", "layouts", "contracts"])
def test_what_ships_is_found(name: str) -> None:
    """Beside the package in a checkout, inside it in a wheel."""
    assert folder(name).exists()


def test_what_does_not_ship_is_an_error() -> None:
    """An incomplete installation is noticed at once."""
    with pytest.raises(FileNotFoundError):
        folder("nonsense")
