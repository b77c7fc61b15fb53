"""Codes about signing in."""

from enum import StrEnum


class LinkPurpose(StrEnum):
    """What a one-use link is for."""

    INVITATION = "invitation"
    PASSWORD = "password"  # nosec B105 # noqa: S105 - a purpose, no secret
    PASSWORD_AND_FACTOR = "password-and-factor"  # nosec B105 # noqa: S105 - a purpose, no secret
