"""Use cases of regions: the places that a deployment knows, today or on another day."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from app.domain.shared.region import Level, Region
from app.services.ports.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFilter:
    """Which regions are asked for; what is not said does not narrow."""

    parent: str | None = None
    """Code of the region that they lie in, one level below it."""
    level: Level | None = None
    name: str | None = None
    """The name, or one that they are given by mistake."""
    on: date | None = None
    """The day on which their codes are in use; today, unless said."""

    def matches(self, region: Region, *, on: date) -> bool:
        """Say whether a region is asked for."""
        return (
            region.is_in_use(on)
            and (self.level is None or region.level is self.level)
            and (self.name is None or self.name in {region.name, *region.aliases})
            and (self.parent is None or parent_of(region) == self.parent)
        )


@dataclass(frozen=True, slots=True)
class RegionSlice:
    """Some regions in the order of their codes, and the code after which the next ones come."""

    regions: tuple[Region, ...]
    after: str | None


async def list_regions(wanted: RegionFilter, *, after: str | None, limit: int, uow: UnitOfWork) -> RegionSlice:
    """Regions in the order of their codes: a region comes before those in it."""
    async with uow:
        on = wanted.on or uow.today
        found = (
            region for region in uow.regions if (after is None or region.code > after) and wanted.matches(region, on=on)
        )
        some = tuple(islice(found, limit + 1))
        shown = some[:limit]
        return await uow.commit(RegionSlice(shown, shown[-1].code if len(some) > limit else None))


def parent_of(region: Region) -> str | None:
    """The code of the region that a region lies in."""
    above = region.path.rpartition("/")[0]
    return above.rpartition("/")[2] or None
