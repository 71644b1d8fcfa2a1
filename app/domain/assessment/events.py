"""What happens to assessments and needs, in the past tense: ids, codes and dates, nothing about the person.

Neither score nor answer stands in an event, and no need by its name: they are health data, and events go out to others.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.assessment.instrument import Purpose
from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSigned(Event):
    """Somebody assessed and signed."""

    name: ClassVar[str] = "assessment.signed"

    assessment_id: UUID
    instrument: str
    instrument_version: str
    purpose: Purpose
    assessed_by: UUID
    assessed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentCorrected(Event):
    """A signed assessment turned out to be wrong, and another one took its place; the old one stays on record."""

    name: ClassVar[str] = "assessment.corrected"

    assessment_id: UUID
    corrects: UUID
    assessed_by: UUID
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedProposed(Event):
    """A rule found in the answers that there may be a need."""

    name: ClassVar[str] = "need.proposed"

    need_id: UUID
    assessment_id: UUID
    proposed_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedConfirmed(Event):
    """A human confirmed the need."""

    name: ClassVar[str] = "need.confirmed"

    need_id: UUID
    confirmed_by: UUID
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDismissed(Event):
    """A human found that there is no such need; why stays with the need."""

    name: ClassVar[str] = "need.dismissed"

    need_id: UUID
    dismissed_by: UUID
    dismissed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedMet(Event):
    """A delivery that the person confirmed has met the need."""

    name: ClassVar[str] = "need.met"

    need_id: UUID
    referral_id: UUID
    met_on: date
