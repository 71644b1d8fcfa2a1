"""What the worker does each night for reports of a whole county: it counts what is missing in archives of people."""

from dataclasses import replace

from app.domain.archive import ArchiveOf, Checklist
from app.domain.shared.region import Level, contains
from app.services.archive.gaps import counted_now
from app.services.ports.offer import OfferKeeper, Place
from app.services.ports.work import UnitOfWork

COUNTING = "count_archives"


async def count_archives(keeper: OfferKeeper) -> int:
    """Count anew, county by county, each in a transaction of its own; how many archives were looked at."""
    counted = 0
    for place in await keeper.places(test_clock_id=None):
        for county in await _counties(place, uow=keeper.open_work(place, what=COUNTING)):
            counted += await _count(county, uow=keeper.open_work(replace(place, region=county), what=COUNTING))
    return counted


async def _counties(place: Place, *, uow: UnitOfWork) -> list[str]:
    """The counties of a place that have a list of what belongs into an archive today."""
    async with uow:
        known = [
            region.path
            for region in uow.regions
            if region.level is Level.COUNTY and region.is_in_use(uow.today) and contains(place.region, region.path)
        ]
        listed = [one for one in known if uow.rulebook.at(one, uow.today).has(ArchiveOf.PERSON.subject)]
        return await uow.commit(listed)


async def _count(county: str, *, uow: UnitOfWork) -> int:
    async with uow:
        counted = await counted_now(county, uow=uow)
        checklist = Checklist.of(ArchiveOf.PERSON, uow.rulebook.at(county, uow.today))
        await uow.archives.keep_counts(county, counted.places, checklist=checklist, on=counted.on)
        return await uow.commit(sum(place.people for place in counted.places))
