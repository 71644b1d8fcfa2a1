"""Survey rounds and their people."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.domain.shared.access import Principal, Role
from app.domain.survey import (
    Answered,
    Design,
    Given,
    Population,
    RoundStage,
    SurveyEntry,
    SurveyRound,
    SurveyStage,
)
from app.domain.survey_finding import FindingKind, FindingStage, SurveyFinding
from tests.builders.people import COUNTY, MONDAY, PERSON_ID, VILLAGE, a_principal

ROUND_ID, SURVEY_ID, ANSWERS_ID = UUID(int=0x5A0), UUID(int=0x5A1), UUID(int=0x5A2)
OFFICER: Principal = a_principal(Role.COUNTY_OFFICER)
LAST: date = MONDAY + timedelta(days=60)


def a_design(**changes: Any) -> Design:
    settings: dict[str, Any] = {
        "region": COUNTY,
        "population": Population.HOLDERS,
        "opens_on": MONDAY,
        "closes_on": LAST,
        "instrument": "basic_situation",
        "instrument_version": "2026",
    }
    return Design(**(settings | changes))


def a_round(
    *, by: Principal = OFFICER, on: date = MONDAY, previous_id: UUID | None = None, **changes: Any
) -> SurveyRound:
    """A round that has just begun in the county."""
    return SurveyRound.open(a_design(**changes), round_id=ROUND_ID, previous_id=previous_id, by=by, on=on)


def a_round_at(stage: RoundStage) -> SurveyRound:
    """A round at a stage."""
    opened = a_round()
    return opened if stage is RoundStage.OPEN else opened.close(by=OFFICER, on=MONDAY)[0]


def a_survey_at(stage: SurveyStage = SurveyStage.LISTED) -> SurveyEntry:
    """Somebody in a round, of whom this was recorded."""
    return SurveyEntry(
        id=SURVEY_ID,
        round_id=ROUND_ID,
        person_id=PERSON_ID,
        region=VILLAGE,
        population=Population.HOLDERS,
        stage=stage,
    )


def answered(given: Given | None = None, **changes: Any) -> Answered:
    """Answers of the person to the questions of the round."""
    settings: dict[str, Any] = {
        "assessment_id": ANSWERS_ID,
        "person_id": PERSON_ID,
        "instrument": "basic_situation",
        "instrument_version": "2026",
        "is_valid": True,
        "given": given or {"d_works": "no"},
    }
    return Answered(**(settings | changes))


def a_finding_at(stage: FindingStage = FindingStage.OPEN) -> SurveyFinding:
    """A finding about the answers of somebody in a round."""
    return SurveyFinding(
        id=UUID(int=0x5A3),
        person_id=PERSON_ID,
        region=VILLAGE,
        round_id=ROUND_ID,
        entry_id=SURVEY_ID,
        assessment_id=ANSWERS_ID,
        check="income_of_no_work",
        kind=FindingKind.CONTRADICTORY,
        items=("d_works", "b_main_income"),
        owner_id=None,
        found_on=MONDAY,
        due_on=LAST,
        rule_version="survey.quality@test",
        stage=stage,
    )
