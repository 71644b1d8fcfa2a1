"""What a sandbox can do that production cannot: open clients freely, and move their clocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from app.domain.person import Person
from app.services.ports.tokens import Claims
from app.services.scenario import End


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One account of the sandbox: the name of its token, and what a token for it may claim."""

    name: str
    claims: Claims


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxClient:
    """A client of one's own: its secret is shown once, its clock is nobody else's, and its citizen is invented."""

    client_id: UUID
    secret: str = field(repr=False)
    seats: tuple[Seat, ...]
    citizen: Person
    guardian: Person
    """Another invented citizen, to act for the first or for a child once an officer has recorded that."""


@dataclass(frozen=True, slots=True)
class BusinessTime:
    """What a test clock shows, beside the real time."""

    now: datetime
    real: datetime
    today: date

    @property
    def version(self) -> None:
        """A clock has no version: it runs."""


class Sandbox(Protocol):
    """The sandbox's own store."""

    async def open_client(self, *, at: datetime) -> SandboxClient:
        """Open a client with a clock, a citizen, and a seat for every role."""
        ...

    async def play(self, application_id: UUID, *, client_id: UUID, script: Mapping[str, End]) -> str:
        """Take items of an application to their ends; says `played`, or where it could not go on."""
        ...


class Clocks(Protocol):
    """Test clocks, within a unit of work."""

    async def advance(self, clock_id: UUID, *, seconds: int) -> None:
        """Move a clock forward."""
        ...
