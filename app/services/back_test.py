"""Use case: what changed rules would have said to the decisions of a place. Nothing is decided and nothing changes.

Beforehand the decisions are replayed with the rules by which they were made: a back-test of facts that do not lead to
what is stored would say nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.benefit import BackTest, Decided, Proposal
from app.domain.shared.rulebook import Rulebook
from app.services.benefit_rules import rules_of
from app.services.ports.grant import DecidedBenefit
from app.services.ports.work import UnitOfWork

DECISIONS_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Which rules are looked at, as they are in force on which day, and for what."""

    rulebook: Rulebook
    in_force_on: date
    region: str
    item: str | None = None
    """One benefit; all, where none is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A back-test, and the decisions that their own rules do not reproduce: while there are any, it proves nothing."""

    test: BackTest
    not_reproduced: tuple[UUID, ...]


async def back_test(change: Change, *, work: Callable[[], UnitOfWork]) -> Replay:
    """Replay the decisions of a place, page by page, with their own rules and with the changed ones.

    `work` opens a transaction in the place, in which nobody acts.
    """
    replayed, not_reproduced, after = list[tuple[Decided, Proposal]](), list[UUID](), None
    while page := await _page(change, after, uow=work()):
        for one, again, changed in page:
            replayed.append((one.decided, changed))
            if again != one.decided.proposal:
                not_reproduced.append(one.decided.case_id)
        after = page[-1][0].decided.case_id
    return Replay(test=BackTest.of(replayed), not_reproduced=tuple(not_reproduced))


async def _page(
    change: Change, after: UUID | None, *, uow: UnitOfWork
) -> list[tuple[DecidedBenefit, Proposal, Proposal]]:
    """Some decisions, each with what its own rules and the changed ones say to its facts today."""
    async with uow:
        found = await uow.decided_benefits.page(change.item, change.region, after=after, limit=DECISIONS_AT_ONCE)
        uow.accessed(*(one.person_id for one in found), disclosed=("decision",))
        return await uow.commit([(one, _again(one, uow.rulebook), _changed(one.decided, change)) for one in found])


def _again(one: DecidedBenefit, rulebook: Rulebook) -> Proposal:
    decided = one.decided
    rules = rulebook.at(decided.region, decided.decided_on, as_of=one.decided_at)
    return rules_of(decided.item, rules).proposal(decided.facts)


def _changed(decided: Decided, change: Change) -> Proposal:
    rules = change.rulebook.at(decided.region, change.in_force_on)
    return rules_of(decided.item, rules).proposal(decided.facts)
