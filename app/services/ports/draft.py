"""What the use cases of drafts need of the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from app.domain.application import Channel, Draft, PlatformName
from app.domain.shared.access import Principal
from app.services.ports.application import Applicant


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """What a draft says so far. It does not show itself in logs."""

    items: tuple[str, ...]
    source_number: str
    channel: Channel
    applicant: Applicant | None = field(default=None, repr=False)
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    platform_names: Mapping[str, PlatformName] = field(default_factory=dict)
    withheld_evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft and what it says; nothing, once it is submitted or thrown away."""

    draft: Draft
    content: DraftContent | None


class Drafts(Protocol):
    """Drafts of the caller, and nobody else's."""

    async def get(self, draft_id: UUID, *, version: int | None = None) -> KeptDraft:
        """The draft; with `version`, only if it still is the one that the caller has read."""
        ...

    def add(self, draft: Draft, content: DraftContent) -> None:
        """Put a new one on record."""
        ...

    async def save(self, draft: Draft, content: DraftContent | None) -> Draft:
        """Write a changed one over the version that was read; without content, forget what it said."""
        ...

    async def page(self, *, whose: Principal, on: date, after: UUID | None, limit: int) -> list[KeptDraft]:
        """Some of those that are begun and still kept on a day, in the order of their ids."""
        ...
