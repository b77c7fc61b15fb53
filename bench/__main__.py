"""``make bench``: run every benchmark of this folder, one after the other, each in a process of its own."""

import subprocess
import sys

from tracker.discovery import module_names


def main() -> None:
    """Run them; a benchmark that fails stops the run."""
    for name in module_names("bench"):
        print(f"\n== {name} ==", flush=True)
        subprocess.run([sys.executable, "-m", f"bench.{name}", *sys.argv[1:]], check=True)  # noqa: S603 - our own modules


if __name__ == "__main__":
    main()
