"""Verification of certificates: callers that come at the same time share one transaction and one commit."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import Any
from uuid import UUID

import asyncpg

from app.adapters.postgres import gate
from app.adapters.postgres.claims import (
    FIND,
    Question,
    by_number,
    facts_of,
    holders_of,
    numbers_of,
    question_of,
    row_of,
)
from app.adapters.postgres.database import Database
from app.adapters.postgres.errors import translated
from app.adapters.postgres.gate import Admission
from app.adapters.postgres.standing import BESIDE_OTHERS
from app.adapters.postgres.transaction import begin, commit, give_back
from app.adapters.postgres.verification_receipt import Draft, Moment, draft_of, numbered, put_on_record
from app.domain.certificate import Claims, Disclosure, VerificationResult, verification_outcome
from app.domain.shared.errors import DomainError, Unavailable
from app.domain.shared.receipt_validity import verification_good_until
from app.domain.shared.region import NATIONAL
from app.services.ports.caller import Caller
from app.services.ports.certificate import Verified

MAX_SHARERS = 64
MAX_WAITING = 2_000
QUIET_TURNS = 3
"""Turns of the loop after which nobody else is at the door: an answer goes out, a request comes in, its task begins."""
GATHERING_SECONDS = 0.01
"""How long the first may be kept by those who come in after."""

_RECORD = """
INSERT INTO access_record (recorded_at, actor_id, client_id, operation, purpose, disclosed, person_ids, request_id)
SELECT $1, actor_id, client_id, operation, purpose, ARRAY[disclosed], string_to_array(person_ids, ',')::uuid[],
       request_id
FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
     AS made (actor_id, client_id, operation, purpose, disclosed, person_ids, request_id)
"""


@dataclass(frozen=True, slots=True)
class _Request:
    caller: Caller
    claims: Sequence[Claims]
    questions: tuple[Question, ...]
    disclosure: Disclosure
    with_receipts: bool
    answer: asyncio.Future[Verified]


@dataclass(frozen=True, slots=True)
class _Answer:
    request: _Request
    verified: Verified
    person_ids: tuple[UUID, ...]
    """Only those whom the asker named rightly; nobody else was shown."""
    drafts: tuple[Draft, ...] = ()


class PostgresCertificateVerifications:
    """While one transaction runs, those who come wait for the next, which serves them all."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Request] = []
        self._worker: asyncio.Task[None] | None = None

    async def verify(self, caller: Caller, claims: Sequence[Claims], *, disclosure: Disclosure) -> Verified:
        """Join the next transaction and wait for its commit."""
        return await self._join(caller, claims, disclosure, with_receipts=False)

    async def verify_with_receipts(
        self, caller: Caller, claims: Sequence[Claims], *, disclosure: Disclosure
    ) -> Verified:
        """The same, with receipts that are on record with that commit."""
        return await self._join(caller, claims, disclosure, with_receipts=True)

    async def _join(
        self, caller: Caller, claims: Sequence[Claims], disclosure: Disclosure, *, with_receipts: bool
    ) -> Verified:
        if len(self._waiting) >= MAX_WAITING:
            raise Unavailable("Too many verifications wait at the moment. Send the request again in a second.")
        questions = tuple(question_of(one, self._database.index) for one in claims)
        self._database.quotas.looked_up(caller.client_id, *(question.number for question in questions))
        request = _Request(
            caller, claims, questions, disclosure, with_receipts, asyncio.get_running_loop().create_future()
        )
        self._waiting.append(request)
        if self._worker is None:
            self._worker = asyncio.create_task(self._serve())
        return await request.answer

    async def _serve(self) -> None:
        try:
            while self._waiting:
                shared: list[_Request] = []
                try:
                    with translated():
                        connection, is_done = await begin(self._database.pool), False
                        try:
                            while not is_done:
                                await self._gather()
                                shared = self._next()  # as late as can be, so that many share it
                                is_done = await self._answer(connection, shared)
                        finally:
                            await give_back(self._database.pool, connection, is_done=is_done)
                except Exception as error:  # noqa: BLE001 - each of the callers must hear of it
                    for request in shared or self._next():
                        _refuse(request, error)
        finally:
            self._worker = None

    async def _gather(self) -> None:
        """Let those come in who have sent their request already; nobody waits for one who might.

        Those who were answered last would else be let wait while the others are served, and the other way round: each
        transaction would be shared by half of them only.
        """
        quiet_turns, until = 0, monotonic() + GATHERING_SECONDS
        while quiet_turns < QUIET_TURNS and len(self._waiting) < MAX_SHARERS and monotonic() < until:
            before = len(self._waiting)
            await asyncio.sleep(0)
            quiet_turns = quiet_turns + 1 if len(self._waiting) == before else 0

    def _next(self) -> list[_Request]:
        shared, self._waiting = self._waiting[:MAX_SHARERS], self._waiting[MAX_SHARERS:]
        return shared

    async def _answer(self, connection: asyncpg.Connection, shared: list[_Request]) -> bool:
        """Answer those who share the transaction, and say whether that was all: whoever waits by then has the next."""
        answers = await self._look_up(connection, shared)
        is_last = not self._waiting
        await commit(connection, and_begin=not is_last)
        for answer in answers:
            if not answer.request.answer.done():
                answer.request.answer.set_result(answer.verified)
        return is_last

    async def _look_up(self, connection: asyncpg.Connection, shared: list[_Request]) -> list[_Answer]:
        admitted = await self._admit(connection, shared)
        numbers = numbers_of(question for request, _ in admitted for question in request.questions)
        rows = await connection.fetch(FIND, numbers)
        if any(request.with_receipts for request, _ in admitted):
            await connection.execute(BESIDE_OTHERS, sorted({row["certificate_id"] for row in rows}))
            rows = await connection.fetch(FIND, numbers)  # as they stand now that nobody changes them
        found = by_number(rows, self._database.beside_the_register)
        answers = [
            judged for request, admission in admitted if (judged := self._judged(request, admission, found)) is not None
        ]
        await self._record(connection, answers)
        return await self._given(connection, answers)

    def _judged(self, request: _Request, admission: Admission, found: Mapping[bytes, Any]) -> _Answer | None:
        """What is answered; None to who tries out what certificate somebody holds, and is refused."""
        now = self._database.real_time() + timedelta(seconds=admission.clock_offset_seconds)
        calendar = self._database.reference.held.calendar(NATIONAL)
        on = calendar.date_of(now)
        rows = [row_of(question, found) for question in request.questions]
        holders, misses = partial(holders_of, request.claims, self._database.index), [row is None for row in rows]
        if any(self._database.quotas.missed(request.caller.client_id, holders, misses)):
            _refuse(request, self._database.quotas.refused_guess())
            return None
        results = tuple(verification_outcome(facts_of(row), on=on, disclosure=request.disclosure) for row in rows)
        shown = tuple(row["person_id"] for row in rows if row)
        moment = Moment(now, self._database.real_time(), on, calendar)
        drafts = self._drafts(request, zip(rows, results, strict=True), moment)
        return _Answer(request, Verified(on, results), shown, drafts)

    def _drafts(
        self, request: _Request, judged: Iterable[tuple[Any, VerificationResult]], moment: Moment
    ) -> tuple[Draft, ...]:
        """The receipts that were asked for: of what was found and of what was not, so that both take as long."""
        if not request.with_receipts:
            return ()
        until = verification_good_until(moment.real, self._database.reference.held.rulebook.at(NATIONAL, moment.on))
        return tuple(
            draft_of(result, row, receipt_id=self._database.new_id(), moment=moment, until=until)
            for row, result in judged
        )

    async def _given(self, connection: asyncpg.Connection, answers: list[_Answer]) -> list[_Answer]:
        """The answers with their receipts on record."""
        drafts = [draft for answer in answers for draft in answer.drafts]
        if not drafts:
            return answers
        numbers = await put_on_record(connection, drafts)
        return [
            replace(answer, verified=replace(answer.verified, receipts=tuple(numbered(answer.drafts, numbers))))
            for answer in answers
        ]

    async def _admit(self, connection: asyncpg.Connection, shared: list[_Request]) -> list[tuple[_Request, Admission]]:
        """Confirm every caller; whoever is refused hears so alone."""
        admissions: dict[tuple[UUID, UUID, str], Admission | DomainError] = {}
        admitted = []
        for request in shared:
            known = (request.caller.subject, request.caller.client_id, request.caller.token_id)
            if known not in admissions:
                try:
                    admissions[known] = await gate.enter(connection, request.caller)
                except DomainError as refusal:
                    admissions[known] = refusal
            admission = admissions[known]
            if isinstance(admission, DomainError):
                _refuse(request, admission)
            else:
                admitted.append((request, admission))
                await self._database.reference.at(connection, admission.revision)
        return admitted

    async def _record(self, connection: asyncpg.Connection, answers: list[_Answer]) -> None:
        callers = [answer.request.caller for answer in answers]
        await connection.execute(
            _RECORD,
            self._database.real_time(),
            [caller.subject for caller in callers],
            [caller.client_id for caller in callers],
            [caller.operation for caller in callers],
            [caller.purpose for caller in callers],
            [answer.request.disclosure.level for answer in answers],
            [",".join(map(str, answer.person_ids)) for answer in answers],
            [caller.request_id for caller in callers],
        )


def _refuse(request: _Request, error: Exception) -> None:
    if not request.answer.done():
        request.answer.set_exception(error)
