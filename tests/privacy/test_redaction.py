"""Nothing secret reaches the log, whatever somebody hands it by mistake."""

import logging
from io import StringIO

import pytest
import structlog

from tracker.privacy.redaction import HIDDEN, configure_logging, redact, scrubbed, told

CANARIES = {
    "phone": "+381641234567",
    "local": "064 123 45 67",
    "quoted": "%2B381641234567",
    "email": "marija.canary@example.org",
    "token": "https://host/a/9xQ2CANARYTOKENabcdefg",
    "feed": "/feeds/CANARYTOKENabcdefghijkl.ics",
}


def broken() -> None:
    """Break, with a secret in the text."""
    raise ValueError("CANARY +381641234567")


@pytest.mark.parametrize("name", sorted(CANARIES))
def test_secrets_inside_other_texts_are_hidden(name: str) -> None:
    """Numbers in any spelling, addresses, the secret part of links."""
    text = scrubbed(f"before {CANARIES[name]} after")

    assert HIDDEN in text
    assert "CANARY" not in text.upper()
    assert "1234567" not in text.replace(" ", "")


@pytest.mark.parametrize(
    "text", ["2026-11-23T08:00:00.123456Z", "2026-11-23T08:00:00+01:00", "hearing-ahead 3d", "SM0000000000000000", "took 0.1 s"]
)
def test_times_and_refs_stay_readable(text: str) -> None:
    """A log that hides everything helps nobody."""
    assert scrubbed(text) == text


def test_fields_with_forbidden_names_are_hidden_at_every_depth() -> None:
    """Even a value that looks harmless."""
    event = redact(None, "info", {"event": "x", "phone": 1, "more": {"body": "CANARY", "list": ["+381641234567"]}, "ref": "ab12"})

    assert event == {"event": "x", "phone": HIDDEN, "more": {"body": HIDDEN, "list": [HIDDEN]}, "ref": "ab12"}


def test_an_exception_is_told_by_class_and_place() -> None:
    """Its text may hold anything."""
    with pytest.raises(ValueError, match="CANARY") as caught:
        broken()

    assert told(caught.value).startswith("ValueError at test_redaction.py:")


@pytest.fixture
def out() -> StringIO:
    """Where the log goes; its usual state is restored by the next test that cares."""
    return StringIO()


def test_the_programs_own_log_is_redacted(out: StringIO) -> None:
    """Events, their fields, and the exceptions that go with them."""
    configure_logging(out)
    log = structlog.get_logger("x")
    log.info("message.sent", message="ab12", to="+381641234567", note="see /a/CANARYTOKEN123")
    try:
        broken()
    except ValueError:
        log.exception("broke")
    structlog.reset_defaults()

    assert "message.sent" in out.getvalue()
    assert "ValueError at test_redaction.py" in out.getvalue()
    assert "CANARY" not in out.getvalue()
    assert "1234567" not in out.getvalue()


def test_the_log_of_libraries_is_redacted(out: StringIO) -> None:
    """They were not written with us in mind."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    configure_logging(out)
    try:
        broken()
    except ValueError:
        logging.getLogger("library").exception("cannot reach %s", "+381641234567")
    root.handlers[:], root.level = before
    structlog.reset_defaults()

    assert out.getvalue().startswith("error library: cannot reach [hidden] (ValueError at ")
    assert "CANARY" not in out.getvalue()
