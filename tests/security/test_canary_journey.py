"""x"""
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
import shutil, pprint
import pytest
import sqlalchemy as sa
from tests import postgres
from tests.security import journey, office as offices
from tests.security.office import Marked
from tests.simulators.twilio import simulated
from tracker.storage import schema
from tracker.storage.engine import Database

@pytest.fixture(scope="module")
def office(empty_sqlite, tmp_path_factory):
    folder = tmp_path_factory.mktemp("canary")
    path = folder / "tracker.sqlite3"
    shutil.copy(empty_sqlite, path)
    with simulated() as provider:
        made = offices.opened(folder, f"sqlite:///{path}", provider)
        journey.travel(made)
        yield made

def test_x(office):
    pprint.pprint(office.marks.found_in_all(office.heap), width=200)
    assert 0
