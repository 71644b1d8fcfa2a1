"""Use cases of decisions: read by whom they concern, each with what this reader may know."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.domain.decision import Decision, Fact
from app.domain.organisation import Organisation
from app.domain.shared.access import Principal, Role
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of

SHOWN = ("decision",)
TOLD_NO_FACTS = frozenset({Role.PORTAL})
"""A portal follows its application, and may not know what the registers hold of the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision as one caller sees it."""

    of: Decision
    organisation: Organisation | None
    """For which it was decided."""
    account_id: UUID | None
    """Who it was; told to auditors alone. Others deal with the office, not with a person."""
    facts: tuple[Fact, ...] | None
    """None where the caller may not know them."""

    @property
    def id(self) -> UUID:
        """The decision's id."""
        return self.of.id

    @property
    def version(self) -> int:
        """The decision's version, which stays the first."""
        return self.of.version


async def get_decision(decision_id: UUID, *, uow: UnitOfWork) -> DecisionView:
    """A decision with its grounds; that it was shown is written down."""
    async with uow:
        decision = await uow.decisions.get(decision_id)
        organisations = await _organisations((decision,), uow=uow)
        uow.accessed(decision.person_id, disclosed=SHOWN)
        return await uow.commit(_view(decision, uow.actor, organisations))


async def list_decisions(
    *, person_id: UUID | None, case_id: UUID | None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[DecisionView]:
    """The decisions of the caller's areas, or those that the caller is a party to, in the order of their making."""
    async with uow:
        found = await uow.decisions.page(
            person_id=person_id, case_id=case_id, whose=uow.actor, after=after, limit=limit + 1
        )
        return await uow.commit(await _shown(found, limit=limit, uow=uow))


async def list_application_decisions(
    application_id: UUID, *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[DecisionView]:
    """All that was decided on one application, in the order in which it was."""
    async with uow:
        found = await uow.decisions.of_application(application_id, after=after, limit=limit + 1)
        return await uow.commit(await _shown(found, limit=limit, uow=uow))


async def _shown(found: list[Decision], *, limit: int, uow: UnitOfWork) -> Slice[DecisionView]:
    page = slice_of(found, limit=limit)
    organisations = await _organisations(page.items, uow=uow)
    uow.accessed(*(decision.person_id for decision in page.items), disclosed=SHOWN)
    return Slice(tuple(_view(decision, uow.actor, organisations) for decision in page.items), page.after)


async def _organisations(decisions: tuple[Decision, ...], *, uow: UnitOfWork) -> Mapping[UUID, Organisation]:
    wanted = {decision.by.organisation_id for decision in decisions if decision.by.organisation_id}
    return await uow.organisations.get_many(wanted) if wanted else {}


def _view(decision: Decision, whose: Principal, organisations: Mapping[UUID, Organisation]) -> DecisionView:
    own = decision.by.organisation_id
    return DecisionView(
        of=decision,
        organisation=organisations.get(own) if own else None,
        account_id=decision.by.account_id if whose.has(Role.AUDITOR) else None,
        facts=None if whose.roles <= TOLD_NO_FACTS else decision.content.facts,
    )
