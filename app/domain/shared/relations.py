"""Who is related to a person by what is on record, without a word of theirs: a home, a phone, an address."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.domain.shared.errors import DutiesNotSeparated

OFFERED = 3
"""So many colleagues are named at most: enough to pass the case on, and no list of who is not related."""


class RelationOnRecord(DutiesNotSeparated):
    """Somebody who would take part shares a home, a telephone or an address with the person whom it is about.

    Which of these it is, and with whom, is not said.
    """

    code = "relation_on_record"
    title = "Another person must act here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """What the record says of those who are at work on what is about a person."""

    accounts: frozenset[UUID] = frozenset()
    """Who is related to the person, of those who were asked about."""
    colleagues: tuple[UUID, ...] = ()
    """Where the caller is: those of the same organisation in the same role who are not."""

    def require_none(self, doers: AbstractSet[UUID], *, by: UUID, barred: AbstractSet[UUID]) -> None:
        """Refuse a step of somebody who is related, and name the caller colleagues who are not barred from it.

        Raises:
            RelationOnRecord: one of the doers is.
        """
        if not doers & self.accounts:
            return
        if by not in self.accounts:
            raise RelationOnRecord("Of those who sign, one has a relation to the person on record. Others must sign.")
        others = [str(one) for one in self.colleagues if one not in barred][:OFFERED]
        raise RelationOnRecord(
            "You have a relation to the person on record. Another person must act"
            f"{', such as ' + ' or '.join(others) if others else ' here'}.",
            others=others,
        )


NO_RELATIONS: Final = Relations()
