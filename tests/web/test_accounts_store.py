"""Flask-Security's view of our sign-ins."""

from typing import Any

import pytest

from tests.web.visitor import enrol
from tracker.services import accounts
from tracker.services.context import Context
from tracker.web.accounts_store import AccountStore, AccountUser


@pytest.fixture
def store(sqlite_ctx: Context) -> AccountStore:
    """The store over an office in which ana signs in."""
    enrol(sqlite_ctx, "ana")
    return AccountStore(sqlite_ctx)


def ana(store: AccountStore) -> AccountUser:
    """Return ana's sign-in."""
    found = store.find_user(login="ana")
    assert found is not None
    return found


def test_a_sign_in_is_found_by_name_session_or_number(store: AccountStore) -> None:
    """The library asks in each of these ways; capitals do not matter."""
    user = ana(store)

    ways: list[dict[str, Any]] = [{"login": "ANA"}, {"fs_uniquifier": user.fs_uniquifier}, {"id": user.id}]
    for asked in ways:
        found = store.find_user(case_insensitive=True, **asked)
        assert found is not None
        assert found.id == user.id


@pytest.mark.parametrize("asked", [{"login": "nobody"}, {"fs_uniquifier": ""}, {"id": -1}, {"email": "ana"}, {}])
def test_nobody_is_found_by_anything_else(store: AccountStore, asked: dict[str, Any]) -> None:
    """Least of all by nothing."""
    assert store.find_user(**asked) is None


def test_nothing_is_written_but_a_newer_hash(store: AccountStore, sqlite_ctx: Context) -> None:
    """Whatever else the library changes on its object stays there."""
    before = accounts.find(sqlite_ctx, "login", "ana")
    user = ana(store)
    user.active, user.login = False, "changed"
    store.put(user)
    store.commit()

    assert accounts.find(sqlite_ctx, "login", "ana") == before
    user.password = "$argon2id$newer"
    store.put(user)
    after = accounts.find(sqlite_ctx, "login", "ana")
    assert after is not None
    assert (after.password_hash, after.active, after.login) == ("$argon2id$newer", True, "ana")


def test_a_sign_in_has_no_roles_of_its_own(store: AccountStore) -> None:
    """What people may do hangs on the person; the library's roles open nothing."""
    assert ana(store).roles == []
    assert not ana(store).has_role("ADMIN")
