"""All tables, for whoever needs the whole schema: migrations, drift tests, an empty database."""

import importlib

from sqlmodel import SQLModel

from tracker.discovery import module_names

PACKAGE = "tracker.storage.tables"
for _name in module_names(PACKAGE):
    if _name != "catalogue":
        importlib.import_module(f"{PACKAGE}.{_name}")

METADATA = SQLModel.metadata
