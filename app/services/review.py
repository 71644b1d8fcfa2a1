"""Use cases of reviews: a decision is put before the body that the law names, which hears it and decides."""

from uuid import UUID

from app.domain.benefit import BenefitCase, Stage
from app.domain.decision import Decision, Matter, Outcome
from app.domain.organisation import OrganisationKind
from app.domain.review import (
    NoAppealOpen,
    NotAcceptedReason,
    Origin,
    Review,
    ReviewAction,
    ReviewRules,
    ReviewStage,
)
from app.domain.shared.events import Event
from app.domain.shared.region import Level, area_at
from app.domain.shared.voice import Voice
from app.services.application import follow_benefit_case, follow_certificate_case
from app.services.certificate.standing import lift_freeze, restore_certificate
from app.services.deciding import decide_on_review
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.word import word_given
from app.services.yielding import yielding

SHOWN = ("review",)


async def file_review(
    decision_id: UUID, *, statement: str, excuse: str, said_by: Voice | None, uow: UnitOfWork
) -> View[Review]:
    """Ask for a decision to be reviewed. One that comes late is taken all the same; a human weighs the excuse.

    Raises:
        NoAppealOpen: no law opens an appeal against it.
        HeardElsewhere: the body that hears it is turned to directly.
        ReviewUnderWay: it was asked for before.
    """
    async with uow:
        decision = await uow.decisions.get(decision_id)
        if decision.remedy is None:
            raise NoAppealOpen("No law opens an appeal against this decision. Ask the office if you have a question.")
        rules = ReviewRules.of(uow.rulebook.at(decision.region, uow.today))
        seat = rules.seat_of(decision.remedy.body)
        place = (OrganisationKind(seat.kind), area_at(decision.region, Level(seat.level)))
        word = await word_given(decision.person_id, region=decision.region, said_by=said_by, uow=uow)
        review, event = Review(
            id=uow.new_id(),
            person_id=decision.person_id,
            region=decision.region,
            application_id=decision.application_id,
            decision_id=decision.id,
            origin=await _origin(decision, uow=uow),
            subject=decision.remedy.subject,
            body=decision.remedy.body,
            body_id=(await uow.organisations.responsible({place}))[place].id,
            filed_on=uow.today,
            filed_at=uow.now,
            last_day=decision.remedy.last_day,
            word=word,
            statement=statement,
            excuse=excuse,
            due_on=uow.today,
        ).filed(by=uow.actor, rules=rules, calendar=uow.calendar(decision.region))
        uow.reviews.add(review)
        uow.record(event, about=review)
        return await uow.commit(_view(review, uow))


async def get_review(review_id: UUID, *, uow: UnitOfWork) -> View[Review]:
    """A review and what the caller may do to it; that it was shown is written down."""
    async with uow:
        return await uow.commit(_view(await uow.reviews.get(review_id), uow))


async def list_reviews(
    *, person_id: UUID | None, stages: tuple[ReviewStage, ...], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[Review]:
    """The caller's queue: the reviews of the own areas, before the own body, or of what the caller is a party to."""
    async with uow:
        found = await uow.reviews.page(
            person_id=person_id, stages=stages, whose=uow.actor, after=after, limit=limit + 1
        )
        page = slice_of(found, limit=limit)
        uow.accessed(*(review.person_id for review in page.items), disclosed=SHOWN)
        return await uow.commit(page)


async def accept_review(review_id: UUID, *, version: int, text: str, uow: UnitOfWork) -> View[Review]:
    """The body hears it; of one that came late it says why."""
    async with uow:
        review = await uow.reviews.get(review_id, version=version)
        accepted = review.accept(
            by=uow.actor, on=uow.today, text=text, rules=_rules(review, uow), calendar=uow.calendar(review.region)
        )
        return await _done(*accepted, uow=uow)


async def not_accept_review(
    review_id: UUID, *, version: int, reason: NotAcceptedReason, text: str, uow: UnitOfWork
) -> View[Review]:
    """The body does not hear it, in writing."""
    async with uow:
        review = await uow.reviews.get(review_id, version=version)
        refused, event = review.not_accept(by=uow.actor, on=uow.today, reason=reason, text=text, result_id=uow.new_id())
        decide_on_review(refused, Outcome.NOT_ACCEPTED, uow=uow)
        return await _done(refused, event, uow=uow)


async def decide_review(
    review_id: UUID, *, version: int, action: ReviewAction, text: str, uow: UnitOfWork
) -> View[Review]:
    """The body upholds the decision, changes it, or sends it back; what was decided is then made anew."""
    async with uow:
        review = await uow.reviews.get(review_id, version=version)
        decided, event = review.decide(action, by=uow.actor, on=uow.today, text=text, result_id=uow.new_id())
        decide_on_review(decided, Outcome(decided.stage.value), uow=uow)
        saved = await uow.reviews.save(decided)
        uow.record(event, about=saved)
        if action is not ReviewAction.UPHOLD:
            await uow.reviews.carry_out(saved.id)
            await _reopen(saved, uow=uow)
        return await uow.commit(_view(saved, uow))


async def withdraw_review(review_id: UUID, *, version: int, said_by: Voice | None, uow: UnitOfWork) -> View[Review]:
    """Take it back on the person's word; the decision stays as it is."""
    async with uow:
        review = await uow.reviews.get(review_id, version=version)
        word = await word_given(review.person_id, region=review.region, said_by=said_by, uow=uow)
        return await _done(*review.withdraw(by=uow.actor, on=uow.today, word=word), uow=uow)


async def _origin(decision: Decision, *, uow: UnitOfWork) -> Origin:
    """What was decided in the first place: of a decision on a review, what that review was about."""
    deciders = frozenset({decision.by.account_id}) if decision.by.account_id else frozenset[UUID]()
    if decision.matter is not Matter.REVIEW:
        return Origin(matter=decision.matter, case_id=decision.case_id, item=decision.item, deciders=deciders)
    earlier = (await uow.reviews.get(decision.case_id)).origin
    return Origin(
        matter=earlier.matter,
        case_id=earlier.case_id,
        item=earlier.item,
        deciders=earlier.deciders | deciders,
        instance=earlier.instance + 1,
    )


async def _decided_first(review: Review, *, uow: UnitOfWork) -> Decision:
    """The decision with which it began, behind however many reviews."""
    decision = await uow.decisions.get(review.decision_id)
    while decision.matter is Matter.REVIEW:
        decision = await uow.decisions.get((await uow.reviews.get(decision.case_id)).decision_id)
    return decision


async def _reopen(review: Review, *, uow: UnitOfWork) -> None:
    """Have the office decide anew what was decided; what was decided against a certificate is lifted at once."""
    assert review.result_id  # a decided review has one
    if review.origin.matter == Matter.BENEFIT:
        await _reopen_benefit(review, uow=uow)
    elif review.origin.matter == Matter.CERTIFICATE_STANDING:
        lifted = await _decided_first(review, uow=uow)
        await lift_freeze(review.case_id, lifted=lifted, review_decision=review.result_id, uow=uow)
    else:
        await _reopen_certificate(review.case_id, review_decision=review.result_id, uow=uow)


async def _reopen_benefit(review: Review, *, uow: UnitOfWork) -> None:
    assert review.result_id  # a decided review has one
    case = await uow.benefit_cases.get(review.case_id)
    bound_by = review.result_id if review.stage is ReviewStage.CHANGED else None
    benefit, reopened = case.reopen(on=uow.today, review_decision=review.result_id, bound_by=bound_by)
    events: list[Event] = [reopened]
    if benefit.stage is Stage.WAITING and await _waits_for_nothing(benefit, uow=uow):
        benefit, released = benefit.release(on=uow.today)
        events.append(released)
    with yielding():
        saved = await uow.benefit_cases.save(benefit)
    for event in events:
        uow.record(event, about=saved)
    await follow_benefit_case(saved, uow=uow)


async def _reopen_certificate(case_id: UUID, *, review_decision: UUID, uow: UnitOfWork) -> None:
    """An issued certificate is changed by business of its own; one that was cancelled stands as before."""
    case = await uow.certificate_cases.get(case_id)
    if case.cancelled_id is not None:
        await restore_certificate(case.cancelled_id, review_decision=review_decision, uow=uow)
    elif case.certificate_id is not None:
        return
    again, fact = case.reopen(on=uow.today, review_decision=review_decision)
    with yielding():
        kept = await uow.certificate_cases.save(again)
    uow.record(fact, about=kept)
    await follow_certificate_case(kept, uow=uow)


async def _waits_for_nothing(case: BenefitCase, *, uow: UnitOfWork) -> bool:
    application = await uow.applications.get(case.application_id)
    return application.waits_for_nothing(application.item_of(case.id))


def _rules(review: Review, uow: UnitOfWork) -> ReviewRules:
    return ReviewRules.of(uow.rulebook.at(review.region, uow.today))


async def _done(review: Review, event: Event, *, uow: UnitOfWork) -> View[Review]:
    saved = await uow.reviews.save(review)
    uow.record(event, about=saved)
    return await uow.commit(_view(saved, uow))


def _view(review: Review, uow: UnitOfWork) -> View[Review]:
    uow.accessed(review.person_id, disclosed=SHOWN)
    return View(review, review.allowed_actions(uow.actor, on=uow.today))
