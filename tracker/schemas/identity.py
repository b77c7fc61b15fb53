"""What may be entered about who a victim is: kept sealed, apart from the rest, shown only to who asks."""

from typing import Annotated

from pydantic import AfterValidator
from sqlmodel import Field, SQLModel

MOST_OF_NAME, MOST_OF_PHONE, MOST_OF_ADDRESS, MOST_OF_NOTE = 200, 60, 300, 2000
LINES = "\n\r\t"


def printable(value: str) -> str:
    """Return a text without blanks around it; refuse control characters, which no form sends."""
    if any(not letter.isprintable() and letter not in LINES for letter in value):
        raise ValueError("control characters")
    return value.strip()


Text = Annotated[str, AfterValidator(printable)]


class VictimIdentityFields(SQLModel):
    """Name, phone, address and a note; an empty text means that nothing is kept."""

    name: Text = Field(default="", max_length=MOST_OF_NAME, repr=False)
    phone: Text = Field(default="", max_length=MOST_OF_PHONE, repr=False)
    address: Text = Field(default="", max_length=MOST_OF_ADDRESS, repr=False)
    note: Text = Field(default="", max_length=MOST_OF_NOTE, repr=False)
