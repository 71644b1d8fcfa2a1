"""What the use cases need of the catalogue of services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from app.domain.capacity import Places
from app.domain.catalogue import Family, ListingStage, Service
from app.domain.matching import Candidate, Outcomes
from app.domain.organisation import OrganisationKind
from app.domain.shared.access import Principal
from app.domain.shared.wording import Wording


@dataclass(frozen=True, slots=True)
class Offered:
    """A service together with who offers it."""

    service: Service
    provider: Wording
    provider_is: OrganisationKind
    modified_at: datetime
    """When what is said of it was last changed; how many places are free is told apart."""
    places: Places | None = None
    """How many there are and are free; None where places are not counted."""

    @property
    def id(self) -> UUID:
        """The service's id."""
        return self.service.id

    @property
    def takes_referrals(self) -> bool:
        """Say whether somebody there answers referrals; at an office one applies instead."""
        return self.provider_is is OrganisationKind.PROVIDER


class Services(Protocol):
    """The services that organisations offer. No person stands in them."""

    async def get(self, service_id: UUID) -> Offered:
        """One of them.

        Raises:
            NotFound: there is none.
        """
        ...

    async def get_many(self, service_ids: set[UUID]) -> dict[UUID, Offered]:
        """Those of them that there are."""
        ...

    async def candidates(
        self, need: str, *, stages: tuple[ListingStage, ...] = (ListingStage.CONFIRMED,)
    ) -> list[Candidate]:
        """All that are offered at present and meet a need of the catalogue, with how they are rated.

        With other stages also those that would be, did their providers stand by them.
        """
        ...

    async def outcomes(self, organisation_ids: set[UUID]) -> Mapping[UUID, Outcomes]:
        """What came of the work of some providers by people's plans, as of last night; of others nothing is known."""
        ...

    async def keep_outcomes(self, outcomes: Mapping[UUID, Outcomes], *, region: str, known_on: date) -> None:
        """Put down by provider what came of its work for the people of a place, in place of what was known."""
        ...

    def rate(self, service_id: UUID, satisfaction: int) -> None:
        """Add somebody's rating to the sum; whose it was is kept there no more."""
        ...

    async def page(
        self, *, family: Family | None, need: str | None, region: str | None, after: UUID | None, limit: int
    ) -> list[Offered]:
        """Some of those that are offered, in the order of their ids; with `region`, that take its residents."""
        ...

    async def listings(
        self, stages: tuple[ListingStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Offered]:
        """Some of those that the caller's organisations offer or that stand in the caller's areas, by their ids."""
        ...

    async def own(self, service_ids: set[UUID]) -> frozenset[UUID]:
        """Those of them that the caller's own catalogue holds; a sandbox shows others that all of its clients share."""
        ...

    async def add_many(self, services: Sequence[Service], *, at: datetime) -> None:
        """Put new ones on record at an instant, by one statement."""
        ...

    async def change_many(self, services: Sequence[Service], *, at: datetime) -> None:
        """Write changed ones, which bear their new versions, over those that were read, by one statement.

        Raises:
            StaleVersion: somebody else was quicker with one of them.
        """
        ...
