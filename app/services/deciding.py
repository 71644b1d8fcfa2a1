"""What is written down as a decision in the moment in which a case is decided: grounds, facts, post, appeal."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.domain import benefit, certificate
from app.domain.decision import Content, Decider, Decision, Fact, Ground, Matter, Outcome, following, remedy_of
from app.domain.plan import Plan
from app.domain.recheck import Recheck
from app.domain.review import Review
from app.domain.shared.events import Aggregate
from app.domain.shared.finding import Finding
from app.domain.shared.reason import Parameter
from app.domain.shared.stated import Stated
from app.domain.shared.transitions import Done
from app.domain.shared.wording import Wording
from app.services.ports.work import UnitOfWork

HEARD = "残疾预防和残疾人康复条例 art. 21"
"""The person and the family are heard on the plan."""


async def decide_on_benefit(
    case: benefit.BenefitCase,
    *,
    facts: Stated,
    rules: benefit.BenefitRules,
    delegated_by: str | None = None,
    uow: UnitOfWork,
) -> Decision:
    """Write down the grant or the refusal that the case has just come to; of one decided anew, in whose place.

    `delegated_by` is the source by which rules have granted it at once; None where somebody has decided it.
    """
    assert case.proposal  # whoever decides has a proposal before the eyes
    grounds = [_of_proposal(reason, uow=uow) for reason in case.proposal.reasons]
    if case.refusal:
        source = rules.criteria.rule.source
        grounds.insert(0, _ground(case.refusal.reason, source=source, uow=uow))
    if delegated_by:
        grounds.insert(0, _ground("granted_at_once", source=delegated_by, uow=uow))
    return _decide(
        Matter.BENEFIT,
        case,
        step=case.done[-1],
        outcome=_outcome(case),
        content=_content(grounds, facts, text=case.refusal.text if case.refusal else case.deviation),
        rule_versions=case.rule_versions,
        appeal=rules.appeal.rule.subject,
        item=case.item,
        replaces=await _decided_before(case, uow=uow),
        uow=uow,
    )


def _outcome(case: benefit.BenefitCase) -> Outcome:
    if case.done[-1].action is benefit.Action.DEEM_GRANTED:
        return Outcome.DEEMED_GRANTED
    return Outcome.REFUSED if case.refusal else Outcome.GRANTED


async def decide_on_certificate(
    case: certificate.CertificateCase, *, rules: certificate.CertificateRules, uow: UnitOfWork
) -> Decision:
    """Write down that the certificate is to be issued, or is refused. That the card is handed out is no decision."""
    return _decide(
        Matter.CERTIFICATE,
        case,
        step=case.done[-1],
        outcome=Outcome.REFUSED if case.refusal else Outcome.GRANTED,
        content=_content(_of_certificate(case, rules, uow=uow), case.stated, text=_words(case)),
        rule_versions=case.rule_versions,
        appeal=rules.appeal.rule.subject,
        item=_item(case),
        replaces=await _decided_before(case, uow=uow),
        uow=uow,
    )


async def decide_on_cancellation(
    case: certificate.CertificateCase, *, rules: certificate.CertificateRules, text: str, uow: UnitOfWork
) -> Decision:
    """Write down that a certificate is cancelled, with the words for the person and the appeal against it."""
    assert case.ground  # a cancellation has one
    ground = _ground(f"cancelled_{case.ground}", source=rules.cancellation_grounds.rule.source, uow=uow)
    return _decide(
        Matter.CERTIFICATE,
        case,
        step=case.done[-1],
        outcome=Outcome.CANCELLED,
        content=_content([ground], case.stated, text=text),
        rule_versions=(*case.rule_versions, rules.cancellation_grounds.reference),
        appeal=rules.appeal.rule.subject,
        item=_item(case),
        replaces=await _decided_before(case, uow=uow),
        uow=uow,
    )


async def decide_on_standing(
    held: certificate.Certificate, *, reason: certificate.FreezeReason | None, text: str, uow: UnitOfWork
) -> Decision:
    """Write down that a certificate is frozen, or not any more; against a freeze with the appeal that is open."""
    appeal = "certificate.freeze_appeal"
    source = uow.rulebook.at(held.region, uow.today).rule(appeal).source
    code, outcome = (f"frozen_{reason}", Outcome.FROZEN) if reason else ("unfrozen", Outcome.UNFROZEN)
    if overtaken := await uow.decisions.latest_of(held.id):
        uow.receipts.withdraw(overtaken.id, at=uow.real_now)
    return _decide(
        Matter.CERTIFICATE_STANDING,
        replace(held, application_id=None),  # it is decided about the card, not about what it was applied for with
        step=held.done[-1],
        outcome=outcome,
        content=_content([_ground(code, source=source, uow=uow)], {}, text=text),
        rule_versions=(),
        appeal=appeal if reason else None,
        uow=uow,
    )


def _of_certificate(
    case: certificate.CertificateCase, rules: certificate.CertificateRules, *, uow: UnitOfWork
) -> list[Ground]:
    concluded, reviewed = rules.notice_working_days.rule.source, rules.review_working_days.rule.source
    if case.refusal:
        return [_ground(case.refusal.reason, source=concluded, uow=uow)]
    if case.conclusion is None:  # nobody had to evaluate anew
        return [_ground("reviewed_without_evaluation", source=reviewed, uow=uow)]
    return [
        _ground("standard_met", source=concluded, uow=uow),
        _ground("reviewed_after_notice", source=reviewed, uow=uow),
    ]


def _words(case: certificate.CertificateCase) -> str:
    return case.refusal.text if case.refusal else ""


def _item(case: certificate.CertificateCase) -> str | None:
    """The item of the application; none where an office has opened the case."""
    return case.item if case.application_id else None


def decide_on_plan(plan: Plan, *, uow: UnitOfWork) -> Decision:
    """Write down that a plan comes into force. The person has agreed to it, and may ask for another at any time."""
    agreed = {"agreed_on": plan.opinion.on.isoformat(), "agreed_by": plan.opinion.voice} if plan.opinion else {}
    return _decide(
        Matter.PLAN,
        plan,
        step=plan.done[-1],
        outcome=Outcome.GRANTED,
        content=_content([_ground("plan_agreed", source=HEARD, uow=uow)], agreed),
        rule_versions=plan.rule_versions,
        uow=uow,
    )


def decide_on_recheck(
    recheck: Recheck,
    case: benefit.BenefitCase,
    *,
    facts: Stated,
    rules: benefit.BenefitRules,
    text: str,
    uow: UnitOfWork,
) -> Decision:
    """Write down that a running grant ends, or is due for other months, with the appeal against it."""
    assert case.granted  # only a grant is looked at again
    stops = uow.rulebook.at(case.region, uow.today).rule("subsidy.stops_from")
    days = {
        "ceased_on": recheck.ceased_on,
        "first_month": case.granted.first_month,
        "last_month": case.granted.last_month,
    }
    return _decide(
        Matter.BENEFIT,
        case,
        step=recheck.done[-1],
        outcome=Outcome(recheck.stage.value),
        content=_content(
            [_ground(f"recheck_{recheck.trigger}", source=stops.source, uow=uow)],
            {**facts, **{name: day.isoformat() for name, day in days.items() if day}},
            text=text,
        ),
        rule_versions=(*rules.references, stops.reference),
        appeal=rules.appeal.rule.subject,
        item=case.item,
        uow=uow,
    )


def decide_on_review(review: Review, outcome: Outcome, *, uow: UnitOfWork) -> Decision:
    """Write down what the body has decided on a review, with the appeal that follows where the law has one."""
    assert review.answer  # the body has said why
    assert review.result_id  # and the decision has its id
    in_force = uow.rulebook.at(review.region, uow.today)
    source = in_force.rule(review.subject).source
    asked = {"filed_on": review.filed_on.isoformat(), "last_day": review.last_day.isoformat()}
    return _decide(
        Matter.REVIEW,
        review,
        step=review.done[-1],
        outcome=outcome,
        content=_content([_ground(f"review_{outcome}", source=source, uow=uow)], asked, text=review.answer.text),
        rule_versions=review.rule_versions,
        appeal=following(in_force, review.subject),
        item=review.origin.item,
        replaces=review.decision_id if outcome in {Outcome.CHANGED, Outcome.SENT_BACK} else None,
        decision_id=review.result_id,
        uow=uow,
    )


async def _decided_before(case: benefit.BenefitCase | certificate.CertificateCase, *, uow: UnitOfWork) -> UUID | None:
    """The decision in whose place this one stands, where a review has had it made anew."""
    earlier = await uow.decisions.latest_of(case.id) if case.reopened_by else None
    return earlier.id if earlier else None


def _decide(
    matter: Matter,
    about: Aggregate,
    *,
    step: Done[Any, Any],
    outcome: Outcome,
    content: Content,
    rule_versions: tuple[str, ...],
    appeal: str | None = None,
    item: str | None = None,
    replaces: UUID | None = None,
    decision_id: UUID | None = None,
    uow: UnitOfWork,
) -> Decision:
    assert about.person_id is not None  # what is decided here is decided for somebody
    in_force, calendar = uow.rulebook.at(about.region, uow.today), uow.calendar(about.region)
    remedy = remedy_of(in_force, appeal, told_on=step.on, calendar=calendar) if appeal else None
    used = (*rule_versions, remedy.reference) if remedy else rule_versions
    decision = Decision(
        id=decision_id or uow.new_id(),
        person_id=about.person_id,
        region=about.region,
        matter=matter,
        case_id=about.id,
        outcome=outcome,
        decided_on=step.on,
        decided_at=uow.now,
        by=Decider.of(step),
        content=content,
        rule_versions=tuple(dict.fromkeys(used)),
        remedy=remedy.value if remedy else None,
        application_id=about.application_id,
        item=item,
        replaces=replaces,
    )
    uow.decisions.add(decision)
    uow.record(decision.made(), about=decision)
    if replaces:
        uow.receipts.withdraw(replaces, at=uow.real_now)
    return decision


def _content(grounds: Iterable[Ground], facts: Stated, *, text: str = "") -> Content:
    stated = tuple(Fact(code=code, value=value) for code, value in facts.items())
    return Content(grounds=tuple(grounds), facts=stated, text=text)


def _of_proposal(reason: benefit.Reason, *, uow: UnitOfWork) -> Ground:
    said = _said(reason.code, reason.parameters, uow=uow)
    return Ground(code=reason.code, finding=reason.finding, wording=said or _plain(reason), source=reason.source)


def _plain(reason: benefit.Reason) -> Wording:
    """Words that came with the rule; a rule that a place has added may have none in the catalogue."""
    return reason.wording or Wording(zh=reason.code, en=reason.code)


def _ground(code: str, *, source: str, uow: UnitOfWork) -> Ground:
    """What was found, in a sentence that is so; only a condition of the rules may be said not to be met."""
    said = _said(code, {}, uow=uow)
    assert said  # our own codes have their words, which a test holds
    return Ground(code=code, finding=Finding.MET, wording=said, source=source)


def _said(code: str, parameters: Mapping[str, Parameter], *, uow: UnitOfWork) -> Wording | None:
    """The words of the catalogue as they stand today, in both languages."""
    full = f"reason.{code}"
    zh, en = (uow.texts.sentence(full, parameters, language=language) for language in ("zh-CN", "en"))
    return None if full in {zh, en} else Wording(zh=zh, en=en)
