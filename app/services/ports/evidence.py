"""What the use cases of evidence need of the store."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from app.domain.evidence import Evidence, EvidenceRequest, Upload


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateOnRecord:
    """What the register of certificates shows by itself of a certificate in force."""

    certificate_id: UUID
    region: str
    approving_organisation_id: UUID
    issued_on: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class OnRecord:
    """All that is valid on a day of what is held of a person: evidence, and what a register shows by itself."""

    evidence: tuple[Evidence, ...]
    certificate: CertificateOnRecord | None = None


class EvidenceOnRecord(Protocol):
    """All evidence."""

    async def get(self, key: UUID, *, version: int | None = None) -> Evidence:
        """The evidence; with `version`, only if it still is the one that the caller has read."""
        ...

    async def held_of(self, person_id: UUID, *, on: date) -> OnRecord:
        """What is held of a person and valid on a day, as far as the caller may know of it; one statement."""
        ...

    def add(self, evidence: Evidence) -> None:
        """Put a new piece on record."""
        ...

    async def save(self, evidence: Evidence) -> Evidence:
        """Write a changed one over the version that was read."""
        ...


class EvidenceRequests(Protocol):
    """All requests for evidence."""

    async def get(self, key: UUID, *, version: int | None = None) -> EvidenceRequest:
        """The request; with `version`, only if it still is the one that the caller has read."""
        ...

    async def of_application(self, application_id: UUID) -> list[EvidenceRequest]:
        """All that were ever opened for an application, in the order of their ids."""
        ...

    async def unsettled_of(self, person_id: UUID, kind: str) -> list[EvidenceRequest]:
        """The open and the refused ones of a person for one kind."""
        ...

    def add(self, request: EvidenceRequest) -> None:
        """Put a new one on record."""
        ...

    async def save(self, request: EvidenceRequest) -> EvidenceRequest:
        """Write a changed one over the version that was read."""
        ...


class Uploads(Protocol):
    """The uploads of one account through one client; nobody else's are there."""

    async def get(self, upload_id: UUID) -> Upload:
        """One of them.

        Raises:
            NotFound: there is none of the caller's own.
        """
        ...

    async def waiting(self, digest: str) -> Upload | None:
        """The one of this content that nothing has used yet."""
        ...

    def add(self, upload: Upload) -> None:
        """Put a new one on record."""
        ...

    async def save(self, upload: Upload) -> Upload:
        """Write a changed one over the version that was read."""
        ...


class LeftUploads(Protocol):
    """What the worker sees of everybody's uploads: those that wait for the scanner, and those whose time is over."""

    async def quarantined(self, *, limit: int) -> list[Upload]:
        """Some that wait for the scanner, the oldest first."""
        ...

    async def expired(self, *, at: datetime, limit: int) -> list[Upload]:
        """Some whose time is over and that nothing has used. From now on nothing can."""
        ...

    async def save(self, upload: Upload) -> None:
        """Write what the scanner has found, unless somebody was quicker."""
        ...

    async def forget(self, upload: Upload) -> None:
        """Take one whose file is gone off the record."""
        ...
