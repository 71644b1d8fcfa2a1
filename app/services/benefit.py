"""Use cases of benefits: the township's check, the notice, the federation's check, the decision with its reasons."""

from dataclasses import dataclass, replace
from uuid import UUID

from app.domain.application import declared_by
from app.domain.benefit import (
    BenefitCase,
    BenefitRules,
    Opinion,
    Proposal,
    RefusalReason,
    Stage,
)
from app.domain.entitlement import Facts
from app.domain.shared.access import Role
from app.domain.shared.events import Event
from app.domain.shared.refusal import Refusal
from app.services.application import follow_benefit_case
from app.services.benefit_rules import offer_of, rules_of
from app.services.deciding import decide_on_benefit
from app.services.duplicate import require_no_twin, with_warning
from app.services.facts import benefit_facts
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of


@dataclass(frozen=True, slots=True)
class BenefitView(View[BenefitCase]):
    """A case with what the rules propose to whoever decides; they decide nothing."""

    proposal: Proposal | None = None


async def get_benefit_case(case_id: UUID, *, uow: UnitOfWork) -> BenefitView:
    """A case, what the caller may do to it, and what the rules say to the facts so far.

    A portal is not told the latter, before the decision or after: it follows its application, and is told what was
    decided and why, and not what the registers hold of the person.
    """
    async with uow:
        case = await uow.benefit_cases.get(case_id)
        proposal = None if uow.actor.roles <= {Role.PORTAL} else await _weighed(case, uow=uow)
        uow.accessed(case.person_id, disclosed=("benefit_case",))
        view = _view(case, uow, proposal)
        return await uow.commit(replace(view, actions=await with_warning(view.actions, about=case, uow=uow)))


async def _weighed(case: BenefitCase, *, uow: UnitOfWork) -> Proposal | None:
    """What the rules say today, or what they said when it was decided."""
    return case.proposal if case.is_finished else _rules(case, uow).proposal(await _facts(case, uow=uow))


async def list_benefit_cases(
    *, stages: tuple[Stage, ...], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[BenefitCase]:
    """The caller's queue."""
    async with uow:
        page = slice_of(
            await uow.benefit_cases.page(stages, whose=uow.actor, after=after, limit=limit + 1), limit=limit
        )
        uow.accessed(*(case.person_id for case in page.items), disclosed=("benefit_case",))
        return await uow.commit(page)


async def accept_benefit_case(case_id: UUID, *, version: int, uow: UnitOfWork) -> BenefitView:
    """Take the case on.

    Raises:
        MayBeRegisteredAlready: the person is very likely on record already, and nobody has looked.
    """
    async with uow:
        case = await uow.benefit_cases.get(case_id, version=version)
        accepted, event = case.accept(by=uow.actor, on=uow.today)
        await require_no_twin(case.person_id, uow=uow)
        return await _done(accepted, event, uow=uow)


async def check_benefit_case(case_id: UUID, *, version: int, opinion: Opinion, uow: UnitOfWork) -> BenefitView:
    """Look at it first, in the township."""
    async with uow:
        case = await uow.benefit_cases.get(case_id, version=version)
        return await _done(*case.check(by=uow.actor, on=uow.today, opinion=opinion), uow=uow)


async def post_benefit_notice(case_id: UUID, *, version: int, uow: UnitOfWork) -> BenefitView:
    """Put it up for the public to object."""
    async with uow:
        case = await uow.benefit_cases.get(case_id, version=version)
        return await _done(*case.post_notice(by=uow.actor, on=uow.today, calendar=uow.calendar(case.region)), uow=uow)


async def verify_benefit_case(case_id: UUID, *, version: int, opinion: Opinion, uow: UnitOfWork) -> BenefitView:
    """Look at certificate and grade, in the county federation."""
    async with uow:
        case = await uow.benefit_cases.get(case_id, version=version)
        return await _done(*case.verify(by=uow.actor, on=uow.today, opinion=opinion), uow=uow)


async def grant_benefit_case(case_id: UUID, *, version: int, deviation: str, uow: UnitOfWork) -> BenefitView:
    """Decide in favour of the person."""
    async with uow:
        case = await uow.benefit_cases.get(case_id, version=version)
        rules = _rules(case, uow)
        facts = await _facts(case, uow=uow)
        granted, event = case.grant(
            by=uow.actor,
            on=uow.today,
            proposal=rules.proposal(facts),
            rules=rules,
            deviation=deviation,
            others=await uow.grants.others(case.person_id, case.item, than=case.id) if rules.amount else (),
        )
        await decide_on_benefit(granted, facts=facts.stated, rules=rules, uow=uow)
        return await _done(granted, event, uow=uow)


async def deem_benefit_granted(case: BenefitCase, *, rule_versions: tuple[str, ...], uow: UnitOfWork) -> None:
    """Let a case count as granted because a day has passed in vain and a rule says that this follows."""
    rules, facts = _rules(case, uow), await _facts(case, uow=uow)
    granted, event = case.deem_granted(
        on=uow.today, proposal=rules.proposal(facts), rules=rules, rule_versions=rule_versions
    )
    await decide_on_benefit(granted, facts=facts.stated, rules=rules, uow=uow)
    saved = await uow.benefit_cases.save(granted)
    uow.record(event, about=saved)
    await follow_benefit_case(saved, uow=uow)


async def refuse_benefit_case(
    case_id: UUID, *, version: int, reason: RefusalReason, text: str, uow: UnitOfWork
) -> BenefitView:
    """Decide against the person, in writing and with the way to appeal."""
    async with uow:
        case = await uow.benefit_cases.get(case_id, version=version)
        rules = _rules(case, uow)
        facts = await _facts(case, uow=uow)
        refusal = Refusal(reason=reason, text=text, appeal=rules.appeal.value)
        refused, event = case.refuse(
            by=uow.actor, on=uow.today, proposal=rules.proposal(facts), refusal=refusal, rules=rules
        )
        await decide_on_benefit(refused, facts=facts.stated, rules=rules, uow=uow)
        return await _done(refused, event, uow=uow)


async def _done(case: BenefitCase, event: Event, *, uow: UnitOfWork) -> BenefitView:
    saved = await uow.benefit_cases.save(case)
    uow.record(event, about=saved)
    await follow_benefit_case(saved, uow=uow)
    uow.accessed(saved.person_id, disclosed=("benefit_case",))
    return await uow.commit(_view(saved, uow, saved.proposal))


def _view(case: BenefitCase, uow: UnitOfWork, proposal: Proposal | None) -> BenefitView:
    return BenefitView(case, case.allowed_actions(uow.actor, on=uow.today), proposal)


def _rules(case: BenefitCase, uow: UnitOfWork) -> BenefitRules:
    return rules_of(case.item, uow.rulebook.at(case.region, uow.today))


async def _facts(case: BenefitCase, *, uow: UnitOfWork) -> Facts:
    """What is known of the person today, as far as a benefit asks for it."""
    person = await uow.persons.get(case.person_id)
    certificate = await uow.certificates.of_person(case.person_id)
    form = await uow.applications.form(case.application_id)
    on = uow.today
    package, item = offer_of(case.item, uow.rulebook.at(case.region, on))
    corrected = await uow.corrections.answers_of(case.application_id)
    declared = declared_by(package.form, {**form.answers, **corrected})
    asking = replace(declared, needs={**declared.needs, **dict.fromkeys(item.declares, True)})
    return benefit_facts(person, certificate, declared=asking, on=on)
