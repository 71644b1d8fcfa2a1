"""Use case: whether a certificate that somebody shows is good, with the least that the caller's purpose needs."""

from collections.abc import Sequence

from app.domain.certificate import Claims, Disclosure, DisclosureLevel
from app.domain.shared.authz import Scope
from app.domain.shared.errors import Forbidden
from app.services.ports.caller import Caller
from app.services.ports.certificate import CertificateVerifications, Verified


async def verify_certificate(
    claims: Sequence[Claims], *, disclosure: Disclosure, caller: Caller, verifications: CertificateVerifications
) -> Verified:
    """Answer for each certificate how it stands, and more only where the token's scope opens it.

    Source: 个人信息保护法 (2021), arts. 6 and 28: no more than the purpose needs.

    Raises:
        Forbidden: category and grade are asked for without the scope for them.
    """
    if disclosure.level is not DisclosureLevel.STATUS and Scope.CERTIFICATES_VERIFY_DETAIL not in caller.scopes:
        raise Forbidden(
            f"Category and grade need the scope {Scope.CERTIFICATES_VERIFY_DETAIL}. Ask for the status only.",
            pointer="/detail",
        )
    return await verifications.verify(caller, claims, disclosure=disclosure)
