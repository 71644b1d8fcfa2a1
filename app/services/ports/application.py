"""What the use cases of applications and benefits need of the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from app.domain.application import Application, CaseKind, Channel, Item, PublicStatus
from app.domain.benefit import BenefitCase, Stage
from app.domain.shared.access import Principal, Role
from app.domain.shared.errors import AlreadyExists
from app.domain.shared.identity import CitizenNumber, Sex


class AlreadySubmitted(AlreadyExists):
    """The same source has sent the same number before."""

    code = "already_submitted"
    title = "This application was submitted before"


NUMBER_TAKEN = "Your system has sent an application under this source number before. Look it up by that number instead."
"""What is said of it, whether the sender may see that application or not."""


class OpenApplicationExists(AlreadyExists):
    """The person has an open application of the same kind."""

    code = "open_application_exists"
    title = "An application of this kind is open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who the application is for. It does not show itself in logs."""

    name: str = field(repr=False)
    citizen_number: CitizenNumber
    region_code: str
    registration_region_code: str
    birth_date: date | None = None
    sex: Sex | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What was handed in: who the applicant was said to be, and the answers. It does not show itself in logs."""

    applicant: Mapping[str, Any] = field(repr=False)
    answers: Mapping[str, Any] = field(repr=False)
    digest: str | None = field(default=None, repr=False)
    """SHA-256 of the body as it was sent, in hexadecimal; None where there was none."""
    said_elsewhere: tuple[str, ...] = ()
    """Fields that were answered to an office or by the person, and not through the portal that follows."""

    def hidden_from(self, reader: Principal) -> tuple[str, ...]:
        """The fields of which a portal is told nothing: those that it was not the one to send."""
        return self.said_elsewhere if reader.roles <= {Role.PORTAL} else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestForm:
    """The answers that were handed in with a person's latest application, as far as the caller is a party to one."""

    region: str
    package_code: str
    answers: Mapping[str, Any] = field(repr=False)


class ItemLine(NamedTuple):
    """An item as a work list shows it; a tuple, for a page has hundreds."""

    code: str
    case_id: UUID
    case_kind: CaseKind
    owner_code: str | None
    matter_code: str | None
    source_number: str | None
    status: PublicStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationLine:
    """An application as a work list shows it, read without building the aggregate."""

    id: UUID
    person_id: UUID
    region: str
    package_code: str
    source_number: str
    channel: Channel
    status: PublicStatus
    is_finished: bool
    submitted_at: datetime
    version: int
    digest: str | None
    """Told to the system that sent it, and to nobody else: it digests what identifies."""
    items: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstantCount:
    """Of the cases of one benefit in one place: how many there are, how many were granted at once, and how quickly."""

    region: str
    item: str
    cases: int
    at_once: int
    median_seconds: float | None
    longest_seconds: float | None


class Applications(Protocol):
    """All applications."""

    async def get(self, application_id: UUID, *, version: int | None = None) -> Application:
        """The application with its items; with `version`, only if it still is the one that the caller has read."""
        ...

    async def join_registration(self, person_id: UUID) -> bool:
        """Take in where somebody is registered who lives in the caller's areas, to the end of the transaction."""
        ...

    async def find_by_source(self, source_id: UUID, source_number: str) -> UUID | None:
        """The application that a source knows by its own number."""
        ...

    async def form(self, application_id: UUID) -> Form:
        """What was handed in with it."""
        ...

    async def latest_of(self, person_id: UUID) -> LatestForm | None:
        """What was answered in a person's latest application that the caller may know of."""
        ...

    async def open_items_of(self, person_id: UUID) -> frozenset[str]:
        """What a person has asked for and is not decided yet, as far as the caller may know of it."""
        ...

    def add(self, application: Application, form: Form) -> None:
        """Put a new one on record with what was handed in."""
        ...

    def add_item(self, application: Application, item: Item, form: Form) -> None:
        """Put one item more on record, and what is answered now in place of what was handed in."""
        ...

    def receive(self, receipt_id: UUID, application: Application, *, at: datetime, until: datetime) -> None:
        """Note that what is asked for was acknowledged to whoever asked for it."""
        ...

    async def save(self, application: Application) -> Application:
        """Write a changed one over the version that was read."""
        ...

    async def page(
        self,
        *,
        is_finished: bool | None,
        submitted_on: date | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[ApplicationLine]:
        """Some of those that the caller may see, in the order of their ids."""
        ...


class BenefitCases(Protocol):
    """Cases of benefits."""

    async def get(self, key: UUID, *, version: int | None = None) -> BenefitCase:
        """The case; with `version`, only if it still is the one that the caller has read."""
        ...

    def add(self, case: BenefitCase) -> None:
        """Put a new one on record."""
        ...

    async def save(self, case: BenefitCase) -> BenefitCase:
        """Write a changed one over the version that was read."""
        ...

    async def page(
        self, stages: tuple[Stage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[BenefitCase]:
        """Some of those that the caller may see, in the order of their ids."""
        ...

    async def instant_counts(
        self, *, areas: Sequence[str], depth: int, first: date, last: date, whose: Principal
    ) -> list[InstantCount]:
        """Cases submitted from one day to another in the areas, by the region at a depth of the path and by item."""
        ...
