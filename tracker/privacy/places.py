"""Where sealed values and blind indexes live: the ``where`` of `KeyRing.seal`, `KeyRing.open` and `KeyRing.index`.

The row key that goes with each: the person's, victim's or hearing's external id, the case number's or message's ref.
"""

PERSON_NAME = "person_identity.name_sealed"
PERSON_PHONE = "person_identity.phone_sealed"
PERSON_EMAIL = "person_identity.email_sealed"
VICTIM_PSEUDONYM = "victim.pseudonym_sealed"
HEARING_OUTCOME_TEXT = "hearing.outcome_text_sealed"
MESSAGE_BODY = "message.body_sealed"
CASE_NUMBER_TEXT = "case_number.text_sealed"
CASE_NUMBER_INDEX = "case_number.number_index"
"""Blind index over `tracker.domain.case_numbers.normalise(text).normal`."""
FLAG_CLOSE_NOTE = "flag.close_note_sealed"
LEGAL_HOLD_REASON = "legal_hold.reason_sealed"
CONSENT_REFERENCE = "victim.consent_reference"
"""Not kept: what the steward's pages call a victim's entry is derived from its external id each time."""
TOMBSTONE = "tombstone.name_index"
"""Blind index over the kind of what was erased, a space, and its external id."""
AUDIT_REASON = "audit_entry.reason_sealed"
"""Row key: the entry's number in the log."""
