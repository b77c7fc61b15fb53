"""The address that the pages are served at."""

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
