"""Every question of the form of a hearing has its words, and every answer that the format knows."""

from flask import Flask

from tracker.domain.codes.hearing import HearingOutcome, OutcomeReason
from tracker.domain.debrief import NUMBERS, QUESTIONS
from tracker.web import debrief_words


def test_every_question_and_answer_has_its_words(app: Flask) -> None:
    """Questions are asked once each; an answer of a question is called by its own name."""
    with app.test_request_context("/"):
        asked = [debrief_words.question(name) for name in (*(each.name for each in QUESTIONS), *NUMBERS, "outcome", "outcome_reason")]
        for question in QUESTIONS:
            offered = debrief_words.answers(question.name)
            assert set(offered) == set(question.codes), question.name
            assert len(set(offered.values())) == len(offered), question.name

        assert set(debrief_words.answers("outcome")) == set(HearingOutcome)
        assert set(debrief_words.answers("outcome_reason")) == set(OutcomeReason)
        assert len(set(asked)) == len(asked)
        assert debrief_words.wrong("outcome") != debrief_words.wrong("minutes_waiting")
