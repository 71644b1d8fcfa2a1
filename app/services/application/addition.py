"""Use case: asking for one thing more in an application that is open, in one transaction like the submission itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from app.domain.application import (
    NO_NAME,
    Addition,
    Application,
    CaseKind,
    Package,
    PlatformName,
    SecondPartyNeed,
    asked,
    case_of,
    with_item,
)
from app.domain.person import Person
from app.domain.shared.access import Role
from app.domain.shared.voice import Voice
from app.services.application.acknowledgement import acknowledge
from app.services.application.offered import package_of
from app.services.application.opening import open_cases
from app.services.evidence import need_also, needs_of
from app.services.instant import granted_at_once, with_granted
from app.services.ports.application import Form
from app.services.ports.work import UnitOfWork
from app.services.read_models import View
from app.services.responsibility import owners_of
from app.services.second_party import ask_for_words, person_with_household, words_needed
from app.services.word import word_given


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRequest:
    """One thing more, with the answers that only it needs."""

    item: str
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    platform: PlatformName = NO_NAME
    withheld_evidence: tuple[str, ...] = ()
    said_by: Voice | None = None


async def add_item(application_id: UUID, request: ItemRequest, *, version: int, uow: UnitOfWork) -> View[Application]:
    """Ask for one thing more: the case begins as at submission, and the others go on as they do.

    Raises:
        IllegalTransition, ItemNotInPackage, ItemAlreadyThere, DependencyNotThere, AnswersNotRight: see the domain.
        NotThePerson, NotYourFunction, WordMissing: the caller brings nobody's word.
        OpenApplicationExists: the same is asked for elsewhere.
    """
    async with uow:
        application = await uow.applications.get(application_id, version=version)
        word = await word_given(application.person_id, region=application.region, said_by=request.said_by, uow=uow)
        package, form = package_of(application, uow=uow), await uow.applications.form(application_id)
        person, household = await person_with_household(application.person_id, uow=uow)
        words = _words(request, person, package=package, form=form, household=household, uow=uow)
        addition = await _addition(request, application, package=package, form=form, needs_word=bool(words), uow=uow)
        calendar = uow.calendar(application.region)
        grown, event = with_item(application, addition, package=package, by=uow.actor, word=word, calendar=calendar)
        kept = _with_answers(form, asked(package.form, addition.answers), uow=uow)
        case = case_of(grown, addition, package=package)
        needs = await needs_of(grown, request.item, package=package, answers=kept.answers, uow=uow)
        at_once = await granted_at_once(
            (case,),
            grown,
            package=package,
            withheld=(*request.withheld_evidence, *needs.refused),
            is_known=True,
            uow=uow,
        )
        await uow.step_back()
        progressed, told = with_granted(grown, at_once)
        saved = await uow.applications.save(progressed)
        for fact in (event, *told):
            uow.record(fact, about=saved)
        uow.applications.add_item(saved, saved.item(request.item), kept)
        acknowledge(saved, at=uow.now, uow=uow)
        await open_cases((case,), saved, at_once=at_once, uow=uow)
        ask_for_words(words, saved, person_name=form.applicant["name"], household=household, uow=uow)
        await need_also(needs, saved, withheld=request.withheld_evidence, uow=uow)
        uow.accessed(saved.person_id, disclosed=("application",))
        return await uow.commit(View(saved, saved.allowed_actions(uow.actor, on=uow.today)))


async def _addition(
    request: ItemRequest, application: Application, *, package: Package, form: Form, needs_word: bool, uow: UnitOfWork
) -> Addition:
    owners = await owners_of(package, application.region, uow=uow)
    return Addition(
        item=request.item,
        case_id=uow.new_id(),
        owners=owners,
        platform=request.platform,
        answers=request.answers,
        said_before=form.answers,
        hidden=form.hidden_from(uow.actor),
        held=await _held(package, application, uow=uow),
        at=uow.now,
        on=uow.today,
        needs_word=needs_word,
    )


def _words(
    request: ItemRequest,
    person: Person,
    *,
    package: Package,
    form: Form,
    household: tuple[UUID, ...],
    uow: UnitOfWork,
) -> tuple[SecondPartyNeed, ...]:
    """Whose second word the item needs; one that the package does not have is refused a moment later."""
    if request.item not in {item.code for item in package.items}:
        return ()
    answers = {**form.answers, **request.answers}
    return words_needed(package.chosen([request.item]), answers, person, household=household, uow=uow)


async def _held(package: Package, application: Application, *, uow: UnitOfWork) -> frozenset[str]:
    """The items of the package whose result the person has, as the registers show."""
    held = await uow.facts.of(application.person_id, on=uow.today)
    certificates = {item.code for item in package.items if item.case_kind is CaseKind.CERTIFICATE}
    return held.receiving | (certificates if held.certificate is not None else frozenset())


def _with_answers(form: Form, answers: Mapping[str, Any], *, uow: UnitOfWork) -> Form:
    """What was handed in, with what is answered now; a portal is not told later what it was not the one to send."""
    fresh = {code: answer for code, answer in answers.items() if code not in form.answers}
    elsewhere = () if uow.actor.has(Role.PORTAL) else tuple(fresh)
    return replace(form, answers={**form.answers, **fresh}, said_elsewhere=(*form.said_elsewhere, *elsewhere))
