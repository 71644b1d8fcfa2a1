"""The unit of work: one transaction, entered as a caller whose rights the database has confirmed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TypeVar
from uuid import UUID

from app.domain.shared.access import Principal, Role
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Conflict, DomainError, Unavailable, Unprocessable
from app.domain.shared.events import Aggregate, Event
from app.domain.shared.region import Regions
from app.domain.shared.rulebook import Rulebook
from app.services.ports.organisation import Organisations
from app.services.ports.person import Persons

if TYPE_CHECKING:
    from app.services.ports.access_record import AccessRecords
    from app.services.ports.application import Applications, BenefitCases
    from app.services.ports.assessment import Assessments, Needs
    from app.services.ports.catalogue import Services
    from app.services.ports.certificate import CertificateCases, Certificates
    from app.services.ports.event import Events
    from app.services.ports.facts import Facts
    from app.services.ports.plan import Plans
    from app.services.ports.sandbox import Clocks

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it went out: kept beside its key, so that a repeated request gets the very same."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Keyed:
    """A request that may come twice: its key, the digest of its content, and how its result is written down."""

    key: str
    digest: bytes
    render: Callable[[object], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What a token claims and a request brings along; nothing of it is believed before the database confirms it."""

    subject: UUID
    client_id: UUID
    roles: frozenset[Role]
    scopes: frozenset[str]
    token_id: str
    operation: str
    request_id: str
    purpose: str | None = None
    key: Keyed | None = field(default=None, compare=False)


class Replayed(Exception):
    """The request was answered before; here is that answer. Not a refusal, and no work is done."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("answered before")
        self.answer = answer


class CallerUnknown(DomainError):
    """The account, the client or the token is no longer honoured."""

    code = "unauthenticated"
    title = "Who is calling is not known"


class KeyReused(Unprocessable):
    """The key was used for another request."""

    code = "idempotency_key_reused"
    title = "This key belongs to another request"


class KeyInProgress(Conflict):
    """The first request with this key has not been answered yet."""

    code = "idempotency_in_progress"
    title = "The first request with this key is still running"


class TryAgain(Unavailable):
    """Two transactions met and one had to give way; the same command may simply be run again."""

    code = "try_again"
    title = "Please send the request again"


class UnitOfWork(Protocol):
    """One transaction as one caller. Leaving without `commit` undoes everything."""

    @property
    def caller(self) -> Caller: ...
    @property
    def actor(self) -> Principal: ...
    @property
    def now(self) -> datetime: ...
    @property
    def real_now(self) -> datetime: ...
    @property
    def today(self) -> date: ...
    @property
    def clock_id(self) -> UUID | None: ...
    @property
    def rulebook(self) -> Rulebook: ...
    @property
    def regions(self) -> Regions: ...
    @property
    def clocks(self) -> "Clocks": ...
    @property
    def persons(self) -> Persons: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def applications(self) -> "Applications": ...
    @property
    def benefit_cases(self) -> "BenefitCases": ...
    @property
    def certificate_cases(self) -> "CertificateCases": ...
    @property
    def certificates(self) -> "Certificates": ...
    @property
    def facts(self) -> "Facts": ...
    @property
    def assessments(self) -> "Assessments": ...
    @property
    def needs(self) -> "Needs": ...
    @property
    def services(self) -> "Services": ...
    @property
    def plans(self) -> "Plans": ...
    @property
    def events(self) -> "Events": ...
    @property
    def access_records(self) -> "AccessRecords": ...

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def calendar(self, region: str) -> WorkingCalendar:
        """The working calendar of a region."""
        ...

    def new_id(self) -> UUID:
        """A new time-ordered id (UUIDv7)."""
        ...

    def record(self, event: Event, *, about: Aggregate) -> None:
        """Write down what happened, with its leaf of the decision log, in this transaction."""
        ...

    def accessed(self, *person_ids: UUID, disclosed: tuple[str, ...]) -> None:
        """Write down who was shown whom; it is durable before the answer goes out."""
        ...

    def admit(self, party_id: UUID, *, to: UUID, role: Role, person_id: UUID | None = None) -> None:
        """Make somebody a party to a case, and to the person where `person_id` is given."""
        ...

    async def commit(self, result: Result) -> Result:
        """Make it all durable and hand the result on."""
        ...
