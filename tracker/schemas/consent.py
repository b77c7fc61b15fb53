"""What may be entered about a consent."""

from datetime import date

from sqlmodel import SQLModel


class GivenFields(SQLModel):
    """A consent that somebody gave in writing: when, until when, and whether also to be counted in figures."""

    given_on: date
    expires_on: date
    statistics: bool = False
