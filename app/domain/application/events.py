"""What happens to an application, in the past tense: ids, codes and dates, nothing about the person."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.application.status import PublicStatus
from app.domain.shared.events import Event
from app.domain.shared.voice import Capacity, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSubmitted(Event):
    """Somebody applied, once, for everything that was chosen."""

    name: ClassVar[str] = "application.submitted"

    application_id: UUID
    package_code: str
    package_version: str
    channel: str
    source_number: str
    items: tuple[str, ...]
    promised_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProgressed(Event):
    """An item stands differently than before, and with it perhaps the application."""

    name: ClassVar[str] = "application.item_progressed"

    application_id: UUID
    item: str
    matter_code: str | None
    """事项编码, where the platform has given one."""
    source_number: str | None
    """The platform's own number of the item (办件编号), where it has given one."""
    owner_code: str | None
    """统一社会信用代码 of the organisation that answers for the item."""
    item_status: PublicStatus
    status_reason: str | None
    """Why it stands so, where the person should know."""
    status: PublicStatus
    is_finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStranded(Event):
    """An item cannot begin, because what it waited for has ended without success; the person is asked about it."""

    name: ClassVar[str] = "application.item_stranded"

    application_id: UUID
    item: str
    waits_for: str
    matter_code: str | None
    source_number: str | None
    owner_code: str | None
    item_status: PublicStatus
    status: PublicStatus
    is_finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAdded(Event):
    """The person asked for one thing more, in the application that is there."""

    name: ClassVar[str] = "application.item_added"

    application_id: UUID
    item: str
    matter_code: str | None
    source_number: str | None
    owner_code: str | None
    added_by: UUID
    capacity: Capacity
    said_by: Voice | None
    item_status: PublicStatus
    status: PublicStatus
    promised_until: date | None
    """The last day promised for all of it now; None where nothing is promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationWithdrawn(Event):
    """The person took back what was not decided yet."""

    name: ClassVar[str] = "application.withdrawn"

    application_id: UUID
    withdrawn_by: UUID
    capacity: Capacity
    said_by: Voice | None
    items: tuple[str, ...]
    status: PublicStatus
