"""What pages call each code: one msgid for each member of each enum that people see."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from flask_babel import get_locale, gettext

from tracker.domain.case_clocks import ClockName
from tracker.domain.codes.hearing import HearingOutcome, HearingType, OutcomeReason
from tracker.domain.codes.people import Role
from tracker.domain.codes.proceeding import EndCause, LeadOffence, NumberReason, StageKind
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.flags import N_, CloseReason, Severity
from tracker.domain.messages import AlertKind, MessageState
from tracker.domain.phases import Phase
from tracker.services.today import Missing
from tracker.web.pictures.marks import Mark
from tracker.web.pictures.measures import SpanKind

Codes = Mapping[str, str]
"""From a code, or its plain text, to its msgid."""
K = TypeVar("K", str, int)

SEVERITY: Mapping[int, str] = {
    Severity.INFO: N_("Note"),
    Severity.ATTENTION: N_("Attention"),
    Severity.URGENT: N_("Urgent"),
    Severity.CRITICAL: N_("Critical"),
}
PHASE: Codes = {
    Phase.REPORTED: N_("Reported"),
    Phase.INVESTIGATION: N_("Investigation"),
    Phase.ACCUSATION: N_("Indictment"),
    Phase.TRIAL: N_("Trial"),
    Phase.JUDGED: N_("Judgment"),
    Phase.APPEAL: N_("Appeal"),
    Phase.RETRIAL: N_("Retrial"),
    Phase.FINAL: N_("Final"),
}
STAGE: Codes = {
    StageKind.REPORTED: N_("Crime reported"),
    StageKind.FIRST_STATEMENT: N_("First statement of a victim"),
    StageKind.INVESTIGATION_OPENED: N_("Investigation opened"),
    StageKind.ACCUSED_CHARGED_OR_ARRESTED: N_("Accused charged or arrested"),
    StageKind.INVESTIGATION_CLOSED: N_("Investigation closed"),
    StageKind.INDICTMENT_FILED: N_("Indictment filed"),
    StageKind.INDICTMENT_CONFIRMED: N_("Indictment confirmed"),
    StageKind.MAIN_HEARING_SCHEDULED: N_("Main hearing scheduled"),
    StageKind.MAIN_HEARING_OPENED: N_("Main hearing opened"),
    StageKind.MAIN_HEARING_RESTARTED: N_("Main hearing started anew"),
    StageKind.EVIDENCE_CLOSED: N_("Evidence closed"),
    StageKind.FIRST_INSTANCE_JUDGMENT: N_("First-instance judgment"),
    StageKind.JUDGMENT_SERVED: N_("Judgment served"),
    StageKind.APPEAL_FILED: N_("Appeal filed"),
    StageKind.FILE_SENT_TO_APPEAL: N_("File sent to the appeal court"),
    StageKind.APPEAL_UPHELD: N_("Judgment upheld on appeal"),
    StageKind.APPEAL_MODIFIED: N_("Judgment modified on appeal"),
    StageKind.APPEAL_QUASHED_REMITTED: N_("Judgment quashed, sent back"),
    StageKind.RETRIAL_OPENED: N_("Retrial opened"),
    StageKind.FINAL: N_("Final"),
    StageKind.EXTRAORDINARY_REMEDY: N_("Extraordinary remedy"),
    StageKind.CONSTITUTIONAL_COMPLAINT: N_("Constitutional complaint"),
    StageKind.ECHR_APPLICATION: N_("Application to the European Court"),
    StageKind.ENFORCEMENT: N_("Enforcement"),
}
OFFENCE: Codes = {
    LeadOffence.THB_ADULT: N_("Trafficking in adults"),
    LeadOffence.THB_MINOR: N_("Trafficking in minors"),
    LeadOffence.THB_GROUP: N_("Trafficking by a group"),
    LeadOffence.THB_OCG: N_("Trafficking by an organised group"),
    LeadOffence.THB_INJURY: N_("Trafficking with grave injury"),
    LeadOffence.THB_DEATH: N_("Trafficking with death"),
    LeadOffence.THB_USE_OF_VICTIM: N_("Use of a victim's position"),
    LeadOffence.PROSTITUTION_MEDIATION: N_("Mediation in prostitution"),
    LeadOffence.MINORS_FOR_ADOPTION: N_("Trafficking in minors for adoption"),
    LeadOffence.OTHER: N_("Other offence"),
}
END_CAUSE: Codes = {
    EndCause.FINAL_JUDGMENT: N_("ended by a final judgment"),
    EndCause.FINAL_DISMISSAL: N_("dismissed for good"),
    EndCause.LIMITATION_EXPIRED: N_("ended by limitation"),
    EndCause.TRANSFERRED_ABROAD: N_("transferred abroad"),
    EndCause.LOST_TO_FOLLOW_UP: N_("no longer followed"),
}
NUMBER_REASON: Codes = {
    NumberReason.FILED: N_("filed"),
    NumberReason.TRANSFERRED: N_("transferred"),
    NumberReason.SEVERED: N_("severed"),
    NumberReason.JOINED: N_("joined"),
    NumberReason.RETRIAL: N_("retrial"),
    NumberReason.APPEAL: N_("appeal"),
    NumberReason.EXTRAORDINARY: N_("extraordinary remedy"),
    NumberReason.REASONABLE_TIME: N_("objection to delay"),
}
HEARING_TYPE: Codes = {
    HearingType.PRELIMINARY: N_("Preliminary hearing"),
    HearingType.MAIN: N_("Main hearing"),
    HearingType.APPEAL_SESSION: N_("Appeal session"),
    HearingType.APPEAL_HEARING: N_("Appeal hearing"),
    HearingType.SENTENCING: N_("Sentencing"),
    HearingType.PLEA: N_("Plea hearing"),
    HearingType.INVESTIGATIVE_QUESTIONING: N_("Questioning in the investigation"),
    HearingType.CONFRONTATION: N_("Confrontation"),
    HearingType.EXPERT_EXAM: N_("Expert examination"),
    HearingType.CIVIL_CLAIM: N_("Hearing on the claim"),
    HearingType.OTHER: N_("Other hearing"),
}
OUTCOME: Codes = {
    HearingOutcome.HELD: N_("Held"),
    HearingOutcome.HELD_PARTLY: N_("Held in part"),
    HearingOutcome.RECESSED: N_("Recessed"),
    HearingOutcome.POSTPONED_IN_ADVANCE: N_("Postponed in advance"),
    HearingOutcome.POSTPONED_ON_DAY: N_("Postponed on the day"),
    HearingOutcome.CANCELLED: N_("Cancelled"),
    HearingOutcome.UNKNOWN: N_("Not known"),
}
REASON: Codes = {
    OutcomeReason.PANEL_INCOMPLETE: N_("panel incomplete"),
    OutcomeReason.JUDGE_UNAVAILABLE: N_("judge unavailable"),
    OutcomeReason.PANEL_CHANGED: N_("panel changed"),
    OutcomeReason.OTHER_CASE_OVERRAN: N_("another case overran"),
    OutcomeReason.NOT_REACHED: N_("not reached that day"),
    OutcomeReason.EQUIPMENT_OR_ROOM: N_("equipment or room"),
    OutcomeReason.NO_INTERPRETER: N_("no interpreter"),
    OutcomeReason.SUMMONS_NOT_SERVED: N_("summons not served"),
    OutcomeReason.FILE_AT_OTHER_COURT: N_("file at another court"),
    OutcomeReason.STRIKE_OR_SHUTDOWN: N_("strike or shutdown"),
    OutcomeReason.ACCUSED_ABSENT_NO_EXCUSE: N_("accused absent without excuse"),
    OutcomeReason.ACCUSED_ILL: N_("accused ill"),
    OutcomeReason.ACCUSED_NOT_BROUGHT_FROM_DETENTION: N_("accused not brought from detention"),
    OutcomeReason.COUNSEL_ABSENT: N_("defence counsel absent"),
    OutcomeReason.COUNSEL_CHANGED: N_("defence counsel changed"),
    OutcomeReason.DEFENCE_NOT_READY: N_("defence not ready"),
    OutcomeReason.DEFENCE_WITNESS_ABSENT: N_("witness of the defence absent"),
    OutcomeReason.PROSECUTOR_ABSENT: N_("prosecutor absent"),
    OutcomeReason.PROSECUTION_NOT_READY: N_("prosecution not ready"),
    OutcomeReason.INDICTMENT_AMENDED: N_("indictment amended"),
    OutcomeReason.WITNESS_ABSENT: N_("witness absent"),
    OutcomeReason.EXPERT_ABSENT: N_("expert absent"),
    OutcomeReason.VICTIM_ABSENT_NOT_SUMMONED: N_("victim not summoned"),
    OutcomeReason.VICTIM_ABSENT_ILL: N_("victim ill"),
    OutcomeReason.VICTIM_ABSENT_FEAR: N_("victim stayed away in fear"),
    OutcomeReason.VICTIM_REP_ABSENT: N_("victim's representative absent"),
    OutcomeReason.PROTECTIVE_MEASURE_NOT_READY: N_("protective measure not ready"),
    OutcomeReason.OTHER: N_("other reason"),
    OutcomeReason.UNKNOWN: N_("reason not known"),
}
MEASURE: Codes = {
    MeasureKind.SPECIAL_STATUS: N_("Especially vulnerable witness"),
    MeasureKind.PROTECTED_WITNESS: N_("Protected witness"),
    MeasureKind.CLOSED_HEARING: N_("Public kept out"),
    MeasureKind.REMOVE_ACCUSED: N_("Accused out of the room"),
    MeasureKind.SCREEN: N_("Screen"),
    MeasureKind.VIDEO_LINK: N_("Video link"),
    MeasureKind.RECORDED_TESTIMONY: N_("Recorded testimony"),
    MeasureKind.QUESTIONS_THROUGH_COURT: N_("Questions through the court"),
    MeasureKind.EXPERT_PRESENT: N_("Expert present"),
    MeasureKind.SEPARATE_ENTRANCE: N_("Separate entrance"),
    MeasureKind.SEPARATE_WAITING: N_("Separate waiting room"),
    MeasureKind.SUPPORT_PERSON: N_("Support person"),
    MeasureKind.ATTORNEY_EX_OFFICIO: N_("Appointed attorney"),
    MeasureKind.ANONYMITY: N_("Anonymity"),
    MeasureKind.NO_CONTACT_ORDER: N_("No-contact order"),
    MeasureKind.POLICE_ESCORT: N_("Police escort"),
    MeasureKind.RELOCATION: N_("Relocation"),
    MeasureKind.MEDIA_BAN: N_("Media ban"),
}
DECISION: Codes = {
    MeasureDecision.PENDING: N_("not decided"),
    MeasureDecision.GRANTED: N_("granted"),
    MeasureDecision.PARTLY: N_("granted in part"),
    MeasureDecision.EX_OFFICIO: N_("ordered by the court"),
    MeasureDecision.REFUSED: N_("refused"),
    MeasureDecision.REVOKED: N_("revoked"),
}
MARK: Codes = {
    Mark.HELD: N_("Hearing held"),
    Mark.POSTPONED: N_("Hearing put off"),
    Mark.UPCOMING: N_("Coming hearing"),
    Mark.UNREPORTED: N_("Outcome not reported"),
    Mark.TESTIFIED: N_("Testified"),
    Mark.CONFRONTED: N_("Testified face to face with the accused"),
    Mark.SAW_ACCUSED: N_("Saw the accused"),
    Mark.WASTED: N_("Came for nothing"),
    Mark.PRESENT: N_("Was present"),
    Mark.ABSENT: N_("Did not come"),
    Mark.STATEMENT: N_("Statement outside a hearing"),
    Mark.APPLIED: N_("Measure applied"),
    Mark.NOT_APPLIED: N_("Measure not applied"),
    Mark.REFUSED: N_("Measure refused or revoked"),
}
SPAN: Codes = {
    SpanKind.ASKED: N_("Asked for, not decided"),
    SpanKind.IN_FORCE: N_("In force"),
}
CLOCK: Codes = {
    ClockName.FIRST_INSTANCE: N_("First instance"),
    ClockName.TOTAL: N_("Criminal proceedings"),
    ClockName.JOURNEY: N_("Victim's journey"),
    ClockName.TESTIMONY_SPAN: N_("Questioned over"),
    ClockName.GAP: N_("Since the last hearing held"),
}
CLOCK_MEANING: Codes = {
    ClockName.FIRST_INSTANCE: N_("from the indictment to the first-instance judgment"),
    ClockName.TOTAL: N_("from the first step against the accused to the final judgment"),
    ClockName.JOURNEY: N_("from the report or first statement to the final judgment"),
    ClockName.TESTIMONY_SPAN: N_("from a victim's first statement to her last"),
    ClockName.GAP: N_("days without a hearing"),
}
MISSING: Codes = {
    Missing.STATUS: N_("no protected status in force"),
    Missing.REPRESENTATION: N_("no representation"),
    Missing.ASSESSMENT: N_("no individual assessment"),
}
ROLE: Codes = {
    Role.ADVOCATE: N_("advocate"),
    Role.LAWYER: N_("lawyer"),
    Role.SUPERVISOR: N_("supervisor"),
    Role.ANALYST: N_("analyst"),
    Role.STEWARD: N_("data steward"),
    Role.ADMIN: N_("administrator"),
}
ALERT: Codes = {
    AlertKind.HEARING_AHEAD: N_("Hearing ahead"),
    AlertKind.HEARING_MOVED: N_("Hearing moved"),
    AlertKind.HEARING_CANCELLED: N_("Hearing cancelled"),
    AlertKind.FLAG_RAISED: N_("Flag raised"),
    AlertKind.DIGEST: N_("Daily digest"),
    AlertKind.ASSIGNED: N_("Case assigned"),
    AlertKind.ESCALATION: N_("Escalation"),
    AlertKind.SOURCE_STALE: N_("Calendar out of date"),
    AlertKind.ACCESS_OPENED: N_("Opened without being assigned"),
}
MESSAGE: Codes = {
    MessageState.QUEUED: N_("waiting"),
    MessageState.SENDING: N_("being sent"),
    MessageState.SENT: N_("sent"),
    MessageState.DELIVERED: N_("delivered"),
    MessageState.UNDELIVERED: N_("not delivered"),
    MessageState.FAILED: N_("failed"),
    MessageState.UNKNOWN: N_("not known"),
    MessageState.CANCELLED: N_("withdrawn"),
    MessageState.EXPIRED: N_("expired"),
}
CLOSED: Codes = {
    CloseReason.RESOLVED: N_("no longer true"),
    CloseReason.CORRECTED: N_("the record was corrected"),
    CloseReason.BEFORE_TRACKING: N_("happened before tracking began"),
    CloseReason.BY_PERSON: N_("closed by a person"),
}


def label(codes: Mapping[K, str], code: K) -> str:
    """Return what pages call ``code`` in the language of the request; a code that nobody named stands for itself."""
    text = codes.get(code)
    return str(code) if text is None else _translated(str(get_locale()), text)


def names(codes: Mapping[K, str]) -> Mapping[K, str]:
    """Return the names of all of ``codes`` in the language of the request, for pages that repeat them line by line."""
    language = str(get_locale())
    return {code: _translated(language, text) for code, text in codes.items()}


@lru_cache(maxsize=2048)
def _translated(_language: str, text: str) -> str:
    """Translate once for each language: a list repeats few names many times."""
    return str(gettext(text))
