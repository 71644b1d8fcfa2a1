"""Which commissioner surveys somebody, and why that one: whoever answers for the person on the day that it is asked.

Nothing of it is written down, so nothing has to be put right when people move, commissioners leave or somebody is
absent: the roster is spread evenly, and the survey with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.shared.reason import Reason
from app.domain.survey.stages import SurveyStage

SOUGHT = (SurveyStage.LISTED, SurveyStage.UNREACHABLE)
"""Who is still to be surveyed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers for somebody on the roster."""

    commissioner_id: UUID | None
    absent_until: date | None = None
    deputy_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Who surveys somebody on a day; None where nobody answers, and the township has a gap to fill."""

    commissioner_id: UUID | None
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How the people of a round stand for whom one commissioner answers, or nobody."""

    commissioner_id: UUID | None
    name: str | None
    stages: dict[SurveyStage, int]

    @property
    def id(self) -> UUID:
        """By which lists are in order: those for whom nobody answers come first."""
        return self.commissioner_id or UUID(int=0)

    @property
    def people(self) -> int:
        """How many people of the round the commissioner answers for."""
        return sum(self.stages.values())

    @property
    def to_do(self) -> int:
        """How many of them are still to be surveyed."""
        return sum(self.stages.get(stage, 0) for stage in SOUGHT)


def assigned_to(answering: Answering | None, *, on: date) -> Assigned:
    """Say who surveys somebody on a day, and why.

    Source: R03 of the operational requirements: the assignment follows moves and absences, and everybody can be told
    why.

    >>> assigned_to(None, on=date(2026, 11, 27)).reason.code
    'survey_assignment.nobody'
    """
    if answering is None or answering.commissioner_id is None:
        return Assigned(commissioner_id=None, reason=Reason(code="survey_assignment.nobody"))
    until = answering.absent_until
    if until is None or until < on:
        return Assigned(commissioner_id=answering.commissioner_id, reason=Reason(code="survey_assignment.answers_for"))
    last_day = {"last_day": until.isoformat()}
    if answering.deputy_id is None:
        return Assigned(commissioner_id=None, reason=Reason(code="survey_assignment.absent", parameters=last_day))
    return Assigned(
        commissioner_id=answering.deputy_id, reason=Reason(code="survey_assignment.stands_in", parameters=last_day)
    )


def summed(counts: Iterable[tuple[UUID | None, str | None, SurveyStage, int]]) -> tuple[Progress, ...]:
    """The progress of each commissioner, in the order in which they come."""
    found: dict[UUID | None, Progress] = {}
    for account, name, stage, people in counts:
        found.setdefault(account, Progress(commissioner_id=account, name=name, stages={})).stages[stage] = people
    return tuple(found.values())
