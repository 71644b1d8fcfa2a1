"""Use cases of surveys: rounds, the people of a round one by one, and tables of answers taken over.

rounds     opened with everybody listed, assigned, counted, closed
entries    who is still to be surveyed, and what came of each
answers    what somebody has answered, and what in the round before
importing  a table of answers, row by row
held       what is on record of the people in many rows
"""

from app.services.survey.entries import (
    SurveyEntryView,
    SurveyOutcome,
    get_survey_entry,
    list_survey_entries,
    list_survey_work,
    record_survey_entry,
)
from app.services.survey.importing import NOT_IN_ROUND, SurveyImportWork, SurveyRowUnclear, import_survey
from app.services.survey.rounds import (
    Assignment,
    CoverageReport,
    Opening,
    RoundView,
    assign_survey,
    close_survey_round,
    get_survey_round,
    list_survey_progress,
    list_survey_rounds,
    open_survey_round,
    report_survey_coverage,
)

__all__ = [
    "NOT_IN_ROUND",
    "Assignment",
    "CoverageReport",
    "Opening",
    "RoundView",
    "SurveyEntryView",
    "SurveyImportWork",
    "SurveyOutcome",
    "SurveyRowUnclear",
    "assign_survey",
    "close_survey_round",
    "get_survey_entry",
    "get_survey_round",
    "import_survey",
    "list_survey_entries",
    "list_survey_progress",
    "list_survey_rounds",
    "list_survey_work",
    "open_survey_round",
    "record_survey_entry",
    "report_survey_coverage",
]
