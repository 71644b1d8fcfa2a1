"""Which commissioner surveys somebody, and why that one: whoever answers for the person on the day that it is asked.

Nothing of it is written down, so nothing has to be put right when people move, commissioners leave or somebody is
absent: the roster is spread evenly, and the survey with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    reported_dead_on: date | None = None
    """Since when it is told that the person has died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Who surveys somebody on a day; None where nobody does, which is a gap, or where the person is reported dead."""

    commissioner_id: UUID | None
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How the people of a round stand for whom one commissioner answers, or nobody."""

    commissioner_id: UUID | None
    name: str | None
    stages: dict[SurveyStage, int]
    reported_dead: int = 0
    """Of those who are still to be surveyed: how many are reported dead, and are nobody's work until that is found."""

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
        return sum(self.stages.get(stage, 0) for stage in SOUGHT) - self.reported_dead


def assigned_to(answering: Answering | None, *, on: date) -> Assigned:
    """Say who surveys somebody on a day, and why.

    Nobody is sent to ask for somebody who is reported dead.

    Source: R03 of the operational requirements: the assignment follows moves and absences, and everybody can be told
    why.

    >>> assigned_to(None, on=date(2026, 11, 27)).reason.code
    'survey_assignment.nobody'
    """
    if answering is not None and answering.reported_dead_on is not None:
        told_on = {"told_on": answering.reported_dead_on.isoformat()}
        return Assigned(commissioner_id=None, reason=Reason(code="survey_assignment.reported_dead", parameters=told_on))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCount:
    """How many people of a round, for whom one commissioner answers, stand at one stage."""

    commissioner_id: UUID | None
    name: str | None
    stage: SurveyStage
    people: int
    reported_dead: int = 0
    """How many of them are reported dead."""


def summed(counts: Iterable[StageCount]) -> tuple[Progress, ...]:
    """The progress of each commissioner, in the order in which they come."""
    found: dict[UUID | None, Progress] = {}
    for one in counts:
        nothing = Progress(commissioner_id=one.commissioner_id, name=one.name, stages={})
        known = found.get(one.commissioner_id, nothing)
        found[one.commissioner_id] = replace(
            known,
            stages={**known.stages, one.stage: one.people},
            reported_dead=known.reported_dead + (one.reported_dead if one.stage in SOUGHT else 0),
        )
    return tuple(found.values())
