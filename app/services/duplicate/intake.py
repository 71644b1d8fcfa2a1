"""What acceptance asks of twins: whether the person of a case may be registered already, and who looks."""

from uuid import UUID

from app.domain.benefit import BenefitCase
from app.domain.certificate import CertificateCase
from app.domain.duplicate import may_accept
from app.domain.shared.transitions import Allowed
from app.services.ports.work import UnitOfWork


async def require_no_twin(person_id: UUID, *, uow: UnitOfWork) -> None:
    """Let a case be taken on, unless the person is very likely on record already and nobody has looked.

    Raises:
        NotComparedYet: the person has come or changed, and is compared first; then the command is run again.
        MayBeRegisteredAlready: an officer dismisses, merges or overrides first.
    """
    found = await uow.person_duplicates.at_intake(person_id)
    likeness = found.require_compared() if found is not None else None
    if likeness is not None:
        likeness.require_passable()


async def may_be_twin(person_id: UUID, *, uow: UnitOfWork) -> bool:
    """Say whether somebody is very likely on record already, so that people look before anything is granted.

    Raises:
        NotComparedYet: see `require_no_twin`.
    """
    found = await uow.person_duplicates.at_intake(person_id)
    if found is None:
        return True
    likeness = found.require_compared()
    return likeness is not None and likeness.is_blocking


async def with_warning(
    actions: tuple[Allowed, ...], *, about: CertificateCase | BenefitCase, uow: UnitOfWork
) -> tuple[Allowed, ...]:
    """What the caller may do; whoever may take the case on, and nobody else, is told of a likeness."""
    if not may_accept(actions):
        return actions
    likeness = await uow.person_duplicates.likeness(about.person_id)
    return actions if likeness is None else likeness.warned(actions)
