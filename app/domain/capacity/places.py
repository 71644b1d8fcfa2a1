"""The places of a service: the provider says how many there are and how many are free; referrals hold them.

Shaped by Open Referral's HSDS 3.1 (`service_capacity` with its unit, available, maximum and updated). What is free is
not what was said once: every referral that came to be under way since takes a place, and every one that ended gives it
back.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from app.domain.shared.errors import Conflict, Forbidden, Unprocessable
from app.domain.shared.events import Event


class NotYourService(Forbidden):
    """Another organisation offers the service."""

    code = "not_your_service"
    title = "Another organisation offers this service"


class PlacesImpossible(Unprocessable):
    """More places would be free, or held by referrals, than there are."""

    code = "places_impossible"
    title = "So many places cannot be free"


class NoPlaceFree(Conflict):
    """All places are taken: what is asked for now waits."""

    code = "no_place_free"
    title = "No place is free"


class CapacityUnit(StrEnum):
    """In what places are counted (HSDS unit)."""

    PLACE = "place"
    """名额"""
    BED = "bed"
    """床位"""
    HOUSEHOLD = "household"
    """户"""
    DEVICE = "device"
    """件"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityStated(Event):
    """A provider has said how many places there are."""

    name: ClassVar[str] = "capacity.stated"

    service_id: UUID
    unit: CapacityUnit
    maximum: int
    available: int
    held: int
    stated_by: UUID
    stated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a provider says of a service: so many places in all, and so many of them free now."""

    unit: CapacityUnit
    maximum: int
    available: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places of one service (服务名额).

    `elsewhere` counts people who came by other ways than a referral here; only the provider knows of them.
    """

    maximum: int
    elsewhere: int
    held: int
    """By referrals that are under way, from the offer to the person's word."""
    as_of: date
    """The day on which the provider last said it."""
    updated_at: datetime | None = None
    """The instant of it; None where the catalogue said so before any provider did."""
    unit: CapacityUnit = CapacityUnit.PLACE

    @property
    def available(self) -> int:
        """How many are free now.

        >>> Places(maximum=12, elsewhere=7, held=2, as_of=date(2026, 11, 16)).available
        3
        """
        return max(0, self.maximum - self.elsewhere - self.held)

    def require_free(self) -> None:
        """Hold an offer to a place that is free.

        Raises:
            NoPlaceFree: all are taken.
        """
        if not self.available:
            raise NoPlaceFree(
                f"All {self.maximum} places are taken. Choose another service, or put the need on the waiting list.",
                maximum=self.maximum,
                held=self.held,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlaces:
    """The places of a service with whose they are, as the story of events tells of them."""

    id: UUID
    """The service's."""
    organisation_id: UUID
    region: str
    held: int
    person_id: None = None
    application_id: None = None
    version: int = 1

    def state(
        self, said: Statement, *, by: UUID, organisations: Collection[UUID], at: datetime, on: date
    ) -> tuple[Places, CapacityStated]:
        """The provider says how many places there are, and how many are free at this moment.

        Source: HSDS 3.1 `service_capacity`; 昌市政办发〔2020〕53号 五(五)3 for matching needs with what there is.

        Raises:
            NotYourService: the caller serves another organisation than the one that offers it.
            PlacesImpossible: with what referrals hold, more would be free than there are.
        """
        if self.organisation_id not in organisations:
            raise NotYourService("Another organisation offers this service. Only that one says how many places it has.")
        if said.available > said.maximum:
            raise PlacesImpossible("No more places are free than there are. Count them again.", pointer="/available")
        if said.available and said.available + self.held > said.maximum:
            raise PlacesImpossible(
                f"Referrals that are under way hold {self.held} of {said.maximum} places. "
                "Count those as taken, or decline them first.",
                pointer="/available",
                held=self.held,
            )
        places = Places(
            unit=said.unit,
            maximum=said.maximum,
            elsewhere=max(0, said.maximum - said.available - self.held),
            held=self.held,
            as_of=on,
            updated_at=at,
        )
        return places, CapacityStated(
            service_id=self.id,
            unit=said.unit,
            maximum=said.maximum,
            available=said.available,
            held=self.held,
            stated_by=by,
            stated_on=on,
        )
