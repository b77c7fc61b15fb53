"""What this process serves: the office's pages, the administrator's, or only what the links of messages open.

A page belongs to the office unless its blueprint is named here. What is not served is taken out of the map of addresses,
so that it answers in every way like what is not there; addresses to it can still be written.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from tracker.settings import Part

EVERYWHERE = frozenset({"static", "bootstrap", "health", "language", "exit"})
PARTS_OF: Mapping[str, frozenset[Part]] = MappingProxyType(
    {
        "acknowledge": frozenset({"links"}),
        "calendar_file": frozenset({"links"}),
        "security": frozenset({"office", "admin"}),
        "second_factor": frozenset({"office", "admin"}),
        "again": frozenset({"office", "admin"}),
        "account": frozenset({"office", "admin"}),
        "debrief": frozenset({"office"}),
        "record": frozenset({"office"}),
        "passkeys": frozenset({"office", "admin"}),
        "join": frozenset({"office", "admin"}),
        "people": frozenset({"admin"}),
        "person": frozenset({"admin"}),
        "steward": frozenset({"office"}),
        "settings": frozenset({"admin"}),
    }
)
"""Blueprints by name; "security" is signing in."""


def served(endpoint: str, parts: Sequence[Part]) -> bool:
    """Tell whether a process of these parts serves an endpoint."""
    blueprint = endpoint.partition(".")[0]
    return blueprint in EVERYWHERE or not PARTS_OF.get(blueprint, frozenset({"office"})).isdisjoint(parts)


def start_page(parts: Sequence[Part]) -> str:
    """Return where people begin after signing in."""
    return "/" if "office" in parts else "/people"


def install(app: Flask, parts: Sequence[Part]) -> None:
    """Serve only ``parts``, and tell pages which of their links lead somewhere."""
    app.url_rule_class = _rules(lambda endpoint: served(endpoint, parts))
    app.jinja_env.globals.update(served=lambda endpoint: served(endpoint, parts), start_page=start_page(parts))


def _rules(is_served: Callable[[str], bool]) -> type[Rule]:
    class ServedRule(Rule):
        """A rule that is known for writing addresses, and matched only where it is served."""

        def __init__(self, string: str, **options: Any) -> None:  # noqa: ANN401 - Werkzeug's signature
            super().__init__(string, **options, build_only=not is_served(options["endpoint"]))

    return ServedRule
