"""Tests of what pages call codes."""

from collections.abc import Iterable, Mapping

import pytest
from flask import Flask

from tracker.domain.case_clocks import ClockName
from tracker.domain.codes.hearing import HearingOutcome, HearingType, OutcomeReason
from tracker.domain.codes.people import Role
from tracker.domain.codes.proceeding import EndCause, LeadOffence, NumberReason, StageKind
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.flags import CloseReason, Severity
from tracker.domain.messages import AlertKind, MessageState
from tracker.domain.phases import Phase
from tracker.services.today import Missing
from tracker.web import labels
from tracker.web.pictures.marks import Mark
from tracker.web.pictures.measures import SpanKind


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (labels.SEVERITY, Severity), (labels.PHASE, Phase), (labels.STAGE, StageKind), (labels.OFFENCE, LeadOffence),
        (labels.END_CAUSE, EndCause), (labels.NUMBER_REASON, NumberReason), (labels.HEARING_TYPE, HearingType),
        (labels.OUTCOME, HearingOutcome), (labels.REASON, OutcomeReason), (labels.MEASURE, MeasureKind),
        (labels.DECISION, MeasureDecision), (labels.MARK, Mark), (labels.SPAN, SpanKind), (labels.CLOCK, ClockName),
        (labels.CLOCK_MEANING, ClockName), (labels.MISSING, Missing), (labels.ROLE, Role), (labels.ALERT, AlertKind),
        (labels.MESSAGE, MessageState), (labels.CLOSED, CloseReason),
    ],
)  # fmt: skip
def test_every_code_has_a_name(names: Mapping[object, str], codes: Iterable[object]) -> None:
    """None is forgotten, and no name stands for two codes."""
    assert set(names) == set(codes)
    assert len(set(names.values())) == len(names)


def test_plain_text_names_a_code_too(app: Flask) -> None:
    """Facts carry codes as text; what nobody named stands for itself."""
    with app.test_request_context():
        assert labels.label(labels.OUTCOME, "HELD") == "Held"
        assert labels.label(labels.SEVERITY, 4) == "Critical"
        assert labels.label(labels.OUTCOME, "NEW_CODE") == "NEW_CODE"
