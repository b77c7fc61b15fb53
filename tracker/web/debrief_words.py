"""What the form of a hearing asks, and what its answers are called."""

from collections.abc import Mapping

from flask_babel import gettext

from tracker.domain.codes.appearance import (
    AccusedPresent,
    Attended,
    Confrontation,
    ContactOutside,
    DegradingBy,
    DegradingConduct,
    QuestionedBy,
    SeparateWaitingRoom,
    SupportPerson,
    TestifiedBy,
    VisualContact,
)
from tracker.domain.codes.shared import Observed
from tracker.domain.flags import N_
from tracker.web import labels

NOT_SEEN = N_("not observed")
YES_OR_NO: Mapping[str, str] = {Observed.YES: N_("yes"), Observed.NO: N_("no"), Observed.NOT_OBSERVED: NOT_SEEN}
QUESTIONS: Mapping[str, str] = {
    "outcome": N_("What became of the hearing?"),
    "outcome_reason": N_("Why?"),
    "attended": N_("Did she come, and was she heard?"),
    "testified_by": N_("How was she heard?"),
    "accused_present": N_("Where was the accused meanwhile?"),
    "visual_contact": N_("Could they see each other?"),
    "degrading_conduct": N_("Degrading questions or conduct?"),
    "support_person": N_("Was a support person with her?"),
    "degrading_by": N_("By whom?"),
    "court_intervened": N_("Did the court step in?"),
    "questioned_by": N_("Who questioned her?"),
    "questions_through_court": N_("Were questions put through the court?"),
    "confrontation": N_("Formal confrontation with the accused?"),
    "contact_outside": N_("Did they meet outside the courtroom?"),
    "separate_waiting_room": N_("Was there a waiting room apart?"),
    "breaks_given": N_("Did she get breaks?"),
    "stopped_for_distress": N_("Was it stopped because of her distress?"),
    "representative_present": N_("Was her representative there?"),
    "interpreter_adequate": N_("Was the interpreter good enough?"),
    "informed_before": N_("Had she been told what to expect?"),
    "cost_reimbursed": N_("Were her expenses paid back?"),
    "minutes_waiting": N_("Minutes of waiting"),
    "minutes_testifying": N_("Minutes of testifying"),
    "travel_km": N_("Kilometres travelled"),
    "cost": N_("Her expenses"),
}
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "outcome": labels.OUTCOME,
    "outcome_reason": labels.REASON,
    "attended": {
        Attended.TESTIFIED: N_("came and was heard"),
        Attended.PRESENT_NOT_HEARD: N_("came, sent home unheard"),
        Attended.SUMMONED_NOT_ATTENDED: N_("summoned, did not come"),
        Attended.NOT_SUMMONED: N_("was not summoned"),
    },
    "testified_by": {
        TestifiedBy.IN_ROOM: N_("in the courtroom"),
        TestifiedBy.VIDEO_LINK_SAME_BUILDING: N_("by video, in the building"),
        TestifiedBy.VIDEO_LINK_REMOTE: N_("by video, from elsewhere"),
        TestifiedBy.HOME_OR_INSTITUTION: N_("at home or in an institution"),
        TestifiedBy.RECORDING_PLAYED: N_("a recording was played"),
        TestifiedBy.RECORD_READ: N_("her record was read"),
    },
    "accused_present": {
        AccusedPresent.IN_ROOM: N_("in the room"),
        AccusedPresent.REMOVED_DURING_TESTIMONY: N_("taken out while she spoke"),
        AccusedPresent.VIA_LINK: N_("on a screen"),
        AccusedPresent.NOT_IN_BUILDING: N_("not in the building"),
        AccusedPresent.NOT_OBSERVED: NOT_SEEN,
    },
    "visual_contact": {
        VisualContact.DIRECT: N_("face to face"),
        VisualContact.PARTIAL: N_("in part"),
        VisualContact.SCREENED: N_("behind a screen"),
        VisualContact.NONE: N_("not at all"),
        VisualContact.NOT_OBSERVED: NOT_SEEN,
    },
    "degrading_conduct": {
        DegradingConduct.NONE: N_("none"),
        DegradingConduct.SOME: N_("some"),
        DegradingConduct.REPEATED: N_("again and again"),
        DegradingConduct.NOT_OBSERVED: NOT_SEEN,
    },
    "support_person": {
        SupportPerson.YES: N_("yes"),
        SupportPerson.NO: N_("no"),
        SupportPerson.REFUSED: N_("the court refused it"),
        SupportPerson.NOT_OBSERVED: NOT_SEEN,
    },
    "degrading_by": {
        DegradingBy.JUDGE: N_("judge"),
        DegradingBy.PROSECUTOR: N_("prosecutor"),
        DegradingBy.DEFENCE_COUNSEL: N_("defence counsel"),
        DegradingBy.ACCUSED: N_("accused"),
        DegradingBy.OTHER: N_("somebody else"),
    },
    "questioned_by": {
        QuestionedBy.JUDGE: N_("judge"),
        QuestionedBy.PROSECUTOR: N_("prosecutor"),
        QuestionedBy.DEFENCE_COUNSEL: N_("defence counsel"),
        QuestionedBy.ACCUSED_PERSONALLY: N_("the accused in person"),
        QuestionedBy.EXPERT: N_("expert"),
        QuestionedBy.VICTIM_REPRESENTATIVE: N_("her representative"),
    },
    "confrontation": {
        Confrontation.NONE: N_("none"),
        Confrontation.ORDERED: N_("ordered"),
        Confrontation.HELD: N_("held"),
        Confrontation.REFUSED: N_("asked for and refused"),
        Confrontation.NOT_OBSERVED: NOT_SEEN,
    },
    "contact_outside": {
        ContactOutside.NONE: N_("no"),
        ContactOutside.CORRIDOR: N_("in the corridor"),
        ContactOutside.ENTRANCE: N_("at the entrance"),
        ContactOutside.WAITING_ROOM: N_("in the waiting room"),
        ContactOutside.AFTERWARDS: N_("afterwards"),
        ContactOutside.NOT_OBSERVED: NOT_SEEN,
    },
    "separate_waiting_room": {
        SeparateWaitingRoom.YES: N_("yes"),
        SeparateWaitingRoom.NO: N_("there is one, not used"),
        SeparateWaitingRoom.NO_ROOM: N_("the court has none"),
        SeparateWaitingRoom.NOT_OBSERVED: NOT_SEEN,
    },
}
WRONG: Mapping[str, str] = {
    "outcome": N_("Choose what became of the hearing."),
    "next_on": N_("Enter a day after this hearing, such as 2026-12-01, and a time such as 09:30."),
}


def question(name: str) -> str:
    """Return what the form asks."""
    return str(gettext(QUESTIONS[name]))


def answers(name: str) -> Mapping[str, str]:
    """Return the answers to a question, by code; a question without any of its own is answered with yes or no."""
    return labels.names(ANSWERS.get(name, YES_OR_NO))


def wrong(name: str) -> str:
    """Return what is wrong with an answer."""
    return str(gettext(WRONG.get(name, N_("Enter a whole number of at most six digits."))))
