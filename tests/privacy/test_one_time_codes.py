"""Codes that work once."""

import base64

import pytest

from tracker.privacy import one_time_codes as codes

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B, the last six digits; leading zeros are digits too."""
    assert codes.code_at(RFC_SECRET, seconds // 30) == code
    assert codes.matches(RFC_SECRET, seconds // 30, code)
    assert not codes.matches(RFC_SECRET, seconds // 30 + 1, code)


@pytest.mark.parametrize("wrong", ["", "28708", "2870820", "287083", "x", "š" * 6, "\ud800", "٢٨٧٠٨٢", "287082\x00"])
def test_what_is_no_code_is_wrong(wrong: str) -> None:
    """Whatever is sent."""
    assert not codes.matches(RFC_SECRET, 1, wrong)


def test_secrets_and_recovery_codes_are_new_each_time() -> None:
    """Ten of them, none like another, readable, and compared without blanks, hyphens and case."""
    fresh = codes.fresh_recovery_codes()

    assert len(set(fresh)) == 10
    assert all(len(codes.plain(code)) == 16 for code in fresh)
    assert codes.plain(f" {fresh[0].upper().replace('-', ' ')} ") == codes.plain(fresh[0])
    assert codes.fresh_secret() != codes.fresh_secret()
    assert len(base64.b32decode(codes.fresh_secret())) == 20


def test_the_picture_names_neither_office_nor_matter() -> None:
    """Somebody may look at the list of an authenticator."""
    assert codes.address("ABC", "ana") == "otpauth://totp/ana?secret=ABC&issuer=Docket"
