"""Serve the pages, alone."""

import sys
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from tracker import bootstrap
from tracker.cli.listening import require_free, require_shielded
from tracker.cli.options import CliRun, common
from tracker.cli.web_worker import WebWorker
from tracker.privacy.redaction import configure_logging
from tracker.settings import Settings
from tracker.web.app import create_app

THREADS = 4
LONGEST_ADDRESS = 4094
MOST_HEADERS = 60
LONGEST_HEADER = 8190
"""Room for the longest search and for the cookies of neighbours under the same domain."""


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn under our settings: nothing on disk, no access log (addresses hold tokens), the database opened after the fork.

    It believes no header about where a request came from: by default it would, from this machine. Proxies are the application's matter.
    """

    def __init__(self, settings: Settings) -> None:
        """Serve as ``settings`` say."""
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn."""
        web = self.settings.web
        host = f"[{web.host}]" if ":" in web.host else web.host
        options: dict[str, Any] = {
            "bind": f"{host}:{web.port}",
            "workers": web.workers,
            "worker_class": WebWorker,
            "threads": THREADS,
            "control_socket_disable": True,
            "limit_request_line": LONGEST_ADDRESS,
            "limit_request_fields": MOST_HEADERS,
            "limit_request_field_size": LONGEST_HEADER,
            "forwarded_allow_ips": "",
            "secure_scheme_headers": {},
            "http_parser": "python",
            "accesslog": None,
            "loglevel": "warning",
            "graceful_timeout": 5,
            "proc_name": "tracker",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 - a WSGI application
        """Make the application, in the worker process."""
        configure_logging(sys.stderr)
        return create_app(bootstrap.build(self.settings))


@click.command("serve")
@common
def COMMAND(cli: CliRun) -> None:  # noqa: N802 - the name by which commands are found
    """Serve the pages until Ctrl-C or SIGTERM."""
    settings = cli.settings
    bootstrap.build(settings).database.close()
    require_shielded(settings.web)
    require_free(settings.web)
    Server(settings).run()
