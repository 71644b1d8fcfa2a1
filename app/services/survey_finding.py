"""Use cases of findings about the data of surveys: put down when answers come in, settled by a named human."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.assessment import Assessment
from app.domain.organisation import require_owner
from app.domain.person import EconomicFact, Person
from app.domain.survey import SurveyEntry
from app.domain.survey_finding import AssigneeNotSuitable, Found, Looked, QualityRules, SurveyFinding
from app.services.ports.survey_finding import WantedFindings
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of

SHOWN = ("survey_finding",)


class FindingSettlement(StrEnum):
    """What a human has found."""

    MENDED = "mended"
    """Answers or register were put right; the check finds it no more."""
    CONFIRMED = "confirmed"
    """It is right as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLooker:
    """Who is to look from now on, and why."""

    owner_id: UUID
    assignee_id: UUID | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SurveyFindingView(View[SurveyFinding]):
    """A finding as one caller sees it."""

    on: date = date.min


async def put_down_findings(entry: SurveyEntry, answered: Assessment, *, uow: UnitOfWork) -> None:
    """Put down what the rules of the place find in the answers of somebody who was surveyed; nothing else changes."""
    rules = QualityRules.of(uow.rulebook.at(entry.region, uow.today))
    put_down_beside(await uow.persons.get(entry.person_id), entry, answered, rules=rules, uow=uow)


def put_down_beside(
    person: Person, entry: SurveyEntry, answered: Assessment, *, rules: QualityRules, uow: UnitOfWork
) -> None:
    """The same, of a person and by rules that were read."""
    found = Found(
        person_id=entry.person_id,
        region=entry.region,
        round_id=entry.round_id,
        entry_id=entry.id,
        assessment_id=answered.id,
        owner_id=entry.owner_id,
        on=uow.today,
    )
    for check in rules.found(_looked(person, answered, recorded_on=uow.today, on=uow.today)):
        finding, event = SurveyFinding.open(
            check, found, finding_id=uow.new_id(), rules=rules, calendar=uow.calendar(entry.region)
        )
        uow.survey_findings.add(finding)
        uow.record(event, about=finding)


async def list_survey_findings(
    wanted: WantedFindings, *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[SurveyFindingView]:
    """What is to be looked at in the caller's areas."""
    async with uow:
        found = await uow.survey_findings.page(wanted, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(finding.person_id for finding in page.items), disclosed=SHOWN)
        return await uow.commit(Slice(tuple(_view(finding, uow=uow) for finding in page.items), page.after))


async def get_survey_finding(finding_id: UUID, *, uow: UnitOfWork) -> SurveyFindingView:
    """One of them, with what may be done."""
    async with uow:
        return await _shown(await uow.survey_findings.get(finding_id), uow=uow)


async def settle_survey_finding(
    finding_id: UUID, settlement: FindingSettlement, text: str, *, version: int, uow: UnitOfWork
) -> SurveyFindingView:
    """Say that the data were put right, or that they are right as they stand.

    Raises:
        ReasonMissing: nothing is said of what was found.
        StillSo: it is said that they were put right, and the check finds the same.
    """
    async with uow:
        finding = await uow.survey_findings.get(finding_id, version=version)
        if settlement is FindingSettlement.MENDED:
            still = await _is_still_so(finding, uow=uow)
            settled, event = finding.mend(text, is_still_so=still, by=uow.actor, on=uow.today)
        else:
            settled, event = finding.confirm(text, by=uow.actor, on=uow.today)
        saved = await uow.survey_findings.save(settled)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def reassign_survey_finding(
    finding_id: UUID, to: NewLooker, *, version: int, uow: UnitOfWork
) -> SurveyFindingView:
    """Let another organisation look at it, or somebody there by name; until the same day as before.

    Raises:
        OwnerNotSuitable: there is no such organisation, or none that serves people there.
        AssigneeNotSuitable: nobody of this id serves it for the place and stands apart from the person.
        AlreadyTheirs, ReasonMissing: see the domain.
    """
    async with uow:
        finding = await uow.survey_findings.get(finding_id, version=version)
        passed_on, event = finding.reassign(to.owner_id, to.assignee_id, to.text, by=uow.actor, on=uow.today)
        owner = (await uow.organisations.get_many({to.owner_id})).get(to.owner_id)
        require_owner(owner, region=finding.region)
        asked = to.assignee_id
        if asked is not None and not await uow.survey_findings.may_look(finding, asked=asked, owner_id=to.owner_id):
            raise AssigneeNotSuitable(
                "Name somebody who serves the organisation for this place and is not close to the person.",
                pointer="/assignee_id",
            )
        saved = await uow.survey_findings.save(passed_on)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def _is_still_so(finding: SurveyFinding, *, uow: UnitOfWork) -> bool:
    """Look again: at what the register says today, and at the answers as they were corrected since."""
    checks = {one.code: one for one in QualityRules.of(uow.rulebook.at(finding.region, uow.today)).checks}
    if finding.check not in checks:
        return False
    known = await uow.assessments.of_person(finding.person_id)
    corrected = {one.corrects: one for one in known if one.corrects}
    answered = next(one for one in known if one.id == finding.assessment_id)
    while answered.id in corrected:
        answered = corrected[answered.id]
    person = await uow.persons.get(finding.person_id)
    looked = _looked(person, answered, recorded_on=finding.found_on, on=uow.today)
    return checks[finding.check].finds(looked)


def _looked(person: Person, answered: Assessment, *, recorded_on: date, on: date) -> Looked:
    economic = {f"economic.{fact.status}" for fact in person.economic_statuses if _is_in_force(fact, on)}
    return Looked(
        answers=answered.answers.given,
        assessed_on=answered.assessed_on,
        recorded_on=recorded_on,
        age=person.age_on(answered.assessed_on),
        held=frozenset({*economic, f"format.{person.preferred_format}"}),
    )


def _is_in_force(fact: EconomicFact, on: date) -> bool:
    return fact.valid_from <= on and (fact.valid_to is None or on <= fact.valid_to)


def _view(finding: SurveyFinding, *, uow: UnitOfWork) -> SurveyFindingView:
    return SurveyFindingView(finding, finding.allowed_actions(uow.actor, on=uow.today), uow.today)


async def _shown(finding: SurveyFinding, *, uow: UnitOfWork) -> SurveyFindingView:
    uow.accessed(finding.person_id, disclosed=SHOWN)
    return await uow.commit(_view(finding, uow=uow))
