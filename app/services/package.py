"""Use cases of packages: what one application may ask for, where, and what it takes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.application import Package, PackageNotFound, Selection
from app.domain.shared.entry import Entry
from app.domain.shared.errors import Unprocessable
from app.domain.shared.rulebook import Rule, RulesInForce
from app.domain.shared.wording import Wording
from app.services.ports.work import UnitOfWork

PREFIX = "package."


class RegionNeeded(Unprocessable):
    """Several places offer different packages under one code."""

    code = "region_needed"
    title = "Say for which place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which package is asked about: as offered where and when, and which of its items."""

    region_code: str | None = None
    on: date | None = None
    """As it is, or was, on this day; today, unless given."""
    items: tuple[str, ...] = ()
    """All, unless given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """By when a step is to be done."""

    value: int
    unit: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step on the way of an item, and who takes it by which operation."""

    code: str
    wording: Wording
    roles: tuple[str, ...]
    operation: str
    decides: bool
    limit: Limit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageOffer:
    """A package as one place offers it today."""

    package: Package
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageView:
    """A package with what some of its items, or all, take."""

    offer: PackageOffer
    selection: Selection
    steps: dict[str, tuple[Step, ...]]
    """By the code of the item."""


async def list_packages(*, region_code: str | None, on: date | None, uow: UnitOfWork) -> tuple[PackageOffer, ...]:
    """The packages that a place offers on a day, today unless one is named; of all places, where none is named.

    Raises:
        RegionNotFound: no region has the code.
    """
    async with uow:
        region = None if region_code is None else uow.regions.by_code(region_code).path
        return await uow.commit(tuple(_offers(region, on or uow.today, uow)))


async def get_package(code: str, *, asked: Asked, uow: UnitOfWork) -> PackageView:
    """A package; form and evidence are those of the chosen items together, or of all.

    Raises:
        RegionNotFound: no region has the code.
        PackageNotFound: it is not offered there on the day.
        RegionNeeded: several places offer one under this code.
        ItemNotInPackage: an item was chosen that it does not hold.
    """
    async with uow:
        on = asked.on or uow.today
        offer = offer_of(code, asked, uow=uow)
        rules = uow.rulebook.at(offer.rule.region, on)
        entry = rules.entry(offer.rule.subject).value
        selection = offer.package.chosen(asked.items or [item.code for item in offer.package.items])
        steps = {item.text("code"): tuple(_steps(item, rules)) for item in entry.entries("items")}
        return await uow.commit(PackageView(offer=offer, selection=selection, steps=steps))


def offer_of(code: str, asked: Asked, *, region: str | None = None, uow: UnitOfWork) -> PackageOffer:
    """The package that is asked about; `region` is the path of a person's place, which goes before the one asked for.

    Raises:
        RegionNotFound, PackageNotFound, RegionNeeded: see `get_package`.
    """
    if region is None and asked.region_code is not None:
        region = uow.regions.by_code(asked.region_code).path
    return _one(_offers(region, asked.on or uow.today, uow), code)


def _offers(region: str | None, on: date, uow: UnitOfWork) -> Iterator[PackageOffer]:
    for rule in _rules(region, on, uow):
        package = Package.of(rule.subject.removeprefix(PREFIX), uow.rulebook.at(rule.region, on))
        yield PackageOffer(package=package, rule=rule)


def _rules(region: str | None, on: date, uow: UnitOfWork) -> Iterable[Rule]:
    """The rules in force that describe packages: of a place, or of every area that has one of its own."""
    if region is not None:
        return uow.rulebook.at(region, on).under(PREFIX)
    areas = {(rule.subject, rule.region) for rule in uow.rulebook if rule.subject.startswith(PREFIX)}
    found = (uow.rulebook.find(subject, area, on) for subject, area in sorted(areas))
    return [rule for rule, (_, area) in zip(found, sorted(areas), strict=True) if rule and rule.region == area]


def _one(offers: Iterable[PackageOffer], code: str) -> PackageOffer:
    found = [offer for offer in offers if offer.package.code == code]
    if not found:
        raise PackageNotFound(f"No package {code} is offered here. Look at /v1/packages for those that are.")
    if len(found) > 1:
        raise RegionNeeded("Several places offer a package of this code. Add the code of the place as `region`.")
    return found[0]


def _steps(item: Entry, rules: RulesInForce) -> Iterator[Step]:
    for step in item.entries("steps"):
        yield Step(
            code=step.text("code"),
            wording=Wording.of(step),
            roles=step.texts("roles"),
            operation=step.text("operation"),
            decides=step.has("decides") and step.flag("decides"),
            limit=_limit(rules.rule(step.text("limit_rule"))) if step.has("limit_rule") else None,
        )


def _limit(rule: Rule) -> Limit:
    number = Entry({"value": rule.value}, rule.reference).whole("value")
    return Limit(value=number, unit=rule.unit, source=rule.source)
