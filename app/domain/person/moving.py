"""The move of a person's household registration: what may be recorded, and the fact of it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.errors import Unprocessable
from app.domain.shared.events import Event


class MoveImpossible(Unprocessable):
    """The registration is said to move to where it is, or on a day that cannot be."""

    code = "move_impossible"
    title = "The move cannot be so"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationMoved(Event):
    """The household registration has moved to another place; which one stays with the person."""

    name: ClassVar[str] = "person.registration_moved"

    person_id: UUID
    moved_on: date
    recorded_by: UUID


def require_possible_move(*, before: str, after: str, since: date | None, moved_on: date, on: date) -> None:
    """Hold a move to what can be: another place, and a day between the move before and today.

    Raises:
        MoveImpossible: it cannot be.
    """
    if after == before:
        raise MoveImpossible(
            "The registration is there already. Give the place that it moves to.", pointer="/region_code"
        )
    if moved_on > on or (since is not None and moved_on < since):
        raise MoveImpossible(
            "Give the day of the move as the household register has it: after the move before, and not in the future.",
            pointer="/moved_on",
        )
