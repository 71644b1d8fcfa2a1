"""Use cases of what is missing in the archives of an area: by name, as counts, and association by association."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from app.domain.archive import (
    ArchiveAreaTooWide,
    ArchiveOf,
    ArchiveYearImpossible,
    Checklist,
    Completeness,
    Seen,
    Source,
    completeness,
    count_missing,
    counting,
    together,
    what_counts,
)
from app.domain.organisation import Organisation, OrganisationKind
from app.domain.shared.region import Level, area_at
from app.services.archive.places import checklist_of_year
from app.services.archive.reading import adults_until
from app.services.ports.archive import Counted, FiledFor
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of
from app.services.roster import own_area

WALKED = 500
"""So many people of the roster are looked at for one page, whatever comes of it: a page costs no more than that."""
SHOWN = ("archive", "name")
_OF_COUNTY = 3
"""How many codes the path of a county has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveGap:
    """Somebody whose archive lacks something."""

    person_id: UUID
    name: str | None
    region: str
    completeness: Completeness

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.person_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationStanding:
    """How complete the archive of one association is."""

    organisation: Organisation
    completeness: Completeness

    @property
    def id(self) -> UUID:
        """The association's id."""
        return self.organisation.id


async def list_archive_gaps(
    region_code: str, *, item: str | None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[ArchiveGap]:
    """Whose archives in a place lack something, or one item, by name; a page may be short and yet have a next one.

    Raises:
        RegionNotFound, NotYourFunction: there is no such place, or it is not the caller's.
    """
    async with uow:
        area = own_area(region_code, "list_archive_gaps", uow=uow)
        checklist, on = _checklist(area, uow=uow), uow.today
        walked = await uow.archives.on_roster(area, after=after, limit=WALKED)
        minor_since = adults_until(on, uow=uow)
        people = await uow.archives.people(walked, sources=checklist.sources, minor_since=minor_since, on=on)
        known = [people[one] for one in walked if one in people]
        found = [
            ArchiveGap(person_id=one.person_id, name=None, region=one.region, completeness=whole)
            for one in known
            if (
                whole := completeness(checklist, counting(checklist, one.seen, on=on), on=on, traits=one.traits)
            ).missing
            and (item is None or item in {missing.code for missing in whole.missing})
        ]
        page = slice_of(found[: limit + 1], limit=limit)
        further = walked[-1] if len(walked) == WALKED else None
        return await uow.commit(Slice(await _named(page.items, uow=uow), page.after or further))


async def report_archive_gaps(region_code: str, *, level: Level, uow: UnitOfWork) -> Counted:
    """How many archives of people lack what, place by place down to a level; it names nobody.

    Of a whole county it tells what was counted last night, where that was; of a part of it what is so at this moment.

    Raises:
        RegionNotFound, NotYourFunction: there is no such place, or it is not the caller's.
        ArchiveAreaTooWide: it is more than a county.
    """
    async with uow:
        area = own_area(region_code, "report_archive_gaps", uow=uow)
        if area.count("/") + 1 < _OF_COUNTY:
            raise ArchiveAreaTooWide("Ask for one county after the other.", pointer="/region")
        checklist = _checklist(area, uow=uow)
        known = await _kept(area, checklist=checklist, uow=uow) or await counted_now(area, uow=uow)
        placed = [replace(count, region=area_at(count.region, level)) for count in known.places]
        return await uow.commit(replace(known, places=together(checklist, placed)))


async def counted_now(area: str, *, uow: UnitOfWork) -> Counted:
    """How many archives of people lack what at this moment, in each place of an area."""
    checklist, on = _checklist(area, uow=uow), uow.today
    alike = await uow.archives.alike(
        area, sources=checklist.sources, wants=checklist.wants(on), minor_since=adults_until(on, uow=uow), on=on
    )
    return Counted(places=count_missing(checklist, alike, on=on), on=on)


async def _kept(area: str, *, checklist: Checklist, uow: UnitOfWork) -> Counted | None:
    """What was counted of a county since yesterday: from midnight on, until it is counted anew."""
    if area.count("/") + 1 > _OF_COUNTY:
        return None
    since = uow.today - timedelta(days=1)
    return await uow.archives.kept_counts(area, checklist=checklist, since=since, on=uow.today)


async def list_association_archives(
    region_code: str, *, year: int | None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[AssociationStanding]:
    """How complete the archives of a place's associations are for a year, each with what is missing.

    Raises:
        RegionNotFound, NotYourFunction: there is no such place, or it is not the caller's.
        ArchiveYearImpossible: the year has not begun, or no checklist was in force yet.
    """
    async with uow:
        area, asked = own_area(region_code, "list_association_archives", uow=uow), year or uow.today.year
        if asked > uow.today.year:
            raise ArchiveYearImpossible("Give a year that has begun.", pointer="/year")
        kind = OrganisationKind.ASSOCIATION
        found = await uow.organisations.within(area, kind=kind, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        places = {one.id: one.region for one in page.items}
        work = await uow.archives.work(places, year=asked, on=uow.today)
        filed = await uow.archives.filed_for(places, year=asked)
        items = tuple(
            AssociationStanding(
                organisation=one,
                completeness=_of_association(one, work[one.id], filed.get(one.id, ()), year=asked, uow=uow),
            )
            for one in page.items
        )
        return await uow.commit(Slice(items, page.after))


def _of_association(
    one: Organisation, work: tuple[Seen, ...], filed: tuple[FiledFor, ...], *, year: int, uow: UnitOfWork
) -> Completeness:
    checklist = checklist_of_year(one.region, year, uow=uow)
    yearly = {item.code for item in checklist.items if item.is_yearly}
    documents = (
        Seen(what=what_counts(Source.DOCUMENT, paper.item), on=paper.made_on, id=paper.id)
        for paper in filed
        if paper.year == year or paper.item not in yearly
    )
    seen = {found.what: found for found in (*work, *documents)}
    return completeness(checklist, counting(checklist, seen, on=uow.today), on=uow.today, year=year)


async def _named(gaps: tuple[ArchiveGap, ...], *, uow: UnitOfWork) -> tuple[ArchiveGap, ...]:
    people = [gap.person_id for gap in gaps]
    persons = await uow.persons.get_many(people)
    uow.accessed(*people, disclosed=SHOWN)
    return tuple(
        replace(gap, name=persons[gap.person_id].name_on(uow.today) if gap.person_id in persons else None)
        for gap in gaps
    )


def _checklist(area: str, *, uow: UnitOfWork) -> Checklist:
    return Checklist.of(ArchiveOf.PERSON, uow.rulebook.at(area, uow.today))
