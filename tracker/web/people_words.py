"""What pages about people say: what is wrong with a field, and what a link is for."""

from collections.abc import Mapping

from flask_babel import gettext

from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.domain.flags import N_

PROBLEMS: Mapping[str, str] = {
    "role": N_("Choose one of the roles. The last administrator who can sign in stays one."),
    "disable": N_("This is the last administrator who can sign in. Make somebody else one first."),
    "supervisor": N_("Choose a supervisor who does not answer to this person."),
    "name": N_("Enter a name of at most 500 letters."),
    "phone": N_("This is no mobile number. Begin with the country, such as +381 64 123 4567."),
    "language": N_("Choose one of the languages."),
    "email": N_("This is no e-mail address."),
    "login": N_("2 to 32 small letters, digits, dots or hyphens, beginning with a letter or digit."),
    "taken": N_("This sign-in name is taken. Choose another one."),
    "password": N_("12 to 200 characters, and not easily guessed: several words that do not belong together are best."),
    "again": N_("The two passwords are not the same."),
}
PURPOSE: Mapping[LinkPurpose, str] = {
    LinkPurpose.INVITATION: N_("An invitation is open until %(moment)s."),
    LinkPurpose.PASSWORD: N_("A link for a new password is open until %(moment)s."),
    LinkPurpose.PASSWORD_AND_FACTOR: N_("A link for a new password and second factor is open until %(moment)s."),
}


def problem(place: str) -> str:
    """Return what is wrong at a place of a form."""
    return str(gettext(PROBLEMS[place]))


def link(purpose: LinkPurpose, moment: str) -> str:
    """Return which link is open, and until when."""
    return str(gettext(PURPOSE[purpose], moment=moment))
