"""Use cases of what is due and not received (应享未享), and of how far plans reach: figures, and names."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.domain.catalogue import ServiceType, service_types
from app.domain.entitlement import entitlements
from app.domain.plan import Part
from app.domain.shared.errors import Unprocessable
from app.domain.shared.small_cells import hidden
from app.services.ports.population import FoundInArea, FoundOfAll, Unserved
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of
from app.services.report import ENTITLEMENT_CELL, around, asked_areas
from app.services.roster import own_area


class ServiceUnknown(Unprocessable):
    """The rules in force in the place know no such service."""

    code = "service_unknown"
    title = "There is no such service here"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnservedCount:
    """Of one service in one area: to how many it is due, and how many of them do not receive it."""

    region: str
    service: ServiceType
    found: FoundOfAll | None
    """None where the figures are too small to be shown, or would tell those of another area that are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnservedReport:
    """What is due and not received, by area and service."""

    region: str
    minimum_cell: int
    counts: tuple[UnservedCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUnserved:
    """Somebody to whom a service is due, by name."""

    unserved: Unserved
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCount:
    """How far plans reach in one area; without figures where they are too small."""

    region: str
    people: int | None
    planned: int | None
    parts: Mapping[Part, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageOfPlans:
    """How many holders of certificates have a plan in force, and which of the four parts it has, by area."""

    region: str
    minimum_cell: int
    counts: tuple[CoverageCount, ...]


async def report_unserved(region_code: str | None, *, uow: UnitOfWork) -> UnservedReport:
    """What is due and not received in each area one level below a place, by what was known last night.

    Raises:
        RegionNotFound: there is no such region.
        AreaNotYours: the region lies outside of the caller's areas.
    """
    async with uow:
        region = _place(region_code, uow=uow)
        rules = uow.rulebook.at(region, uow.today)
        kinds, minimum = service_types(rules), rules.count(ENTITLEMENT_CELL).value
        found = await uow.population.found_by_area(
            tuple(entitlements(rules).values()),
            region=region,
            depth=_level_below(region),
            on=uow.today,
            clock_id=uow.clock_id,
        )
        small = hidden_areas(found, minimum=minimum)
        counts = tuple(
            UnservedCount(
                region=one.region,
                service=kinds[one.code],
                found=None if (one.code, one.region) in small else one.found,
            )
            for one in found
        )
        return await uow.commit(UnservedReport(region=region, minimum_cell=minimum, counts=counts))


async def list_unserved_people(
    region_code: str, *, service: str, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[NamedUnserved]:
    """To whom of a place a service is due who does not receive it, by name and by last night's facts.

    Raises:
        RegionNotFound, NotYourFunction: there is no such place, or it is not the caller's.
        ServiceUnknown: the rules of the place know no such service.
    """
    async with uow:
        region = own_area(region_code, "list_unserved_people", uow=uow)
        entitlement = entitlements(uow.rulebook.at(region, uow.today)).get(service)
        if entitlement is None:
            raise ServiceUnknown(
                "Give the code of a service, as GET /v1/reports/unserved names it.", pointer="query/service"
            )
        found = await uow.population.unserved(
            entitlement, region=region, on=uow.today, clock_id=uow.clock_id, after=after, limit=limit + 1
        )
        page = slice_of(found, limit=limit)
        people = [one.person_id for one in page.items]
        persons = await uow.persons.get_many(people)
        uow.accessed(*people, disclosed=("name", "entitlements"))
        shown = tuple(
            NamedUnserved(unserved=one, name=persons[one.person_id].name_on(uow.today))
            for one in page.items
            if one.person_id in persons
        )
        return await uow.commit(Slice(shown, page.after))


async def report_plan_coverage(region_code: str | None, *, uow: UnitOfWork) -> CoverageOfPlans:
    """How far plans reach in each area one level below a place: from the assessment to the solution.

    Raises:
        RegionNotFound: there is no such region.
        AreaNotYours: the region lies outside of the caller's areas.
    """
    async with uow:
        region = _place(region_code, uow=uow)
        minimum = uow.rulebook.at(region, uow.today).count(ENTITLEMENT_CELL).value
        found = await uow.plans.coverage(region=region, depth=_level_below(region), clock_id=uow.clock_id)
        figures = {
            one.region: (
                one.people,
                one.planned,
                one.people - one.planned,
                *one.parts.values(),
                *_lacks(one.planned, one.parts),
            )
            for one in found
        }
        small = hidden(figures, minimum=minimum)
        counts = tuple(
            CoverageCount(region=one.region, people=None, planned=None, parts=None)
            if one.region in small
            else CoverageCount(region=one.region, people=one.people, planned=one.planned, parts=one.parts)
            for one in found
        )
        return await uow.commit(CoverageOfPlans(region=region, minimum_cell=minimum, counts=counts))


def hidden_areas(found: list[FoundInArea], *, minimum: int) -> frozenset[tuple[str, str]]:
    """Which services of which areas are shown without figures: their own, or those that would tell others."""
    services = {one.code for one in found}
    return frozenset(
        (code, region)
        for code in services
        for region in hidden({one.region: _figures(one.found) for one in found if one.code == code}, minimum=minimum)
    )


def _figures(found: FoundOfAll) -> tuple[int, ...]:
    return (found.met, found.met - found.receiving, found.receiving, found.not_met, found.unknown)


def _lacks(planned: int, parts: Mapping[Part, int]) -> tuple[int, ...]:
    return tuple(planned - there for there in parts.values())


def _place(region_code: str | None, *, uow: UnitOfWork) -> str:
    asked, areas = asked_areas(region_code, uow=uow)
    return around(areas) if asked is None else asked


def _level_below(region: str) -> int:
    return len(region.split("/")) + 1 if region else 1
