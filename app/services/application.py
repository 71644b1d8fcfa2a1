"""Use cases of applications."""

from app.domain.certificate import CertificateCase
from app.services.ports.work import UnitOfWork


async def follow_certificate_case(case: CertificateCase, *, uow: UnitOfWork) -> None:
    """Let the application know how its certificate case stands."""
