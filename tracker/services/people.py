"""People of the office: taken on without a document, their names sealed from the first moment."""

import re
import uuid

from pydantic import ValidationError

from tracker.domain.errors import InvalidInputError, Problem
from tracker.formats.phone_numbers import NoMobileNumberError, mobile_number
from tracker.privacy import places
from tracker.schemas.person import IdentityFields, PersonFields
from tracker.services import audit
from tracker.services.context import Context
from tracker.storage.tables.people import Person, PersonIdentity

MAIL_ADDRESS = re.compile(r"[^\s@<>\x00-\x1f]{1,64}@[^\s@<>\x00-\x1f]{1,190}")


def fields(
    ctx: Context, role: str, name: str, phone: str = "", language: str | None = None, email: str = ""
) -> tuple[PersonFields, IdentityFields]:
    """Return what was entered about a person, checked; a phone number without a country belongs to that of the pack.

    Raises:
        InvalidInputError: something is missing or malformed (the value is not repeated).
    """
    try:
        stored = mobile_number(phone, ctx.pack.code) if phone.strip() else None
        about = PersonFields.model_validate({"role": role, "language": language})
        entered = {"name": _plain(name), "phone": stored, "email": _mail_address(email)}
        return about, IdentityFields.model_validate(entered)
    except NoMobileNumberError as error:
        raise InvalidInputError([Problem("phone", str(error))]) from None
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False)
        raise InvalidInputError([Problem(str(each["loc"][0]), _expected(str(each["loc"][0]))) for each in details]) from None


def take_on(ctx: Context, about: PersonFields, identity: IdentityFields) -> str:
    """Add a person and return the external id that was made for them."""
    external_id = uuid.uuid4().hex
    keys = ctx.keys
    with ctx.database.writing() as db:
        person = Person.model_validate(about, update={"external_id": external_id})
        db.add(person)
        db.flush()
        phone = None if identity.phone is None else keys.seal(places.PERSON_PHONE, external_id, identity.phone)
        email = None if identity.email is None else keys.seal(places.PERSON_EMAIL, external_id, identity.email)
        name = keys.seal(places.PERSON_NAME, external_id, identity.name)
        sealed = {"person_id": person.id, "name_sealed": name, "phone_sealed": phone, "email_sealed": email}
        db.add(PersonIdentity.model_validate(sealed))
        audit.note(db, ctx, "person.taken-on", subject=("person", external_id), details={"role": about.role.value})
    return external_id


def _plain(name: str) -> str | None:
    """Return a name without blanks around it; ``None`` where it is empty, or holds what no name does."""
    return name.strip() or None if name.isprintable() else None


def _mail_address(text: str) -> str | None:
    """Return an address for mail; ``None`` where none was entered.

    Raises:
        InvalidInputError: it cannot be one.
    """
    if not text.strip():
        return None
    if not MAIL_ADDRESS.fullmatch(text.strip()):
        raise InvalidInputError([Problem("email", "expected an address with one @, such as name@example.org")])
    return text.strip()


def _expected(field: str) -> str:
    return "expected a name" if field == "name" else "expected one of the values that the command's help lists"
