"""Use case of what the passing of days proposes for certificates: a list that is made when it is read."""

from uuid import UUID

from app.domain.certificate import Proposal, ProposalRules
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of


async def list_certificate_proposals(*, after: UUID | None, limit: int, uow: UnitOfWork) -> Slice[Proposal]:
    """What somebody should look into in the caller's areas today. A page may hold fewer than there is room for."""
    async with uow:
        found = await uow.certificates.out_of_order(uow.actor, on=uow.today, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        proposals = (
            ProposalRules.of(uow.rulebook.at(held.region, uow.today)).proposal(held, on=uow.today)
            for held in page.items
        )
        due = tuple(proposal for proposal in proposals if proposal is not None)
        uow.accessed(*(proposal.person_id for proposal in due), disclosed=("certificate",))
        return await uow.commit(Slice(due, page.after))
