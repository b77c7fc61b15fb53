"""A port in use is said in one line, before anything is started."""

import socket

import pytest

from tracker.cli.listening import require_free, require_shielded
from tracker.domain.errors import NotConfiguredError
from tracker.settings import WebSettings


def test_a_port_in_use_is_refused_with_what_to_do() -> None:
    """Name the address and the setting."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        with pytest.raises(NotConfiguredError, match=rf"port {port} \(address already in use\).*web\.port"):
            require_free(WebSettings(port=port))


def test_an_address_of_another_machine_is_refused() -> None:
    """It cannot be listened at from here."""
    with pytest.raises(NotConfiguredError, match="cannot listen"):
        require_free(WebSettings(host="192.0.2.1"))


def test_a_free_port_is_fine() -> None:
    """Nothing is left listening by the question."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    require_free(WebSettings(port=port))
    require_free(WebSettings(port=port))


EVERYWHERE = "0.0.0.0"  # noqa: S104 - the address that is refused
SHIELDED = [
    WebSettings(),
    WebSettings(host="::1"),
    WebSettings(host=EVERYWHERE, public_url="https://tracker.example"),
    WebSettings(host=EVERYWHERE, insecure=True),
]


@pytest.mark.parametrize("web", SHIELDED)
def test_what_cannot_be_read_on_the_way_is_served(web: WebSettings) -> None:
    """This machine alone; https in front; or somebody said that it is meant."""
    require_shielded(web)


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "10.0.0.5", "tracker.example"])
def test_serving_everybody_in_clear_is_refused_with_what_to_do(host: str) -> None:
    """Name the address, the reason and both ways out."""
    with pytest.raises(NotConfiguredError, match=rf"{host} can be reached.*web\.public_url.*web\.insecure = true"):
        require_shielded(WebSettings(host=host))
