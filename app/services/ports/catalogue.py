"""What the use cases need of the catalogue of services."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.domain.catalogue import Family, Service
from app.domain.organisation import OrganisationKind
from app.domain.shared.wording import Wording


@dataclass(frozen=True, slots=True)
class Offered:
    """A service together with who offers it."""

    service: Service
    provider: Wording
    provider_is: OrganisationKind

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

    async def that_meet(self, need: str) -> list[Offered]:
        """All that are offered at present and meet a need of the catalogue."""
        ...

    async def page(
        self, *, family: Family | None, need: str | None, region: str | None, after: UUID | None, limit: int
    ) -> list[Offered]:
        """Some of those that are offered, in the order of their ids; with `region`, that take its residents."""
        ...
