"""Use cases of the lists of projects: who fits, who is enrolled, who is let in by an exception, and who leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from uuid import UUID

from app.domain.entitlement import Explanation, entitlements, explain
from app.domain.project import (
    Account,
    Asked,
    Beneficiary,
    BeneficiaryStage,
    Ending,
    Fit,
    Overlap,
    Project,
    Received,
    Spending,
    fit,
    overlaps,
)
from app.domain.shared.events import Event
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.wording import Wording
from app.services.facts import known
from app.services.need_names import need_names
from app.services.ports.facts import HeldFacts
from app.services.ports.work import UnitOfWork
from app.services.project import names_in
from app.services.read_models import Slice, View, slice_of

SHOWN = ("beneficiary",)
LOOKED_AT = ("beneficiary", "benefits_received", "entitlement")
ON_LIST = (BeneficiaryStage.PROPOSED, BeneficiaryStage.ENROLLED)
_entitlements = lru_cache(maxsize=256)(entitlements)
"""Read once for a revision of the rules, a place and a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What is asked for somebody."""

    person_id: UUID
    valid_from: date | None = None
    """Today where no day is named."""
    valid_to: date | None = None
    amount_fen: int | None = None
    """The most that the project gives where no amount is named."""
    exception: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficiaryView(View[Beneficiary]):
    """Somebody's place in a project as one caller sees it."""

    project: Project
    names: Mapping[str, Wording] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FitView:
    """Whether somebody fits a project, with what is left of it and the names of whatever it speaks of."""

    person_id: UUID
    project: Project
    account: Account
    fit: Fit
    target: Explanation | None
    names: Mapping[str, Wording]


async def explain_project_fit(project_id: UUID, person_id: UUID, *, on: date | None, uow: UnitOfWork) -> FitView:
    """Say all that stands against putting somebody on the list of a project, and what would change it."""
    async with uow:
        held = await uow.facts.of(person_id, on=uow.today)
        project = await uow.projects.get(project_id)
        first = on or max(uow.today, project.terms.runs_from)
        target = _target(project, held, uow)
        found = _found(project, await uow.beneficiaries.received(person_id), on=first, uow=uow)
        listed = await uow.beneficiaries.page(
            ON_LIST, project_id=project_id, person_id=person_id, whose=uow.actor, after=None, limit=10
        )
        account = (await uow.projects.accounts([project_id]))[project_id]
        view = FitView(
            person_id=person_id,
            project=project,
            account=account,
            fit=fit(
                project,
                account,
                region=held.person.region,
                on=first,
                found=found,
                target=target.finding if target else None,
                is_listed=any(one.valid_to is None or first <= one.valid_to for one in listed),
            ),
            target=target,
            names=_names(project, found, uow),
        )
        uow.accessed(person_id, disclosed=LOOKED_AT)
        return await uow.commit(view)


async def enrol_beneficiary(project_id: UUID, asked: Enrolment, *, uow: UnitOfWork) -> BeneficiaryView:
    """Put somebody on the list of a project, or ask another officer for an exception.

    Raises:
        BeneficiaryAlready: the person is on it in these days.
    """
    async with uow:
        held = await uow.facts.of(asked.person_id, on=uow.today)
        project = await uow.projects.get(project_id)
        first = asked.valid_from or max(uow.today, project.terms.runs_from)
        received = await uow.beneficiaries.received_alone(asked.person_id)
        target = _target(project, held, uow)
        beneficiary, event = Beneficiary.enrol(
            Asked(
                person_id=asked.person_id,
                region=held.person.region,
                valid_from=first,
                valid_to=asked.valid_to,
                amount_fen=project.terms.amount_fen if asked.amount_fen is None else asked.amount_fen,
                exception=asked.exception,
            ),
            project,
            account=(await uow.projects.accounts([project_id]))[project_id],
            found=_found(project, received, on=first, uow=uow),
            target=target.finding if target else None,
            known=await uow.beneficiaries.relations(asked.person_id),
            beneficiary_id=uow.new_id(),
            by=uow.actor,
            on=uow.today,
        )
        uow.beneficiaries.add(beneficiary)
        uow.record(event, about=beneficiary)
        return await _shown(beneficiary, project, uow=uow)


async def list_beneficiaries(
    stages: tuple[BeneficiaryStage, ...],
    *,
    project_id: UUID | None,
    person_id: UUID | None,
    after: UUID | None,
    limit: int,
    uow: UnitOfWork,
) -> Slice[BeneficiaryView]:
    """Who of the caller's areas is on the lists of projects, or in which projects the caller is."""
    async with uow:
        found = await uow.beneficiaries.page(
            stages, project_id=project_id, person_id=person_id, whose=uow.actor, after=after, limit=limit + 1
        )
        page = slice_of(found, limit=limit)
        projects = await uow.projects.get_many({one.project_id for one in page.items})
        uow.accessed(*(one.person_id for one in page.items), disclosed=SHOWN)
        shown = tuple(_view(one, projects[one.project_id], uow) for one in page.items)
        return await uow.commit(Slice(shown, page.after))


async def get_beneficiary(beneficiary_id: UUID, *, uow: UnitOfWork) -> BeneficiaryView:
    """Somebody's place in a project, for officers of the place and for the person."""
    async with uow:
        beneficiary = await uow.beneficiaries.get(beneficiary_id)
        return await _shown(beneficiary, await uow.projects.get(beneficiary.project_id), uow=uow)


async def allow_exception(beneficiary_id: UUID, words: str, *, version: int, uow: UnitOfWork) -> BeneficiaryView:
    """Let somebody in although another benefit stands against it, as another officer than the one who proposed it."""
    async with uow:
        beneficiary = await uow.beneficiaries.get(beneficiary_id, version=version)
        project = await uow.projects.get(beneficiary.project_id)
        received = await uow.beneficiaries.received_alone(beneficiary.person_id)
        allowed, event = beneficiary.allow_exception(
            words,
            project,
            account=(await uow.projects.accounts([project.id]))[project.id],
            found=_found(project, received, on=beneficiary.valid_from, uow=uow),
            by=uow.actor,
            on=uow.today,
        )
        return await _done(allowed, event, project, uow=uow)


async def end_beneficiary(beneficiary_id: UUID, ending: Ending, *, version: int, uow: UnitOfWork) -> BeneficiaryView:
    """Let somebody leave a project; the place is free, and what was not spent once another officer confirms it."""
    async with uow:
        beneficiary = await uow.beneficiaries.get(beneficiary_id, version=version)
        project = await uow.projects.get(beneficiary.project_id)
        return await _done(*beneficiary.end(ending, by=uow.actor, on=uow.today), project, uow=uow)


async def restate_spending(
    beneficiary_id: UUID, spending: Spending, *, version: int, uow: UnitOfWork
) -> BeneficiaryView:
    """Say otherwise what was spent on somebody who has left; yet another officer confirms it."""
    async with uow:
        beneficiary = await uow.beneficiaries.get(beneficiary_id, version=version)
        project = await uow.projects.get(beneficiary.project_id)
        return await _done(*beneficiary.restate_spending(spending, by=uow.actor, on=uow.today), project, uow=uow)


async def confirm_spending(beneficiary_id: UUID, *, version: int, uow: UnitOfWork) -> BeneficiaryView:
    """Confirm what was spent, as another officer than the one who said it last; the rest of the money is free."""
    async with uow:
        beneficiary = await uow.beneficiaries.get(beneficiary_id, version=version)
        project = await uow.projects.get(beneficiary.project_id)
        return await _done(*beneficiary.confirm_spending(by=uow.actor, on=uow.today), project, uow=uow)


async def _done(beneficiary: Beneficiary, event: Event, project: Project, *, uow: UnitOfWork) -> BeneficiaryView:
    saved = await uow.beneficiaries.save(beneficiary)
    uow.record(event, about=saved)
    return await _shown(saved, project, uow=uow)


async def _shown(beneficiary: Beneficiary, project: Project, *, uow: UnitOfWork) -> BeneficiaryView:
    uow.accessed(beneficiary.person_id, disclosed=SHOWN)
    return await uow.commit(_view(beneficiary, project, uow))


def _view(beneficiary: Beneficiary, project: Project, uow: UnitOfWork) -> BeneficiaryView:
    actions = beneficiary.allowed_actions(uow.actor, on=uow.today)
    return BeneficiaryView(beneficiary, actions, project=project, names=_names(project, beneficiary.overlaps, uow))


def _target(project: Project, held: HeldFacts, uow: UnitOfWork) -> Explanation | None:
    """What the rule says that the project is for, by the place whose rules count; None where it names none."""
    code, person = project.terms.target, held.person
    if code is None:
        return None
    here, registered = (uow.rulebook.at(place, held.on) for place in (person.region, person.registration_region))
    entitled = _entitlements(here).get(code)
    if entitled is not None and entitled.is_due_where_registered:
        entitled = _entitlements(registered).get(code)
    return explain(entitled.criteria, known(held, rules=here)) if entitled else None


def _found(project: Project, received: Sequence[Received], *, on: date, uow: UnitOfWork) -> tuple[Overlap, ...]:
    alike = _alike(uow.rulebook.at(project.region, uow.today))
    codes = (tuple(chain.from_iterable(alike.get(code, (code,)) for code in one.codes)) for one in received)
    named = (replace(one, codes=known_as) for one, known_as in zip(received, codes, strict=True))
    own = chain.from_iterable(alike.get(code, (code,)) for code in project.terms.services)
    return overlaps(project.terms.exclusions, named, on=on, known_as=(str(project.id), *own))


@lru_cache(maxsize=256)
def _alike(rules: RulesInForce) -> Mapping[str, tuple[str, ...]]:
    """Under which codes the registers keep the same benefit, the one that is asked for first."""
    return {
        code: (code, *(other for other in one.received_as if other != code))
        for one in _entitlements(rules).values()
        for code in one.received_as
    }


def _names(project: Project, found: Sequence[Overlap], uow: UnitOfWork) -> Mapping[str, Wording]:
    rules = uow.rulebook.at(project.region, uow.today)
    others = {one.received.called: one.received.name for one in found if one.received.name}
    called = {key: Wording(zh=name, en=name) for key, name in others.items()}
    return {**need_names(rules), **names_in({project.id: project}, rules), **called}
