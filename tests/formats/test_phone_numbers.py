"""Phone numbers: what people write becomes what is stored, or is refused with a reason."""

import pytest

from tracker.formats.phone_numbers import NoMobileNumberError, mobile_number


@pytest.mark.parametrize(
    "written",
    [
        "064 123 4567", "064/123-4567", "0641234567", "+381 64 123 4567", "00381 64 1234567", "+381641234567", " (064) 123 45 67 ",
        "\u202a+381641234567",
    ],
)  # fmt: skip
def test_every_way_of_writing_it_is_one_number(written: str) -> None:
    """With or without the country, with blanks, strokes, or what a copied text brings along."""
    assert mobile_number(written, "RS") == "+381641234567"


@pytest.mark.parametrize(("written", "stored"), [("+387 61 123 456", "+38761123456"), ("+49 1512 3456789", "+4915123456789")])
def test_numbers_of_other_countries_keep_their_country(written: str, stored: str) -> None:
    """People work across borders."""
    assert mobile_number(written, "RS") == stored


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "expected a phone number"),
        ("Vesna", "expected a phone number"),
        ("064 123", "no country has such a number"),
        ("+381 64 1234567890123", "no country has such a number"),
        ("+999 64 1234567", "expected a phone number"),
        ("011 333 4444", "a landline takes no text messages"),
        ("192", "no country has such a number"),
    ],
)
def test_what_takes_no_message_is_refused_with_a_reason(written: str, reason: str) -> None:
    """The reason never repeats what was written."""
    with pytest.raises(NoMobileNumberError, match=reason) as refused:
        mobile_number(written, "RS")

    assert not written or written not in str(refused.value)


@pytest.mark.parametrize(
    ("country", "example"),
    [("RS", "060 1234567 or +381 60 1234567"), ("PL", "512 345 678 or +48 512 345 678"), ("XX", "begins with a plus")],
)
def test_the_example_is_one_of_the_country(country: str, example: str) -> None:
    """Nobody is shown the numbers of another country."""
    with pytest.raises(NoMobileNumberError) as refused:
        mobile_number("call me", country)
    assert example in str(refused.value)
