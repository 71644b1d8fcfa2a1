"""Moves of a person's household registration and of the home: what may be recorded, and the facts of it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.person.facts import FactSource
from app.domain.shared.errors import Conflict, Unprocessable
from app.domain.shared.events import Event
from app.domain.shared.region import Level, code_of, level_of


class MoveImpossible(Unprocessable):
    """The registration or the home is said to move to where it is, or on a day that cannot be."""

    code = "move_impossible"
    title = "The move cannot be so"


class PersonIsDead(Conflict):
    """It is on record that the person has died."""

    code = "person_is_dead"
    title = "The person is on record as dead"


_HOME_LEVELS = frozenset({Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationMoved(Event):
    """The household registration has moved to another place; which one stays with the person."""

    name: ClassVar[str] = "person.registration_moved"

    person_id: UUID
    moved_on: date
    recorded_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidenceMoved(Event):
    """Somebody has moved house; where to stays with the person. It is told where the person lived."""

    name: ClassVar[str] = "person.residence_moved"

    person_id: UUID
    moved_on: date
    source: FactSource
    recorded_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentArrived(Event):
    """Somebody has moved here, and who answers from now on; nobody where no commissioner serves. It is told there."""

    name: ClassVar[str] = "person.resident_arrived"

    person_id: UUID
    moved_on: date
    commissioner_id: UUID | None
    recorded_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidenceMove:
    """One move of somebody's home (居住地变更), as it stays on record."""

    person_id: UUID
    left: str
    """Path of the place that was left."""
    region: str
    """Path of the place that it was left for."""
    moved_on: date
    source: FactSource
    """How it is known."""
    recorded_by: UUID
    recorded_on: date


def require_possible_move(
    *, before: str, after: str, since: date | None, moved_on: date, on: date, named_at: str | None = None
) -> None:
    """Hold a move to what can be: another place, and a day between the move before and today.

    A refusal points to where the person is named who cannot move so; of the one whom it is about, to place or day.

    Raises:
        MoveImpossible: it cannot be.
    """
    if after == before:
        raise MoveImpossible(
            "It is there already. Give the place that it moves to.", pointer=named_at or "/region_code"
        )
    if moved_on > on or (since is not None and moved_on < since):
        raise MoveImpossible(
            "Give the day of the move as it is on record elsewhere: not before the last one, and not in the future.",
            pointer=named_at or "/moved_on",
        )


def require_home(region: str) -> None:
    """Hold a home to a county or a place in it: of who is said to live in a whole province no county would know.

    Raises:
        MoveImpossible: the place is larger.
    """
    if level_of(code_of(region)) not in _HOME_LEVELS:
        raise MoveImpossible(
            "Name the county at least: nobody there would know of the person else.", pointer="/region_code"
        )
