"""Who answers for somebody who has moved house: whoever did, where that one serves there too; else another."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.domain.shared.reason import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A commissioner who serves the new place, what weighs on that one, and what that one is to the person so far."""

    account_id: UUID
    load: int
    is_absent: bool = False
    holds: bool = False
    """Answers for the person."""
    stands_in: bool = False
    """Is the deputy of whoever does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """Who answers from now on."""

    commissioner_id: UUID | None
    """None where nobody serves there: a gap until somebody is appointed."""
    deputy_id: UUID | None = None
    reason: Reason | None = None
    """Why this one; None where it is whoever answered before."""


def hand_on(serving: Iterable[Serving], *, beside: UUID | None = None) -> HandedOn:
    """Let whoever serves the new place answer: the same commissioner if that can be, else the one who bears least.

    Of those who move together, one commissioner answers: whoever does for the first, `beside` whom the others come.

    Source: R03 of the operational requirements: every active person has exactly one responsible commissioner, and the
    assignment follows moves and absences.

    >>> hand_on([]).commissioner_id is None
    True
    """
    known = tuple(serving)
    least = min((one for one in known if not one.is_absent), key=_burden, default=None)
    holder = next((one for one in known if one.holds), None)
    if holder is None:
        family = next((one for one in known if one.account_id == beside and not one.is_absent), None)
        if family is not None:
            return HandedOn(commissioner_id=family.account_id, reason=Reason(code="roster.moved_here_together"))
        return HandedOn(commissioner_id=None) if least is None else _given(least, able=len(known))
    if not holder.is_absent:
        return HandedOn(commissioner_id=holder.account_id)
    deputy = next((one for one in known if one.stands_in and not one.is_absent), least)
    return HandedOn(commissioner_id=holder.account_id, deputy_id=deputy.account_id if deputy else None)


def _given(to: Serving, *, able: int) -> HandedOn:
    reason = Reason(code="roster.moved_here", parameters={"able": able, "load": to.load})
    return HandedOn(commissioner_id=to.account_id, reason=reason)


def _burden(one: Serving) -> tuple[int, UUID]:
    return one.load, one.account_id
