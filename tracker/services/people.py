"""People of the office: taken on without a document, their names sealed from the first moment."""

import uuid

from pydantic import ValidationError

from tracker.domain.errors import InvalidInputError, Problem
from tracker.formats.phone_numbers import NoMobileNumberError, mobile_number
from tracker.privacy import places
from tracker.schemas.person import IdentityFields, PersonFields
from tracker.services.context import Context
from tracker.storage.tables.people import Person, PersonIdentity


def fields(ctx: Context, role: str, name: str, phone: str = "", language: str | None = None) -> tuple[PersonFields, IdentityFields]:
    """Return what was entered about a person, checked; a phone number without a country belongs to that of the pack.

    Raises:
        InvalidInputError: something is missing or malformed (the value is not repeated).
    """
    try:
        stored = mobile_number(phone, ctx.pack.code) if phone.strip() else None
        about = PersonFields.model_validate({"role": role, "language": language})
        return about, IdentityFields.model_validate({"name": name.strip() or None, "phone": stored})
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
        sealed = {"person_id": person.id, "name_sealed": keys.seal(places.PERSON_NAME, external_id, identity.name), "phone_sealed": phone}
        db.add(PersonIdentity.model_validate(sealed))
    return external_id


def _expected(field: str) -> str:
    return "expected a name" if field == "name" else "expected one of the values that the command's help lists"
