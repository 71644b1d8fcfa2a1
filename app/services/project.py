"""Use cases of projects: announced, opened by a second person, suspended, closed, listed, and counted by area."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from app.domain.catalogue import service_types
from app.domain.entitlement import entitlements
from app.domain.project import (
    ENDING,
    MINIMUM_CELL,
    Account,
    Exclusion,
    Gives,
    Project,
    ProjectStage,
    ProjectTerms,
    Resources,
)
from app.domain.shared.events import Event
from app.domain.shared.reason import Reason
from app.domain.shared.region import contains
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.small_cells import hidden, is_small
from app.domain.shared.wording import Wording
from app.services.ports.project import BeneficiaryCount
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.unserved import ServiceUnknown


class ExcludedBy(StrEnum):
    """What an exclusion names."""

    THIS_PROJECT = "this_project"
    PROJECT = "project"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedExclusion:
    """What is not given beside the project, as it is asked for."""

    by: ExcludedBy
    project_id: UUID | None = None
    code: str | None = None
    within_months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What a project is asked to be."""

    region_code: str
    name: str
    gives: Gives
    amount_fen: int
    budget_fen: int
    quota: int
    runs_from: date
    runs_to: date
    source: str
    services: tuple[str, ...] = ()
    target: str | None = None
    exclusions: tuple[NamedExclusion, ...] = ()
    allows_exceptions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView(View[Project]):
    """A project as one caller sees it, with what is left of it."""

    account: Account
    signals: tuple[Reason, ...] = ()
    """What its office should see to."""
    names: Mapping[str, Wording] | None = None
    """Of services, by their codes in the catalogue, and of other projects that it names, by their ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectReport:
    """Where the people on the list of a project live. It names nobody."""

    project_id: UUID
    minimum_cell: int
    counts: tuple[BeneficiaryCount, ...]
    small: frozenset[str]
    """Areas that are shown without figures: their own are small, or would tell those of another."""


async def announce_project(asked: Announcement, *, uow: UnitOfWork) -> ProjectView:
    """Draw a project up; a second person opens it.

    Raises:
        RegionNotFound, TermsImpossible, ProjectDaysImpossible, NotYourFunction: see the domain.
        ServiceUnknown: the rules of the place know no such service or benefit.
        NotFound: it names another project that the caller does not know of.
    """
    async with uow:
        region = uow.regions.by_code(asked.region_code).path
        key = uow.new_id()
        terms = ProjectTerms(
            region=region,
            name=asked.name,
            gives=asked.gives,
            amount_fen=asked.amount_fen,
            budget_fen=asked.budget_fen,
            quota=asked.quota,
            runs_from=asked.runs_from,
            runs_to=asked.runs_to,
            source=asked.source,
            services=asked.services,
            target=asked.target,
            exclusions=tuple(_exclusion(one, own=key) for one in asked.exclusions),
            allows_exceptions=asked.allows_exceptions,
        )
        project, event = Project.announce(terms, project_id=key, by=uow.actor, at=uow.now, on=uow.today)
        _require_known(terms, uow.rulebook.at(region, uow.today))
        for other in {one.project_id for one in terms.exclusions if one.project_id} - {key}:
            await uow.projects.get(other)
        uow.projects.add(project)
        uow.record(event, about=project)
        return await uow.commit(_shown(project, Account(), uow=uow))


async def list_projects(
    stages: tuple[ProjectStage, ...], *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[ProjectView]:
    """Projects of the caller's areas, and those of larger ones that are for them too; with what is left of each."""
    async with uow:
        found = await uow.projects.page(stages, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        accounts = await uow.projects.accounts([project.id for project in page.items])
        shown = tuple(_shown(project, accounts[project.id], uow=uow) for project in page.items)
        return await uow.commit(Slice(shown, page.after))


async def get_project(project_id: UUID, *, uow: UnitOfWork) -> ProjectView:
    """A project with what is left of it."""
    async with uow:
        return await _looked_at(await uow.projects.get(project_id), uow=uow)


async def open_project(project_id: UUID, *, version: int, uow: UnitOfWork) -> ProjectView:
    """Let it take people in, as somebody else than who has drawn it up."""
    async with uow:
        project = await uow.projects.get(project_id, version=version)
        return await _done(*project.open(by=uow.actor, on=uow.today), uow=uow)


async def suspend_project(project_id: UUID, words: str, *, version: int, uow: UnitOfWork) -> ProjectView:
    """Take nobody in for the time being."""
    async with uow:
        project = await uow.projects.get(project_id, version=version)
        return await _done(*project.suspend(words, by=uow.actor, on=uow.today), uow=uow)


async def resume_project(project_id: UUID, *, version: int, uow: UnitOfWork) -> ProjectView:
    """Take people in again."""
    async with uow:
        project = await uow.projects.get(project_id, version=version)
        return await _done(*project.resume(by=uow.actor, on=uow.today), uow=uow)


async def close_project(project_id: UUID, words: str, *, version: int, uow: UnitOfWork) -> ProjectView:
    """Take nobody in any more."""
    async with uow:
        project = await uow.projects.get(project_id, version=version)
        return await _done(*project.close(words, by=uow.actor, on=uow.today), uow=uow)


async def ask_project_change(
    project_id: UUID, to: Resources, words: str, *, version: int, uow: UnitOfWork
) -> ProjectView:
    """Ask for more or less money or places; another person allows it."""
    async with uow:
        project = await uow.projects.get(project_id, version=version)
        account = (await uow.projects.accounts([project_id]))[project_id]
        return await _done(*project.ask_change(to, words, account=account, by=uow.actor, on=uow.today), uow=uow)


async def allow_project_change(project_id: UUID, *, version: int, uow: UnitOfWork) -> ProjectView:
    """Let the project have what was asked for, as another person than the one who asked."""
    async with uow:
        project = await uow.projects.get(project_id, version=version)
        account = (await uow.projects.accounts([project_id]))[project_id]
        return await _done(*project.allow_change(account=account, by=uow.actor, on=uow.today), uow=uow)


async def decline_project_change(project_id: UUID, words: str, *, version: int, uow: UnitOfWork) -> ProjectView:
    """Leave it as it is: not allowed, or taken back."""
    async with uow:
        project = await uow.projects.get(project_id, version=version)
        return await _done(*project.decline_change(words, by=uow.actor, on=uow.today), uow=uow)


async def report_beneficiaries(project_id: UUID, *, uow: UnitOfWork) -> ProjectReport:
    """Where the people on the list of a project live, in areas one level below the place or the caller's part of it."""
    async with uow:
        project = await uow.projects.get(project_id)
        minimum = uow.rulebook.at(project.region, uow.today).count(MINIMUM_CELL).value
        counts = tuple(await uow.beneficiaries.counts(project.id, depth=_depth(project.region, uow.actor.areas)))
        rows = {count.region: (count.people,) for count in counts}
        too_few = is_small(sum(count.people for count in counts), minimum)
        small = frozenset(rows) if too_few else hidden(rows, minimum=minimum)
        report = ProjectReport(project_id=project.id, minimum_cell=minimum, counts=counts, small=small)
        return await uow.commit(report)


def names_in(projects: Mapping[UUID, Project], rules: RulesInForce) -> Mapping[str, Wording]:
    """What services and projects are called, by their codes and ids; a project has one name in all languages."""
    called = {str(key): Wording(zh=one.terms.name, en=one.terms.name) for key, one in projects.items()}
    return {**_services(rules), **called}


@lru_cache(maxsize=256)
def _services(rules: RulesInForce) -> Mapping[str, Wording]:
    """Read once for a revision of the rules, a place and a day."""
    return {code: kind.wording for code, kind in service_types(rules).items()}


async def _done(project: Project, event: Event, *, uow: UnitOfWork) -> ProjectView:
    saved = await uow.projects.save(project)
    uow.record(event, about=saved)
    return await _looked_at(saved, uow=uow)


async def _looked_at(project: Project, *, uow: UnitOfWork) -> ProjectView:
    account = (await uow.projects.accounts([project.id]))[project.id]
    others = await uow.projects.get_many({one.project_id for one in project.terms.exclusions if one.project_id})
    return await uow.commit(_shown(project, account, others, uow=uow))


def _shown(
    project: Project, account: Account, others: Mapping[UUID, Project] | None = None, *, uow: UnitOfWork
) -> ProjectView:
    rules = uow.rulebook.at(project.region, uow.today)
    days = rules.calendar_days(ENDING).value
    return ProjectView(
        project,
        project.allowed_actions(uow.actor, on=uow.today),
        account=account,
        signals=tuple(project.signals(account, on=uow.today, ending_days=days)),
        names=names_in({**(others or {}), project.id: project}, rules),
    )


def _exclusion(asked: NamedExclusion, *, own: UUID) -> Exclusion:
    project_id = own if asked.by is ExcludedBy.THIS_PROJECT else asked.project_id
    return Exclusion(project_id=project_id, code=asked.code, within_months=asked.within_months)


def _require_known(terms: ProjectTerms, rules: RulesInForce) -> None:
    known = entitlements(rules)
    received = {code for one in known.values() for code in one.received_as}
    for pointer, codes, of_rules in (
        ("/services", terms.services, known.keys()),
        ("/target", (terms.target,) if terms.target else (), known.keys()),
        ("/exclusions", tuple(one.code for one in terms.exclusions if one.code), received),
    ):
        if strange := sorted(set(codes) - of_rules):
            raise ServiceUnknown(
                f"The rules of the place know no {', '.join(strange)}. GET /v1/reports/unserved names the services.",
                pointer=pointer,
            )


def _depth(region: str, areas: tuple[str, ...]) -> int:
    """One level below the project's place or, for whoever sees a part of it alone, below that."""
    if any(contains(area, region) for area in areas):
        return len(region.split("/")) + 1
    parts = (len(area.split("/")) for area in areas if contains(region, area))
    return min(parts, default=len(region.split("/"))) + 1
