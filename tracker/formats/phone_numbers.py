"""Phone numbers as people write them, and as they are stored."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


class NoMobileNumberError(ValueError):
    """A text that is no number to which a message can be sent; ``str()`` says what was expected, never the text."""


def mobile_number(text: str, country: str) -> str:
    """Return a mobile number in its international form (E.164), a plus sign and digits only.

    ``country`` (ISO 3166 alpha-2) is where a number without a country code belongs.

    Raises:
        NoMobileNumberError: it is no number of any country, or one that takes no text messages.
    """
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        raise NoMobileNumberError(f"expected a phone number, such as {_examples(country)}") from None
    if not phonenumbers.is_valid_number(number):
        raise NoMobileNumberError("no country has such a number: look for a digit too many, too few or mistaken")
    if phonenumbers.number_type(number) not in MOBILE:
        raise NoMobileNumberError("expected a mobile number: a landline takes no text messages")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _examples(country: str) -> str:
    """Return a number that nobody has, as it is dialled in the country and from abroad."""
    number = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    if number is None:
        return "one that begins with a plus sign and the country"
    return " or ".join(phonenumbers.format_number(number, form) for form in (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL))
