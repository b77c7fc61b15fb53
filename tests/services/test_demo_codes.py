"""Codes of the demonstration: told for invented people only, and never one that was used."""

from dataclasses import replace

import pytest

from tests.services.test_second_factor import ana, later
from tests.web.visitor import SECRET
from tracker.domain.errors import NotFoundError
from tracker.services import demo_codes, second_factor
from tracker.services.context import Context
from tracker.settings import OfficeSettings


def shown(ctx: Context) -> Context:
    """Return the same system as a demonstration."""
    return replace(ctx, settings=ctx.settings.model_copy(update={"office": OfficeSettings(demo=True)}))


def test_codes_are_told_for_the_demonstration_only(sqlite_ctx: Context) -> None:
    """Both must hold: the office is invented, and so was the sign-in."""
    account, demo = ana(sqlite_ctx), shown(sqlite_ctx)
    for ctx, login in ((sqlite_ctx, "ana"), (demo, "ana"), (demo, "nobody")):
        with pytest.raises(NotFoundError):
            demo_codes.code_of(ctx, login)

    second_factor.install(sqlite_ctx, account, SECRET, is_demo=True)
    assert demo_codes.code_of(demo, "ana") == demo_codes.DemoCode(second_factor.current_code(demo, SECRET), 0)
    with pytest.raises(NotFoundError):
        demo_codes.code_of(sqlite_ctx, "ana")


@pytest.mark.parametrize("seconds", [0, 1, 29])
def test_a_code_that_is_told_will_be_taken(sqlite_ctx: Context, seconds: int) -> None:
    """Again and again within one minute: what is told is taken, at once or after the wait that is told, of half a minute at most."""
    demo = later(shown(sqlite_ctx), seconds)
    account = ana(demo)
    second_factor.install(demo, account, SECRET, is_demo=True)
    waits = []
    for _ in range(4):
        found = demo_codes.code_of(demo, "ana")
        assert not found.good_in or not second_factor.check(later(demo, found.good_in - 1), account, found.code)
        demo = later(demo, found.good_in)
        assert second_factor.check(demo, account, found.code)
        waits.append(found.good_in)

    assert waits == [0, 0, 30 - seconds, 30]
