"""What happens to projects and their beneficiaries, in the past tense: ids, codes, days and amounts."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectAnnounced(Event):
    """A federation has drawn a project up."""

    name: ClassVar[str] = "project.announced"

    project_id: UUID
    budget_fen: int
    quota: int
    runs_from: date
    runs_to: date
    announced_by: UUID
    announced_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectOpened(Event):
    """A second person has opened it."""

    name: ClassVar[str] = "project.opened"

    project_id: UUID
    opened_by: UUID
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSuspended(Event):
    """Nobody is enrolled for the time being."""

    name: ClassVar[str] = "project.suspended"

    project_id: UUID
    suspended_by: UUID
    suspended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectResumed(Event):
    """It takes people in again."""

    name: ClassVar[str] = "project.resumed"

    project_id: UUID
    resumed_by: UUID
    resumed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectClosed(Event):
    """Nobody more is enrolled."""

    name: ClassVar[str] = "project.closed"

    project_id: UUID
    closed_by: UUID
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChangeAsked(Event):
    """More or less money or places are asked for; a second person decides."""

    name: ClassVar[str] = "project.change_asked"

    project_id: UUID
    budget_fen: int
    quota: int
    asked_by: UUID
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChangeAllowed(Event):
    """A second person has allowed it: the project has so much from now on."""

    name: ClassVar[str] = "project.change_allowed"

    project_id: UUID
    budget_fen: int
    quota: int
    allowed_by: UUID
    allowed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChangeDeclined(Event):
    """The project stays as it is."""

    name: ClassVar[str] = "project.change_declined"

    project_id: UUID
    declined_by: UUID
    declined_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficiaryProposed(Event):
    """Another benefit stands against it: another officer is asked for an exception."""

    name: ClassVar[str] = "beneficiary.proposed"

    beneficiary_id: UUID
    project_id: UUID
    proposed_by: UUID
    proposed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficiaryEnrolled(Event):
    """A named officer has put somebody on the list of a project."""

    name: ClassVar[str] = "beneficiary.enrolled"

    beneficiary_id: UUID
    project_id: UUID
    amount_fen: int
    valid_from: date
    valid_to: date | None
    enrolled_by: UUID
    enrolled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionAllowed(Event):
    """Another officer has let somebody in although another benefit stands against it."""

    name: ClassVar[str] = "beneficiary.exception_allowed"

    beneficiary_id: UUID
    project_id: UUID
    amount_fen: int
    allowed_by: UUID
    allowed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficiaryEnded(Event):
    """Somebody has left a project: the place is free, and what was not spent once another officer confirms it."""

    name: ClassVar[str] = "beneficiary.ended"

    beneficiary_id: UUID
    project_id: UUID
    reason: str
    spent_fen: int
    ended_by: UUID
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingRestated(Event):
    """An officer says otherwise what was spent on somebody who has left; yet another one confirms it."""

    name: ClassVar[str] = "beneficiary.spending_restated"

    beneficiary_id: UUID
    project_id: UUID
    spent_fen: int
    restated_by: UUID
    restated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingConfirmed(Event):
    """Another officer has confirmed what was spent; the rest of the money is free."""

    name: ClassVar[str] = "beneficiary.spending_confirmed"

    beneficiary_id: UUID
    project_id: UUID
    spent_fen: int
    confirmed_by: UUID
    confirmed_on: date
