"""A service as the row of a table says it, and what that says otherwise than the catalogue (服务目录导入)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, ClassVar
from uuid import UUID

from app.domain.catalogue.cells import (
    READERS,
    ListingUnclear,
    codes_of,
    id_of,
    parts_of,
    place_of,
    provider_of,
    wording_of,
)
from app.domain.catalogue.opening import Phone, Schedule
from app.domain.catalogue.service import Feature, Location, ProviderKind, Service
from app.domain.catalogue.service_type import ServiceType
from app.domain.catalogue.stages import ListingStage
from app.domain.shared.events import Event
from app.domain.shared.identity import OrganisationCode
from app.domain.shared.region import Regions
from app.domain.shared.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceListed(Event):
    """A service came into the catalogue."""

    name: ClassVar[str] = "catalogue.service_listed"

    service_id: UUID
    job_id: UUID
    listed_by: UUID
    stage: ListingStage


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChanged(Event):
    """What the catalogue says of a service has changed."""

    name: ClassVar[str] = "catalogue.service_changed"

    service_id: UUID
    job_id: UUID
    changed: tuple[str, ...]
    changed_by: UUID
    stage: ListingStage


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that a row says otherwise."""

    field: str
    held: str
    given: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One row: which service of which provider it is, and what it says of it. An empty cell says nothing."""

    key: str
    """The sender's own name for the service, by which the same row is known again."""
    service_id: UUID | None
    """Our id, where the service is on record from elsewhere."""
    provider: OrganisationCode
    provider_name: Wording | None
    code: str
    region_code: str
    cells: Mapping[str, str] = field(repr=False)
    """The rest, as it was written."""

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> "Listing":
        """Read what tells rows apart; the rest is read beside what is on record.

        Raises:
            ListingUnclear, InvalidOrganisationCode: a cell cannot be read; `pointer` names the column.
        """
        said = {code: cell.strip() for code, cell in cells.items() if cell.strip()}
        if "location_name" not in said and (of_place := _OF_PLACE & said.keys()):
            raise ListingUnclear("Name the place that this is said of.", pointer=f"/{min(of_place)}")
        for column in _NEEDED:
            if column not in said:
                raise ListingUnclear("Fill this cell in.", pointer=f"/{column}")
        return cls(
            key=said["key"],
            service_id=id_of(said),
            provider=provider_of(said),
            provider_name=wording_of(said, "provider_name"),
            code=said["code"],
            region_code=said["region_code"],
            cells=said,
        )

    def region(self, regions: Regions) -> str:
        """The path of the place for which it is offered.

        Raises:
            RegionNotFound: there is no such place.
        """
        return place_of(self.region_code, "region_code", regions)

    def said_of(
        self, held: Service | None, *, kind: ServiceType, regions: Regions, location_id: UUID
    ) -> Mapping[str, Any]:
        """The fields of the service of which the row says something; of its places one by its name.

        Raises:
            ListingUnclear, RegionNotFound: a cell cannot be read, or names no region; `pointer` names the column.
        """
        region = self.region(regions)
        found: dict[str, Any] = {"code": kind.code, "family": kind.family, "region": region}
        for column, read in READERS.items():
            if column in self.cells:
                found[_FIELDS.get(column, column)] = read(self.cells[column], column)
        for name in ("name", "description"):
            if (said := wording_of(self.cells, name)) is not None:
                found[name] = said
        if "serves" in self.cells:
            found["serves"] = tuple(place_of(code, "serves", regions) for code in parts_of(self.cells["serves"]))
        if "location_name" in self.cells:
            location = self._location(held, region, regions=regions, location_id=location_id)
            others = held.locations if held else ()
            found["locations"] = (*(one for one in others if one.id != location.id), location)
        return found

    def _location(self, held: Service | None, region: str, *, regions: Regions, location_id: UUID) -> Location:
        name = wording_of(self.cells, "location_name")
        assert name is not None  # the caller has looked
        known = next((one for one in (held.locations if held else ()) if one.name.zh == name.zh), None)
        place = known or Location(id=location_id, name=name, region=region)
        if "location_region" in self.cells:
            place = replace(place, region=place_of(self.cells["location_region"], "location_region", regions))
        if "features" in self.cells:
            place = replace(place, features=frozenset(codes_of(self.cells["features"], "features", Feature)))
        return replace(place, name=name if name.en != name.zh or known is None else place.name)


def listed(
    said: Mapping[str, Any], *, service_id: UUID, organisation_id: UUID, kind: ServiceType, stage: ListingStage
) -> Service:
    """The service that a row brings in; its stage says whether its provider is asked first.

    Raises:
        NotThisService: the catalogue describes it otherwise.
    """
    usual: dict[str, Any] = {
        "description": said["name"],
        "meets": kind.meets,
        "provider_kind": min(kind.provider_kinds, key=_LIKELIEST.index),
    }
    service = Service(id=service_id, organisation_id=organisation_id, stage=stage, **{**usual, **said})
    kind.require_same(service)
    return service


def differences(held: Service, said: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What a row says otherwise than the catalogue, field by field."""
    return tuple(
        Difference(field=name, held=_told(getattr(held, name)), given=_told(value))
        for name, value in said.items()
        if getattr(held, name) != value
    )


def changed(held: Service, said: Mapping[str, Any], *, kind: ServiceType) -> Service:
    """The service as a row says it.

    Raises:
        NotThisService: the catalogue describes it otherwise.
    """
    service = replace(held, **said, version=held.version + 1)
    kind.require_same(service)
    return service


def _told(value: object) -> str:
    """A value of a field in one line, for whoever compares the two."""
    tell = _TELL.get(type(value))
    return tell(value) if tell else str(value)


_TELL: Mapping[type, Any] = MappingProxyType(
    {
        Wording: lambda value: value.zh,
        Schedule: lambda value: f"{value.rrule} {value.opens_at:%H:%M}-{value.closes_at:%H:%M}",
        Phone: lambda value: value.number,
        Location: lambda value: " ".join((value.name.zh, value.region, *sorted(value.features))),
        frozenset: lambda value: ", ".join(sorted(map(_told, value))),
        tuple: lambda value: ", ".join(map(_told, value)),
        type(None): lambda _: "",
    }
)
_OF_PLACE = frozenset({"location_region", "location_name_en", "features"})
_NEEDED = ("key", "provider_code", "code", "region_code", "name")
_LIKELIEST = (ProviderKind.SOCIAL, ProviderKind.FEDERATION, ProviderKind.GOVERNMENT)
_FIELDS: Mapping[str, str] = MappingProxyType({"phone": "phones", "hours": "schedules"})
"""Fields that are called otherwise than their columns."""
