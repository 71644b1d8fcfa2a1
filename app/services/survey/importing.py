"""Taking a round's results over from a table: each row is recorded as one call would, or has a problem."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

from app.domain.assessment import Answer, Answers, Assessment, Instruments, Method, Occasion, Purpose
from app.domain.assessment.events import AssessmentSigned
from app.domain.job import Job, JobKind
from app.domain.job.reading import Row, RowProblem
from app.domain.shared.errors import DomainError, Unprocessable
from app.domain.shared.identity import CitizenNumber
from app.domain.survey import Answered, Difference, SurveyEntry, SurveyEntryRecorded
from app.services.assessment import propose_beside
from app.services.job.orders import JobView, Order, put_on_record
from app.services.job.table_work import Fields, in_column
from app.services.ports.work import UnitOfWork
from app.services.survey.entries import ACTIONS, DISCLOSED, SurveyOutcome
from app.services.survey.held import HeldEntries, Situation, entries_of, situation_of
from app.services.survey_finding import put_down_beside

ROUND = "round_id"
NOT_IN_ROUND = "not_in_round"
"""The code of a row about somebody who is not in the round, or not on record here."""
_OUTCOMES: Mapping[str, SurveyOutcome] = MappingProxyType(
    {
        **{outcome.value: outcome for outcome in SurveyOutcome},
        "": SurveyOutcome.SURVEYED,
        "已调查": SurveyOutcome.SURVEYED,
        "联系不上": SurveyOutcome.UNREACHABLE,
        "已迁出": SurveyOutcome.MOVED,
        "已死亡": SurveyOutcome.DEAD,
        "拒绝调查": SurveyOutcome.REFUSED,
    }
)


class SurveyRowUnclear(Unprocessable):
    """A row of a survey names an outcome, a day or answers that cannot be read."""

    code = "survey_row_unclear"
    title = "The row cannot be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRow:
    """What a row says of one person."""

    number: CitizenNumber
    outcome: SurveyOutcome
    assessed_on: date | None
    answers: Mapping[str, Answer] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What comes of a row: the entry as it is afterwards and, where the person has answered, the signed answers."""

    entry: SurveyEntry
    event: SurveyEntryRecorded
    signed: tuple[Assessment, AssessmentSigned] | None = None


async def import_survey(round_id: UUID, order: Order, *, uow: UnitOfWork) -> JobView:
    """Order that a table of results be taken over into a round.

    Raises:
        RoundNotRunning: it has not begun, or was closed.
        InputUnreadable, ColumnsMissing: the table is not one that can be read.
    """
    async with uow:
        of = await uow.survey_rounds.get(round_id)
        of.require_running(uow.today)
        job = replace(order, kind=JobKind.SURVEY_IMPORT, parameters={ROUND: str(round_id)})
        return await uow.commit(await put_on_record(job, uow=uow))


class SurveyImportWork:
    """Records what a table says of the people of a round, each row by itself; a dry run looks and writes nothing."""

    fields = ("outcome", "difference", "changed")
    compares_when_dry = True

    def __init__(self, instruments: Instruments) -> None:
        self._instruments = instruments

    def asked(self, row: Row, _job: Job) -> SurveyRow:
        """What a row says.

        Raises:
            InvalidCitizenNumber, SurveyRowUnclear: it cannot be read.
        """
        written = row.values
        with in_column("citizen_number"):
            number = CitizenNumber.parse(written["citizen_number"])
        with in_column("outcome"):
            outcome = _outcome(written.get("outcome", "").strip())
        with in_column("assessed_on"):
            assessed_on = _day(written.get("assessed_on", "").strip())
        with in_column("answers"):
            answers = _answers(written.get("answers", ""))
        return SurveyRow(number=number, outcome=outcome, assessed_on=assessed_on, answers=answers)

    async def answers(self, asked: Sequence[SurveyRow], *, job: Job, uow: UnitOfWork) -> Sequence[Fields | RowProblem]:
        """What comes of each row, in their order; what is held of all is read first, and what changes written last."""
        of = await uow.survey_rounds.get(UUID(str(job.parameters[ROUND])))
        held = await entries_of([row.number for row in asked], of, uow=uow)
        situation = None if job.is_dry_run else await situation_of(_to_be_surveyed(asked, held), uow=uow)
        found = [self._answer(row, held, situation, uow=uow) for row in asked]
        await held.write(uow=uow)
        return found

    def _answer(
        self, row: SurveyRow, held: HeldEntries, situation: Situation | None, *, uow: UnitOfWork
    ) -> Fields | RowProblem:
        entry = held.of_number(row.number)
        if entry is None:
            return RowProblem(NOT_IN_ROUND, "citizen_number")
        try:
            recorded = self._recorded(row, entry, held, uow=uow)
        except DomainError as refusal:
            return RowProblem(refusal.code, "answers" if (refusal.pointer or "").startswith("/answers") else "")
        uow.accessed(entry.person_id, disclosed=DISCLOSED)
        if situation is not None:
            _keep(recorded, held, situation, uow=uow)
        return _fields(recorded.entry)

    def _recorded(self, row: SurveyRow, entry: SurveyEntry, held: HeldEntries, *, uow: UnitOfWork) -> Recorded:
        of = held.of
        if row.outcome in ACTIONS:
            reported, event = entry.report(ACTIONS[row.outcome], of=of, by=uow.actor, on=uow.today)
            return Recorded(entry=reported, event=event)
        instrument = self._instruments.version(of.instrument, of.instrument_version)
        signed, told = Assessment.sign(
            Occasion(
                person_id=entry.person_id,
                region=entry.region,
                assessed_on=row.assessed_on or uow.today,
                method=Method.HOME_VISIT,
                purpose=Purpose.NEEDS,
            ),
            Answers.to(instrument, row.answers),
            assessment_id=uow.new_id(),
            instrument=instrument,
            by=uow.actor,
            at=uow.now,
            on=uow.today,
        )
        answered = Answered(
            assessment_id=signed.id,
            person_id=signed.person_id,
            instrument=signed.instrument,
            instrument_version=signed.instrument_version,
            is_valid=signed.is_valid_on(uow.today),
            given=signed.answers.given,
        )
        before = held.before(entry.person_id)
        surveyed, event = entry.survey(answered, before=before, of=of, by=uow.actor, on=uow.today)
        return Recorded(entry=surveyed, event=event, signed=(signed, told))


def _keep(recorded: Recorded, held: HeldEntries, situation: Situation, *, uow: UnitOfWork) -> None:
    if recorded.signed is not None:
        assessment, told = recorded.signed
        key, region = assessment.person_id, assessment.region
        uow.assessments.add(assessment)
        uow.record(told, about=assessment)
        propose_beside(
            situation.needs.get(key, []), assessment, rules=situation.need_rules_of(region, uow=uow), uow=uow
        )
        rules = situation.quality_rules_of(recorded.entry.region, uow=uow)
        put_down_beside(situation.person(key), recorded.entry, assessment, rules=rules, uow=uow)
    saved = held.keep(recorded.entry)
    uow.record(recorded.event, about=saved)


def _to_be_surveyed(asked: Sequence[SurveyRow], held: HeldEntries) -> set[UUID]:
    answering = (held.of_number(row.number) for row in asked if row.outcome is SurveyOutcome.SURVEYED)
    return {entry.person_id for entry in answering if entry is not None}


def _fields(entry: SurveyEntry) -> Fields:
    difference: Difference | None = entry.difference
    return {
        "outcome": entry.stage.value,
        "difference": difference.value if difference else None,
        "changed": " ".join(entry.changed) or None,
    }


def _outcome(written: str) -> SurveyOutcome:
    if written not in _OUTCOMES:
        raise SurveyRowUnclear(f"The outcome is one of {', '.join(SurveyOutcome)}.")
    return _OUTCOMES[written]


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise SurveyRowUnclear("Write the day as 2026-11-26.") from None


def _answers(written: str) -> Mapping[str, Answer]:
    """Answers as `item=answer; item=answer, answer`."""
    found: dict[str, Answer] = {}
    for pair in filter(None, (part.strip() for part in written.replace("；", ";").split(";"))):
        item, equals, said = pair.partition("=")
        chosen = tuple(answer.strip() for answer in said.replace("，", ",").split(","))
        if not equals or not all(chosen) or item.strip() in found:
            raise SurveyRowUnclear("Write answers as item=answer; item=answer, answer. Each item stands there once.")
        found[item.strip()] = chosen[0] if len(chosen) == 1 else chosen
    return found
