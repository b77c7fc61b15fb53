"""What may be entered about a person of the office."""

from sqlmodel import Field, SQLModel

from tracker.domain.codes.people import Language, Role, SmsDetail
from tracker.schemas.columns import TEXT, code

TIME_OF_DAY = r"^([01]\d|2[0-3]):[0-5]\d$"
E164 = r"^\+[1-9]\d{6,14}$"


class PersonFields(SQLModel):
    """What the work needs to know of a person; quiet hours are local times of day."""

    role: Role = code(Role, "role")
    language: Language | None = code(Language, "language", default=None)
    sms_detail: SmsDetail = code(SmsDetail, "sms_detail", default=SmsDetail.TIME)
    quiet_from: str | None = Field(default=None, max_length=5, schema_extra={"pattern": TIME_OF_DAY})
    quiet_to: str | None = Field(default=None, max_length=5, schema_extra={"pattern": TIME_OF_DAY})


class IdentityFields(SQLModel):
    """What identifies a person: kept sealed, apart from the rest."""

    name: str = Field(max_length=TEXT, repr=False)
    phone: str | None = Field(default=None, schema_extra={"pattern": E164}, repr=False)
    email: str | None = Field(default=None, max_length=TEXT, repr=False)
