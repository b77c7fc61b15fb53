"""What lies in the database unsealed: every column that could hold words or bytes is named here, with the reason why it may lie open."""

import sqlalchemy as sa

from tracker.storage.sealed_columns import sealed_columns
from tracker.storage.tables.catalogue import METADATA

HOLDS_NO_WORDS = (sa.Integer, sa.Float, sa.Boolean, sa.Date, sa.DateTime, sa.Time, sa.Enum)
PLAIN = {
    "a name made by the program or by the office's own documents, told to those who may see the row (docs/adr/0012-external-ids.md)": """
        asset.external_id case_number.ref claim.external_id court.external_id flag.fact flag.ref flag.subject flag.victim
        hearing.calendar_uid hearing.external_id incident.external_id measure.external_id message.dedupe_key message.ref message.subject
        opened_case.ref revision.entry revision.ref passkey.ref
        person.external_id proceeding.external_id proceeding.ref remedy.external_id statistics_remainder.key victim.external_id""",
    "a code, a list of codes, or a figure that the program wrote": """
        debrief.content revision.kind
        accused.label appearance.degrading_by appearance.questioned_by asset.currency audit_entry.action audit_entry.details
        audit_entry.program audit_entry.role audit_entry.subject_kind claim.currency engine_state.name engine_state.value flag.close_reason
        flag.facts flag.rule job_run.counts job_run.job job_run.outcome lease.holder lease.name message.channel message.claimed_by
        message.error_code message.lead message.provider_sid
        message.subject_kind retention_report.counts
        statistics_remainder.clocks statistics_remainder.disposition_mode statistics_remainder.lead_offence victim.exploitation""",
    "four letters that name a message to its reader, and open nothing": "message.code",
    "public: a court, its town and its rooms": """
        court.name court.name_folded court.seat court.timezone hearing.room""",
    "a currency, which the format of documents does not narrow for remedies; no form takes one": "remedy.currency",
    "times of day of somebody who works here": "person.quiet_from person.quiet_to",
    "who did what, emptied by erasure where it names a victim; the chain needs it (docs/adr/0017-audit-log.md)": """
        audit_entry.person audit_entry.case_id audit_entry.case_salt audit_entry.case_commitment audit_entry.subject
        audit_entry.subject_salt audit_entry.subject_commitment audit_entry.reason_mark audit_entry.previous audit_entry.seal
        audit_head.seal audit_anchor.seal""",
    "a name made for signing in": "account.login",
    "an argon2id hash of a keyed hash": "account.password",
    "names a sign-in's sessions; a session needs the secret key of the pages, too": "account.fs_uniquifier",
    "a hash of a random token of 128 bits or more, or of a public document": """
        calendar_capture.sha256 feed_token.token_hash message.token_hash sign_in_link.token_hash spent_challenge.challenge_hash""",
    "a blind index: keyed, so that nobody without the key can try names": """
        case_number.number_index hearing.panel_key throttle.bucket tombstone.name_index victim.person_key victim_identity.name_index
        victim_identity.pseudonym_index""",
    "the public half of a passkey": "passkey.credential_id passkey.public_key",
}


def open_columns() -> set[str]:
    """Return every column that could hold words or bytes and is not sealed."""
    sealed = {column.place for column in sealed_columns()}
    found = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.columns
        if not isinstance(getattr(column.type, "impl", column.type), HOLDS_NO_WORDS) and not isinstance(column.type, HOLDS_NO_WORDS)
    }
    return found - sealed


def test_every_column_that_lies_open_has_a_reason() -> None:
    """A new one is sealed, or named here with the reason; one that went is struck out."""
    named = [name for names in PLAIN.values() for name in names.split()]

    assert sorted(named) == sorted(open_columns())


def test_words_are_noticed() -> None:
    """The test sees a free text where there is one."""
    assert {"hearing.room", "court.name", "flag.facts", "account.password"} <= open_columns()
    assert "hearing.version" not in open_columns()
