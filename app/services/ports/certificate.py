"""What the certificate use cases need: the cases, the certificates, and the fast look-up for verification."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.certificate import (
    Certificate,
    CertificateCase,
    CertificateFacts,
    Claims,
    Disclosure,
    Holding,
    Stage,
    VerificationResult,
)
from app.domain.shared.access import Principal
from app.domain.shared.identity import CertificateNumber, CitizenNumber
from app.services.ports.caller import Caller
from app.services.ports.receipt import Receipt


class CertificateCases(Protocol):
    """Pieces of certificate business."""

    async def get(self, key: UUID, *, version: int | None = None) -> CertificateCase:
        """The case; with `version`, only if it still is the one that the caller has read."""
        ...

    def add(self, case: CertificateCase) -> None:
        """Put a new one on record."""
        ...

    async def save(self, case: CertificateCase) -> CertificateCase:
        """Write a changed one over the version that was read."""
        ...

    async def page(
        self, stages: tuple[Stage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[CertificateCase]:
        """Some of those in the caller's areas, or that the caller is a party to, in the order of their ids."""
        ...

    async def page_at_residence(
        self, stages: tuple[Stage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[CertificateCase]:
        """Some of those that are accepted in the caller's areas and approved elsewhere, in the order of their ids."""
        ...

    async def knowing(self, case: CertificateCase, accounts: Sequence[UUID]) -> CertificateCase:
        """A case, with what is on record of a relation of the caller and of some accounts to its person."""
        ...

    async def related(self, case: CertificateCase, accounts: Sequence[UUID]) -> frozenset[UUID]:
        """Those of some accounts that are related to the person of a case."""
        ...

    async def join(self, case_id: UUID) -> None:
        """Act in the place of a case that is accepted in the caller's areas, to the end of the transaction."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """A certificate that agrees with what was claimed of it, and whose it is."""

    person_id: UUID
    facts: CertificateFacts


class Certificates(Protocol):
    """Certificates through their lives."""

    async def get(self, certificate_id: UUID, *, version: int | None = None) -> Certificate:
        """The certificate with all its versions; with `version`, only if it still is the one that was read."""
        ...

    async def of_person(self, person_id: UUID) -> Certificate | None:
        """The person's newest certificate."""
        ...

    async def claimed(self, claims: Sequence[Claims]) -> list[Found | None]:
        """For each claim, in order, the certificate that agrees with all of it; None where none does."""
        ...

    async def add(
        self, certificate: Certificate, *, name: str, citizen_number: CitizenNumber, clock_id: UUID | None
    ) -> None:
        """Put a new one on the register, with the name and the number by which it is verified."""
        ...

    async def reissue(
        self, certificate: Certificate, *, name: str, citizen_number: CitizenNumber, clock_id: UUID | None
    ) -> Certificate:
        """Write one that has another card now, which is verified by this name and number."""
        ...

    async def migrate(self, certificate: Certificate, *, case_id: UUID) -> None:
        """Carry one to the place of a migration that was approved there, before its next card is written."""
        ...

    async def out_of_order(self, whose: Principal, *, on: date, after: UUID | None, limit: int) -> list[Holding]:
        """Some of those in the caller's areas that have expired or whose holder has moved or is reported dead.

        They come by their ids. Of whom it is looked into already whether to cancel, no death is told.
        """
        ...

    async def restore(self, certificate: Certificate) -> Certificate:
        """Write that it stands as before: it answers for its number again, also where one in its place has ended."""
        ...

    async def save(self, certificate: Certificate) -> Certificate:
        """Write how the current card stands over the version that was read."""
        ...


@dataclass(frozen=True, slots=True)
class Verified:
    """The answers in the order of the questions, and the day that they hold for."""

    on: date
    results: tuple[VerificationResult, ...]
    receipts: tuple[Receipt, ...] = ()
    """One for each answer, where they were asked for."""


class CertificateNumbers(Protocol):
    """Which certificate numbers a deployment takes. It says so before one is looked up."""

    def take(self, number: CertificateNumber) -> None:
        """Let a number pass.

        Raises:
            MagicNumberInProduction: it is for trying things out, and this is no place for that.
            DomainError: in a sandbox, whatever the number stands for.
        """
        ...


class CertificateVerifications(Protocol):
    """Looks certificates up for those who may only verify; the record of access is durable before the answer."""

    async def verify(self, caller: Caller, claims: Sequence[Claims], *, disclosure: Disclosure) -> Verified:
        """Confirm the caller, answer, and write down that it was asked and who was found."""
        ...

    async def verify_with_receipts(
        self, caller: Caller, claims: Sequence[Claims], *, disclosure: Disclosure
    ) -> Verified:
        """The same, with a receipt of each answer on record."""
        ...
