"""Verification of certificates: callers that come at the same time share one transaction and one commit."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg

from app.adapters.postgres import gate
from app.adapters.postgres.claims import FIND, Question, by_number, facts_of, question_of, row_of
from app.adapters.postgres.database import Database
from app.adapters.postgres.errors import translated
from app.adapters.postgres.gate import Admission
from app.adapters.postgres.verification_receipt import Draft, Moment, draft_of, numbered, put_on_record
from app.domain.certificate import Claims, Disclosure, VerificationResult, verification_outcome
from app.domain.shared.errors import DomainError, Unavailable
from app.services.ports.caller import Caller
from app.services.ports.certificate import Verified

MAX_SHARERS = 64
MAX_WAITING = 2_000
ACQUIRE_TIMEOUT_SECONDS = 5.0

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
    questions: tuple[Question, ...]
    disclosure: Disclosure
    receipts_last: timedelta | None
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

    async def verify(
        self,
        caller: Caller,
        claims: Sequence[Claims],
        *,
        disclosure: Disclosure,
        receipts_last: timedelta | None = None,
    ) -> Verified:
        """Join the next transaction and wait for its commit."""
        if len(self._waiting) >= MAX_WAITING:
            raise Unavailable("Too many verifications wait at the moment. Send the request again in a second.")
        questions = tuple(question_of(one, self._database.index) for one in claims)
        for question in questions:
            self._database.quotas.looked_up(caller.client_id, question.number)
        request = _Request(caller, questions, disclosure, receipts_last, asyncio.get_running_loop().create_future())
        self._waiting.append(request)
        if self._worker is None:
            self._worker = asyncio.create_task(self._serve())
        return await request.answer

    async def _serve(self) -> None:
        try:
            while self._waiting:
                shared, self._waiting = self._waiting[:MAX_SHARERS], self._waiting[MAX_SHARERS:]
                try:
                    await self._answer(shared)
                except Exception as error:  # noqa: BLE001 - each of the callers must hear of it
                    for request in shared:
                        _refuse(request, error)
        finally:
            self._worker = None

    async def _answer(self, shared: list[_Request]) -> None:
        with translated():
            async with self._database.pool.acquire(timeout=ACQUIRE_TIMEOUT_SECONDS) as connection:
                await connection.execute("BEGIN")
                try:
                    answers = await self._look_up(connection, shared)
                    await connection.execute("COMMIT")
                except BaseException:
                    await connection.execute("ROLLBACK")
                    raise
        for answer in answers:
            if not answer.request.answer.done():
                answer.request.answer.set_result(answer.verified)

    async def _look_up(self, connection: asyncpg.Connection, shared: list[_Request]) -> list[_Answer]:
        admitted = await self._admit(connection, shared)
        numbers = {question.number for request, _ in admitted for question in request.questions}
        rows = await connection.fetch(FIND, list(numbers))
        found = by_number(rows, self._database.beside_the_register)
        answers = [self._judged(request, admission, found) for request, admission in admitted]
        await self._record(connection, answers)
        return await self._given(connection, answers)

    def _judged(self, request: _Request, admission: Admission, found: Mapping[bytes, Any]) -> _Answer:
        now = self._database.real_time() + timedelta(seconds=admission.clock_offset_seconds)
        calendar = self._database.reference.held.calendar("")
        on = calendar.date_of(now)
        rows = [row_of(question, found) for question in request.questions]
        results = tuple(verification_outcome(facts_of(row), on=on, disclosure=request.disclosure) for row in rows)
        shown = tuple(row["person_id"] for row in rows if row)
        moment = Moment(now, self._database.real_time(), on, calendar)
        drafts = self._drafts(request, zip(rows, results, strict=True), moment)
        return _Answer(request, Verified(on, results), shown, drafts)

    def _drafts(
        self, request: _Request, judged: Iterable[tuple[Any, VerificationResult]], moment: Moment
    ) -> tuple[Draft, ...]:
        """The receipts that were asked for: of what was found and of what was not, so that both take as long."""
        if request.receipts_last is None:
            return ()
        return tuple(
            draft_of(result, row, receipt_id=self._database.new_id(), moment=moment, lasts=request.receipts_last)
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
