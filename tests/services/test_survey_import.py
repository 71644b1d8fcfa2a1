"""Whatever is wrong with a row of a survey is told in words to who mends the table."""

import pytest

from app.adapters.texts import YamlTexts
from app.domain.assessment import AssessmentDateImpossible, InstrumentNotSuitable
from app.domain.assessment.scoring import AnswerNotInInstrument
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.transitions import NotYourFunction
from app.domain.survey import NotOfThisSurvey, RoundNotRunning
from app.services.survey import NOT_IN_ROUND, SurveyRowUnclear

REFUSALS = (
    SurveyRowUnclear,
    AnswerNotInInstrument,
    AssessmentDateImpossible,
    InstrumentNotSuitable,
    NotOfThisSurvey,
    RoundNotRunning,
    IllegalTransition,
    DutiesNotSeparated,
    NotYourFunction,
)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_problem_of_a_row_is_told_in_words(language: str) -> None:
    codes = {NOT_IN_ROUND, *(refusal.code for refusal in REFUSALS)}

    assert {f"row_problem.{code}" for code in codes} <= YamlTexts().codes(language)
