"""What happens in survey rounds, in the past tense: ids, codes, days and numbers, and nothing that somebody said."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event
from app.domain.survey.stages import Population


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRoundOpened(Event):
    """A round of the survey began, with everybody of its population listed."""

    name: ClassVar[str] = "survey_round.opened"

    round_id: UUID
    population: Population
    instrument: str
    instrument_version: str
    opens_on: date
    closes_on: date
    listed: int
    opened_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAssigned(Event):
    """An association or a federation was asked to survey the people of an area."""

    name: ClassVar[str] = "survey_round.assigned"

    round_id: UUID
    owner_id: UUID
    assigned: int
    assigned_by: UUID
    assigned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRoundClosed(Event):
    """A round ended; nothing more is recorded in it."""

    name: ClassVar[str] = "survey_round.closed"

    round_id: UUID
    closed_by: UUID
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyEntryRecorded(Event):
    """Something was reported of somebody in a round; what it was stays with the entry."""

    name: ClassVar[str] = "survey_entry.recorded"

    entry_id: UUID
    round_id: UUID
    recorded_by: UUID
    recorded_on: date
