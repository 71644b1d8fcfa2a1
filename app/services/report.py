"""Use cases of reports: figures over places and times, without anybody in them."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from app.domain.catalogue import ServiceType, service_types
from app.domain.entitlement import entitlements
from app.domain.rating import RatingRules
from app.domain.shared.errors import Forbidden, Unprocessable
from app.domain.shared.region import contains
from app.domain.uncertified_entry import MINIMUM_CELL
from app.domain.visit import VISITS_AT_MOST
from app.services.ports.application import InstantCount
from app.services.ports.population import FoundOfAll
from app.services.ports.rating import RatingCount
from app.services.ports.uncertified_entry import ConversionCount, EntryCount, Span
from app.services.ports.visit import VisitCount
from app.services.ports.work import UnitOfWork

LONGEST_DAYS = 366
ENTITLEMENT_CELL = "entitlement.minimum_cell"


class AreaNotYours(Forbidden):
    """Figures are asked for of a place that the caller has no appointment for."""

    code = "area_not_yours"
    title = "This place is not in your area"


class PeriodImpossible(Unprocessable):
    """A report is asked for days that end before they begin, or for more than a year."""

    code = "period_impossible"
    title = "The days of the report cannot be right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days that a report covers, both included; applications count by the day of their submission.

    Raises:
        PeriodImpossible: they end before they begin, or are more than a year.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse days that no report covers."""
        if not 0 <= (self.last - self.first).days < LONGEST_DAYS:
            raise PeriodImpossible("Give a first and a last day, of one year at most.", pointer="query/to")


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitReport:
    """How many ways people had, place by place."""

    period: Period
    region: str | None
    at_most: int
    counts: tuple[VisitCount, ...]

    @property
    def share_within(self) -> float | None:
        """The share of the finished applications with no more ways than there should be; None where there are none."""
        finished = sum(count.finished for count in self.counts)
        within = sum(count.within for count in self.counts)
        return round(within / finished, 4) if finished else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingReport:
    """How people say they were served, by unit and item. What too few have rated is named without its figures."""

    period: Period
    minimum_cell: int
    counts: tuple[RatingCount, ...]

    def is_shown(self, count: RatingCount) -> bool:
        """Say whether so many have rated that no figure points at anybody."""
        return count.ratings >= self.minimum_cell


@dataclass(frozen=True, slots=True, kw_only=True)
class InstantReport:
    """How much of what was asked for was granted at once (马上办), place by place and item by item."""

    period: Period
    region: str | None
    counts: tuple[InstantCount, ...]

    @property
    def cases(self) -> int:
        """How many cases there were."""
        return sum(count.cases for count in self.counts)

    @property
    def at_once(self) -> int:
        """How many of them were granted at once."""
        return sum(count.at_once for count in self.counts)

    @property
    def share(self) -> float | None:
        """The share of those granted at once; None where there were none."""
        return round(self.at_once / self.cases, 4) if self.cases else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertifiedReport:
    """Who stands on the ledger of the uncertified, by place and reason, and what it has led to, by month."""

    period: Period
    region: str | None
    minimum_cell: int
    counts: tuple[EntryCount, ...]
    conversions: tuple[ConversionCount, ...]

    def shown(self, figure: int) -> int | None:
        """The figure, unless it is so small that it points at somebody; that there is nobody points at nobody."""
        return None if 0 < figure < self.minimum_cell else figure


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCount:
    """What the rules of one service say of all people of a place."""

    service: ServiceType
    found: FoundOfAll


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementReport:
    """Of how many people of a place each service of the catalogue is due, and how many receive it."""

    region: str
    minimum_cell: int
    people: int
    counts: tuple[ServiceCount, ...]

    def is_shown(self, count: ServiceCount) -> bool:
        """Say whether no figure of it is so small that it points at somebody, by itself or by what is left of all."""
        found = count.found
        figures = (found.met, found.not_met, found.unknown, found.receiving, found.met - found.receiving)
        return not any(0 < figure < self.minimum_cell for figure in (*figures, self.people))


async def report_entitlements(region_code: str | None, *, uow: UnitOfWork) -> EntitlementReport:
    """What the rules in force say of all who live in a place, by what was known last night. It names nobody.

    Without a place: of all in the caller's areas, by the rules of the nearest place that contains them all.

    Raises:
        RegionNotFound: there is no such region.
        AreaNotYours: the region lies outside of the caller's areas.
    """
    async with uow:
        asked, areas = asked_areas(region_code, uow=uow)
        region = around(areas) if asked is None else asked
        rules = uow.rulebook.at(region, uow.today)
        entitled, kinds = entitlements(rules), service_types(rules)
        found = await uow.population.found(tuple(entitled.values()), region=region, on=uow.today, clock_id=uow.clock_id)
        report = EntitlementReport(
            region=region,
            minimum_cell=rules.count(ENTITLEMENT_CELL).value,
            people=max(one.met + one.not_met + one.unknown for one in found.values()),
            counts=tuple(ServiceCount(service=kinds[code], found=one) for code, one in found.items()),
        )
        return await uow.commit(report)


async def report_instant_grants(period: Period, *, region_code: str | None, uow: UnitOfWork) -> InstantReport:
    """How much was granted at once, and in how many seconds (马上办). It names nobody.

    Raises:
        RegionNotFound: there is no such region.
        AreaNotYours: the region lies outside of the caller's areas.
    """
    async with uow:
        region, areas = asked_areas(region_code, uow=uow)
        counts = await uow.benefit_cases.instant_counts(
            areas=areas, depth=_depth_below(areas), first=period.first, last=period.last, whose=uow.actor
        )
        return await uow.commit(InstantReport(period=period, region=region, counts=tuple(counts)))


async def report_ratings(period: Period, *, uow: UnitOfWork) -> RatingReport:
    """How people say they were served by the units of the caller's areas, in whole months.

    Months, because two reports that differ by a day would tell what was said on that day.

    Raises:
        PeriodImpossible: the days are not whole months.
    """
    _require_whole_months(period)
    async with uow:
        minimum = RatingRules.of(uow.rulebook.at("", uow.today)).minimum_cell.value
        counts = await uow.ratings.counts(first=period.first, last=period.last, whose=uow.actor)
        return await uow.commit(RatingReport(period=period, minimum_cell=minimum, counts=tuple(counts)))


async def report_uncertified(period: Period, *, region_code: str | None, uow: UnitOfWork) -> UncertifiedReport:
    """Who stands on the ledger of the uncertified today, who came onto it in some whole months, and what it led to.

    Raises:
        RegionNotFound: there is no such region.
        AreaNotYours: the region lies outside of the caller's areas.
        PeriodImpossible: the days are not whole months.
    """
    _require_whole_months(period)
    async with uow:
        region, areas = asked_areas(region_code, uow=uow)
        minimum = uow.rulebook.at(region or "", uow.today).count(MINIMUM_CELL).value
        span = Span(areas=areas, depth=_depth_below(areas), first=period.first, last=period.last)
        counts = await uow.uncertified_entries.counts(span, whose=uow.actor)
        conversions = await uow.uncertified_entries.conversions(span, whose=uow.actor)
        report = UncertifiedReport(
            period=period,
            region=region,
            minimum_cell=minimum,
            counts=tuple(counts),
            conversions=tuple(conversions),
        )
        return await uow.commit(report)


async def report_visits(period: Period, *, region_code: str | None, uow: UnitOfWork) -> VisitReport:
    """How many ways people had for their applications, by place and channel (最多跑一次). It names nobody.

    Raises:
        RegionNotFound: there is no such region.
        AreaNotYours: the region lies outside of the caller's areas.
    """
    async with uow:
        region, areas = asked_areas(region_code, uow=uow)
        at_most = uow.rulebook.at(region or "", period.last).count(VISITS_AT_MOST).value
        counts = await uow.visits.counts(
            areas=areas,
            depth=_depth_below(areas),
            first=period.first,
            last=period.last,
            at_most=at_most,
            whose=uow.actor,
        )
        return await uow.commit(VisitReport(period=period, region=region, at_most=at_most, counts=tuple(counts)))


def _require_whole_months(period: Period) -> None:
    if period.first.day != 1 or (period.last + timedelta(days=1)).day != 1:
        raise PeriodImpossible("Give the first day of a month, and the last day of one.", pointer="query/to")


def asked_areas(region_code: str | None, *, uow: UnitOfWork) -> tuple[str | None, tuple[str, ...]]:
    """The place that is asked for, if one is, and the areas that are counted."""
    if region_code is None:
        return None, uow.actor.areas
    region = uow.regions.by_code(region_code).path
    if not any(contains(area, region) for area in uow.actor.areas):
        raise AreaNotYours("Ask for a place in your own area.", pointer="query/region")
    return region, (region,)


def around(areas: tuple[str, ...]) -> str:
    """The nearest place that contains all areas."""
    levels = zip(*(area.split("/") for area in areas), strict=False)
    return "/".join(level[0] for level in takewhile(lambda level: len(set(level)) == 1, levels))


def _depth_below(areas: tuple[str, ...]) -> int:
    """One level below the widest of the areas: there figures are shown apart."""
    return min((len(area.split("/")) for area in areas), default=0) + 1
