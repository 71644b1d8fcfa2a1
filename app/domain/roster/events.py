"""What happens to the roster, in the past tense: places, counts and whoever did it; nobody by name."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.roster.groups import GroupKind
from app.domain.roster.spread import Mode
from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionersAssigned(Event):
    """People of an area were given commissioners, or others than before."""

    name: ClassVar[str] = "roster.commissioners_assigned"

    mode: Mode
    placed: int
    left: int
    assigned_by: UUID
    assigned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputiesAssigned(Event):
    """A commissioner is absent until a day, and others answer for the people until then."""

    name: ClassVar[str] = "roster.deputies_assigned"

    commissioner_id: UUID
    last_day: date
    placed: int
    left: int
    assigned_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsAdopted(Event):
    """A human has adopted groups that together cover everybody of an area."""

    name: ClassVar[str] = "roster.groups_adopted"

    kind: GroupKind
    groups: int
    people: int
    adopted_by: UUID
    adopted_on: date
