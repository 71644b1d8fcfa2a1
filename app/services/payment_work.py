"""The worker's part in payment: drawing a roll up from all grants, and writing an approved one out with names."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.domain.benefit import Finding
from app.domain.entitlement import amount_due
from app.domain.job import CHUNK_ROWS, Job, Progress
from app.domain.payment import NOTHING_HELD as NOTHING
from app.domain.payment import AmountIn, Due, Entitlement, PaymentRoll, RollStage, dues_of
from app.domain.shared.money import yuan_text
from app.domain.shared.region import code_of
from app.domain.shared.rulebook import Rulebook, Ruled
from app.services.benefit_rules import rules_of
from app.services.grant_facts import facts_on, proposal_on, reference_day
from app.services.job.table_work import PROBLEM_CODE, PROBLEM_COLUMN
from app.services.job.work import Chunk
from app.services.payment import IDENTIFIERS, ROLL_ID
from app.services.ports.grant import GrantedCase
from app.services.ports.job import Segment
from app.services.ports.payment import NamedLine, PaymentLine
from app.services.ports.work import UnitOfWork
from app.services.yielding import yielding

PAYMENT_CHANNEL = "payment_channel"
"""The field of the form that says how the person wants to be paid."""
START = "0"
"""Where a job without input begins."""


class PaymentRollWork:
    """Goes through all grants of a benefit in a place and writes the lines of each; the last chunk adds them up."""

    async def chunk(self, job: Job, *, uow: UnitOfWork) -> Chunk:
        """The lines of so many grants; a roll that was sent back meanwhile gets none."""
        roll = await uow.payment_rolls.get(UUID(str(job.parameters[ROLL_ID])))
        if roll.stage is not RollStage.DRAFTING:
            return Chunk(job.progress, is_last=True)
        after = _after(job)
        cases = await uow.grants.page(roll.benefit, roll.region, after=after, limit=CHUNK_ROWS)
        held = await uow.payment_rolls.held([case.case_id for case in cases], before=roll.previous_id)
        lines = [
            _line(case, due, roll, uow=uow)
            for case in cases
            for due in dues_of(
                _entitlement(case),
                month=roll.month,
                held=held.get(case.case_id, NOTHING),
                amount_in=_amounts(case, uow.rulebook),
            )
        ]
        await uow.payment_rolls.add_lines(lines)
        is_last = len(cases) < CHUNK_ROWS
        if is_last:
            await _complete(roll, uow=uow)
        total = job.progress.total or await uow.grants.count(roll.benefit, roll.region)
        position = str(cases[-1].case_id) if cases else job.progress.position
        return Chunk(_moved(job, position, rows=len(lines), done=len(cases), total=total), is_last=is_last)


class PaymentExportWork:
    """Writes out who is due how much in all; one record of access a chunk names everybody who was written out."""

    async def chunk(self, job: Job, *, uow: UnitOfWork) -> Chunk:
        """The results are the list: whoever may read the job's results has it."""
        roll = await uow.payment_rolls.get(UUID(str(job.parameters[ROLL_ID])))
        people = await uow.payment_rolls.named(roll.id, after=_after(job), limit=CHUNK_ROWS)
        is_full = job.parameters[IDENTIFIERS] == "full"
        uow.accessed(*(one.person_id for one in people), disclosed=("payment", "name", "identifiers"))
        first, is_last = job.progress.line + 1, len(people) < CHUNK_ROWS
        results = [_written_out(one, line, is_full=is_full) for line, one in enumerate(people, start=first)]
        position = str(people[-1].case_id) if people else job.progress.position
        total = None if roll.totals is None else roll.totals.persons
        progress = _moved(job, position, rows=len(people), done=len(people), total=total)
        segment = Segment(
            number=job.progress.chunks,
            follows_line=job.progress.line,
            last_line=job.progress.line + len(people),
            rows=len(people),
            problems=sum(one.name is None for one in people),
            begins_at=0,
            ends_at=0,
            content=b"".join(json.dumps(result, ensure_ascii=False).encode() + b"\n" for result in results),
        )
        problems = job.progress.problems + segment.problems
        progress = replace(progress, line=segment.last_line, problems=problems)
        return Chunk(progress, is_last=is_last, segment=segment if people else None)


def _line(case: GrantedCase, due: Due, roll: PaymentRoll, *, uow: UnitOfWork) -> PaymentLine:
    finding, unmet = _found(case, due, rulebook=uow.rulebook)
    channel = case.form.answers.get(PAYMENT_CHANNEL)
    return PaymentLine(
        id=uow.new_id(),
        roll_id=roll.id,
        case_id=case.case_id,
        person_id=case.person_id,
        region=case.region,
        due=due,
        finding=finding,
        unmet=unmet,
        channel=channel if isinstance(channel, str) else None,
    )


def _found(case: GrantedCase, due: Due, *, rulebook: Rulebook) -> tuple[Finding, tuple[str, ...]]:
    on = reference_day(due.for_month, granted_on=case.granted_on)
    if on is None or due.amount_fen <= 0:
        return Finding.MET, ()
    proposal = proposal_on(case, on, rulebook=rulebook)
    return proposal.finding, tuple(reason.code for reason in proposal.unmet)


def _entitlement(case: GrantedCase) -> Entitlement:
    return Entitlement(
        case_id=case.case_id,
        person_id=case.person_id,
        region=case.region,
        first_month=case.grant.first_month,
        last_month=case.grant.last_month,
        stopped_because=case.grant.stopped_because,
        recovers_overpaid=case.grant.recovers_overpaid,
    )


def _amounts(case: GrantedCase, rulebook: Rulebook) -> AmountIn:
    """What each month gives for certain, by its rulebook and by the facts on the day that says so for the month."""

    def amount_in(month: date) -> Ruled[int]:
        amount = rules_of(case.item, rulebook.at(case.region, month)).amount
        assert amount is not None  # no roll is ordered of a benefit without one
        on = reference_day(month, granted_on=case.granted_on) or case.granted_on
        return Ruled(amount_due(amount.value, facts_on(case, on, rulebook=rulebook)).least, amount.rule)

    return amount_in


async def _complete(roll: PaymentRoll, *, uow: UnitOfWork) -> None:
    before = await uow.payment_rolls.get(roll.previous_id) if roll.previous_id else None
    totals = await uow.payment_rolls.totals_of(roll, before=before)
    drafted, event = roll.complete(totals, on=uow.today)
    with yielding():  # somebody may send it back at this very moment
        saved = await uow.payment_rolls.save(drafted)
    uow.record(event, about=saved)


def _after(job: Job) -> UUID | None:
    return None if job.progress.position == START else UUID(job.progress.position)


def _moved(job: Job, position: str, *, rows: int, done: int, total: int | None) -> Progress:
    before = job.progress
    return replace(
        before,
        chunks=before.chunks + 1,
        position=position,
        rows=before.rows + rows,
        done=before.done + done,
        total=total,
    )


def _written_out(line: NamedLine, number: int, *, is_full: bool) -> dict[str, str | int | None]:
    return {
        "line": number,
        "case_id": str(line.case_id),
        "name": line.name,
        "citizen_number": _identifier(line, is_full=is_full),
        "region_code": code_of(line.region),
        "channel": line.channel,
        "months": " ".join(_months(line)),
        "amount_fen": line.amount_fen,
        "amount_yuan": yuan_text(line.amount_fen),
        PROBLEM_CODE: None if line.name else "not_known_here",
        PROBLEM_COLUMN: None if line.name else "name",
    }


def _identifier(line: NamedLine, *, is_full: bool) -> str | None:
    if line.citizen_number is None:
        return None
    return line.citizen_number.value if is_full else line.citizen_number.masked()


def _months(line: NamedLine) -> Iterator[str]:
    return (f"{month:%Y-%m}" for month in line.months)
