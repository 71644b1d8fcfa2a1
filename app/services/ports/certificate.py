"""What the certificate use cases need: the lineages of certificates, the cases, and the fast look-up for verification."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.shared.access import Principal
from app.services.ports.work import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationQuery:
    """A number as claimed, with the name or the identity number that should go with it; normalised."""

    number: str
    name: str | None
    citizen_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateOnRecord:
    """What the register holds for a claimed number whose holder was named rightly."""

    person_id: UUID
    category: int
    components: dict[int, int]
    grade: int
    status: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Verified:
    """The answers to the queries, in their order, and by whom and on which day they were asked."""

    actor: Principal
    on: date
    found: tuple[CertificateOnRecord | None, ...]


class CertificateVerifications(Protocol):
    """Looks certificates up for those who may only verify; the record of access is durable before the answer."""

    async def look_up(self, caller: Caller, queries: Sequence[VerificationQuery], *, disclosed: tuple[str, ...]) -> Verified:
        """Confirm the caller, find what matches number and holder, and write down that it was asked.

        A wrong name and an unknown number both give None.
        """
        ...
