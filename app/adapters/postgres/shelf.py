"""Services as the matcher looks at them, kept at hand in the version that is on record."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from app.domain.catalogue import Capacity, Service
from app.domain.matching import Candidate

MOST_AT_HAND = 50_000


class Held(NamedTuple):
    """A service that is at hand: in which version, as the matcher looks at it, and what the catalogue has counted."""

    version: int
    candidate: Candidate
    counted: Capacity | None


class Shelf:
    """What one process has read of the catalogue. No person stands in it."""

    def __init__(self) -> None:
        self._held: dict[UUID, Held] = {}

    def lacks(self, service_id: UUID, version: int) -> bool:
        """Say whether a service is not at hand in this version."""
        held = self._held.get(service_id)
        return held is None or held.version != version

    def take_in(self, services: Iterable[Service]) -> None:
        """Keep services at hand, in place of what was known of them; of too many, only these."""
        if len(self._held) >= MOST_AT_HAND:
            self._held.clear()
        self._held |= {one.id: Held(one.version, _flattened(one), one.capacity) for one in services}

    def held(self, service_id: UUID) -> Held:
        """A service that is at hand."""
        return self._held[service_id]


def _flattened(service: Service) -> Candidate:
    return Candidate(
        service_id=service.id,
        organisation_id=service.organisation_id,
        code=service.code,
        meets=service.meets,
        mode=service.mode.value,
        regions=service.regions,
        serves=service.serves,
        languages=service.languages,
        features=frozenset(feature.value for feature in service.features),
        has_place=service.has_place,
        waiting_days=service.waiting_days,
        is_confirmed=service.is_confirmed,
    )
