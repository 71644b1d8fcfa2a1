"""Use cases of survey rounds: opened with everybody listed, assigned, counted, closed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.assessment import Instruments
from app.domain.organisation import require_owner
from app.domain.shared.region import contains
from app.domain.survey import (
    Coverage,
    Design,
    Difference,
    Population,
    Progress,
    RoundStage,
    SurveyRound,
    SurveyStage,
    instrument_of,
    summed,
)
from app.services.ports.survey import SurveyCount
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.report import AreaNotYours, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a round is asked to be."""

    region_code: str
    population: Population
    opens_on: date
    closes_on: date
    instrument: str | None = None
    """None where it is the one that the rules of the place name."""


@dataclass(frozen=True, slots=True)
class RoundView(View[SurveyRound]):
    """A round with how far it is."""

    counts: tuple[SurveyCount, ...] = ()
    no_longer_listed: int = 0

    @property
    def by_stage(self) -> Counter[SurveyStage]:
        """How many people stand where."""
        found: Counter[SurveyStage] = Counter()
        for count in self.counts:
            found[count.stage] += count.people
        return found

    @property
    def by_difference(self) -> Counter[Difference]:
        """How many people differ how from the round before."""
        found: Counter[Difference] = Counter()
        for count in self.counts:
            if count.difference is not None:
                found[count.difference] += count.people
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """That an organisation surveys so many people."""

    round_id: UUID
    owner_id: UUID
    assigned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageReport:
    """How far the survey reached in an area."""

    period: Period
    region: str | None
    """None for all of the caller's areas."""
    populations: tuple[Coverage, ...]


async def open_survey_round(opening: Opening, *, instruments: Instruments, uow: UnitOfWork) -> RoundView:
    """Begin a round and list everybody of its population who lives in the area today.

    Raises:
        RegionNotFound, InstrumentNotFound: there is no such place or no such instrument.
        NotYourFunction, RoundDatesImpossible, RoundUnderWay: see the domain.
    """
    async with uow:
        region, first = uow.regions.by_code(opening.region_code).path, max(opening.opens_on, uow.today)
        code = opening.instrument or instrument_of(uow.rulebook.at(region, first))
        instrument = instruments.in_use(code, on=first)
        previous = await uow.survey_rounds.latest_of(region, opening.population)
        opened = SurveyRound.open(
            Design(
                region=region,
                population=opening.population,
                opens_on=opening.opens_on,
                closes_on=opening.closes_on,
                instrument=instrument.code,
                instrument_version=instrument.version,
            ),
            round_id=uow.new_id(),
            previous_id=previous.id if previous else None,
            by=uow.actor,
            on=uow.today,
        )
        uow.survey_rounds.add(opened)
        listed = await uow.survey_rounds.enlist(opened, on=uow.today)
        uow.record(opened.opened(listed=listed), about=opened)
        return await _shown(opened, uow=uow)


async def list_survey_rounds(
    *, stages: tuple[RoundStage, ...], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[SurveyRound]:
    """The rounds of the caller's areas."""
    async with uow:
        found = await uow.survey_rounds.page(stages, whose=uow.actor, after=after, limit=limit + 1)
        return await uow.commit(slice_of(found, limit=limit))


async def get_survey_round(round_id: UUID, *, uow: UnitOfWork) -> RoundView:
    """A round, how far it is, and what is otherwise than in the round before."""
    async with uow:
        return await _shown(await uow.survey_rounds.get(round_id), uow=uow)


async def assign_survey(round_id: UUID, *, region_code: str | None, owner_id: UUID, uow: UnitOfWork) -> Assignment:
    """Let an association or a federation survey whoever in an area was not surveyed yet.

    Raises:
        RegionNotFound: there is no such place.
        AreaNotYours: the place is not one of the round.
        OwnerNotSuitable: the organisation does not serve it.
        RoundNotRunning: the round was closed.
    """
    async with uow:
        found = await uow.survey_rounds.get(round_id)
        area = uow.regions.by_code(region_code).path if region_code else found.region
        if not contains(found.region, area):
            raise AreaNotYours("The place does not belong to the round. Choose one that does.")
        owner = (await uow.organisations.get_many({owner_id})).get(owner_id)
        require_owner(owner, region=area)
        count = await uow.survey_rounds.assign(found, area=area, owner_id=owner_id)
        uow.record(found.assigned(owner_id, count=count, by=uow.actor, on=uow.today), about=found)
        return await uow.commit(Assignment(round_id=round_id, owner_id=owner_id, assigned=count))


async def close_survey_round(round_id: UUID, *, version: int, uow: UnitOfWork) -> RoundView:
    """End a round; nothing more is recorded in it."""
    async with uow:
        found = await uow.survey_rounds.get(round_id, version=version)
        closed, event = found.close(by=uow.actor, on=uow.today)
        saved = await uow.survey_rounds.save(closed)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def list_survey_progress(round_id: UUID, *, after: UUID | None, limit: int, uow: UnitOfWork) -> Slice[Progress]:
    """How far a round is by who answers for its people; those for whom nobody does come first."""
    async with uow:
        of = await uow.survey_rounds.get(round_id)
        counts = await uow.survey_entries.progress(of, on=uow.today, after=after, limit=limit + 1)
        return await uow.commit(slice_of(list(summed(counts)), limit=limit))


async def report_survey_coverage(period: Period, *, region_code: str | None, uow: UnitOfWork) -> CoverageReport:
    """How far the rounds that began in a period have reached, for holders and for the uncertified apart.

    Raises:
        RegionNotFound: there is no such place.
        AreaNotYours: it lies outside of the caller's areas.
    """
    async with uow:
        area = uow.regions.by_code(region_code).path if region_code else None
        if area is not None and not any(contains(own, area) for own in uow.actor.areas):
            raise AreaNotYours("Ask for a place in your own area.")
        areas = (area,) if area is not None else tuple(uow.actor.areas)
        found = await uow.survey_rounds.coverage(areas, first=period.first, last=period.last, on=uow.today)
        return await uow.commit(CoverageReport(period=period, region=area, populations=tuple(found)))


async def _shown(survey_round: SurveyRound, *, uow: UnitOfWork) -> RoundView:
    counts = await uow.survey_rounds.counts(survey_round)
    gone = await uow.survey_rounds.no_longer_listed(survey_round)
    actions = survey_round.allowed_actions(uow.actor, on=uow.today)
    return await uow.commit(RoundView(survey_round, actions, tuple(counts), gone))
