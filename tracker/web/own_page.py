"""Where people may be sent on to: to a page of ours, and nowhere else."""

from urllib.parse import urlsplit


def own_page(wanted: str) -> str:
    """Return ``wanted`` where it is an address within this site, else the start."""
    parts = urlsplit(wanted.replace("\\", "/"))
    is_own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc and wanted.isprintable()
    return wanted if is_own else "/"
