"""The address that the pages are served at: free, and not open to everybody in clear."""

import socket

from tracker.domain.errors import NotConfiguredError
from tracker.settings import WebSettings


def require_free(web: WebSettings) -> None:
    """Do nothing where the address can be listened at.

    Raises:
        NotConfiguredError: another program listens there, or it is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((web.host, web.port))
            probe.listen(1)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or "impossible"
            raise NotConfiguredError(
                f"cannot listen at {web.host}, port {web.port} ({reason.lower()}): stop the program that does, or set web.port"
            ) from None


def require_shielded(web: WebSettings) -> None:
    """Do nothing where passwords and cases cannot be read on the way.

    Raises:
        NotConfiguredError: others can reach the address, people reach it without https, and nobody said that this is meant.
    """
    if not (web.is_local or web.is_secure or web.insecure):
        raise NotConfiguredError(
            f"{web.host} can be reached from elsewhere, but web.public_url is not https: passwords and cases would travel in clear. "
            "Listen at 127.0.0.1 behind a proxy with TLS and name its https address as web.public_url, or set web.insecure = true"
        )
