"""Load the one registered object of each module of a package, so that no file lists them all."""

import importlib
import pkgutil
from typing import TypeVar

T = TypeVar("T")


def module_names(package: str) -> tuple[str, ...]:
    """Return the public module names of ``package``, sorted."""
    paths = importlib.import_module(package).__path__
    return tuple(sorted(info.name for info in pkgutil.iter_modules(paths) if not info.name.startswith("_")))


def discover(package: str, attribute: str, kind: type[T]) -> tuple[T, ...]:
    """Return ``attribute`` of every public module of ``package``, in order of module name.

    Raises:
        TypeError: a module lacks the object, or it is of another kind.
    """
    found = []
    for name in module_names(package):
        candidate = getattr(importlib.import_module(f"{package}.{name}"), attribute, None)
        if not isinstance(candidate, kind):
            message = f"{package}.{name} must export {attribute}, a {kind.__name__}"
            raise TypeError(message)
        found.append(candidate)
    return tuple(found)
