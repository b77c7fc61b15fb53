"""What pages call the states of a consent, the rules of retention, and what is wrong with a date."""

from collections.abc import Mapping

from flask_babel import gettext

from tracker.domain.consent import ConsentScope, ConsentState
from tracker.domain.errors import Problem
from tracker.domain.flags import N_
from tracker.domain.retention import RetentionRule

STATE: Mapping[ConsentState, str] = {
    ConsentState.WITHDRAWN: N_("Consent withdrawn"),
    ConsentState.EXPIRED: N_("Expired"),
    ConsentState.ENDING: N_("Ends soon"),
    ConsentState.UNDATED: N_("No end entered"),
    ConsentState.VALID: N_("Valid"),
}
TONE: Mapping[ConsentState, str] = {
    ConsentState.WITHDRAWN: "bad",
    ConsentState.EXPIRED: "bad",
    ConsentState.ENDING: "open",
    ConsentState.UNDATED: "open",
    ConsentState.VALID: "good",
}
SCOPE: Mapping[ConsentScope, str] = {
    ConsentScope.RECORD: N_("keeping the record"),
    ConsentScope.STATISTICS: N_("counting in the figures"),
}
RULE: Mapping[RetentionRule, str] = {
    RetentionRule.WITHDRAWN: N_("Entries to erase after a withdrawal"),
    RetentionRule.CONTACT: N_("Closed cases whose contact data go"),
    RetentionRule.REDUCED: N_("Closed cases to reduce to a row for the figures"),
    RetentionRule.MESSAGES: N_("Old messages to empty"),
    RetentionRule.MESSAGE_ROWS: N_("Very old messages to delete"),
    RetentionRule.WATCHED: N_("Old hearings of cases that are not ours"),
    RetentionRule.CAPTURES: N_("Old notes of imported calendars"),
    RetentionRule.FEED_TOKENS: N_("Closed calendar addresses"),
    RetentionRule.SIGN_INS: N_("Sign-ins of people who left"),
    RetentionRule.OPENINGS: N_("Old openings of cases by people who are not assigned"),
    RetentionRule.OPENING_REASONS: N_("Old reasons for opening a case"),
    RetentionRule.LINKS: N_("One-use links that are used up or over"),
    RetentionRule.REPORTS: N_("Old reports of this kind"),
}
PROBLEM: Mapping[tuple[str, str], str] = {
    ("given_on", "expected a date"): N_("Enter the day on which the consent was signed."),
    ("given_on", "in the future"): N_("The day of signing cannot be in the future."),
    ("expires_on", "expected a date"): N_("Enter the day until which the consent holds."),
    ("expires_on", "in the past"): N_("The consent has to hold today at least."),
    ("expires_on", "too far away"): N_("That is too far away: a consent is asked for again in time."),
}


def state(found: ConsentState) -> str:
    """Return the words for where a consent stands."""
    return str(gettext(STATE[found]))


def tone(found: ConsentState) -> str:
    """Return the tone in which a state is shown."""
    return TONE[found]


def scope(found: ConsentScope) -> str:
    """Return what a consent is for."""
    return str(gettext(SCOPE[found]))


def rule(code: str) -> str:
    """Return what one rule of retention lets go."""
    return str(gettext(RULE[RetentionRule(code)]))


def problem(found: Problem) -> str:
    """Return what is wrong with a field."""
    return str(gettext(PROBLEM[found.path, found.message]))
