"""Verification of certificates: callers that come at the same time share one transaction and one commit."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.errors import translated
from app.adapters.postgres.gate import Admission
from app.domain.shared.errors import DomainError, Unavailable
from app.services.ports.certificate import CertificateOnRecord, VerificationQuery, Verified
from app.services.ports.work import Caller

MAX_SHARERS = 64
MAX_WAITING = 2_000
ACQUIRE_TIMEOUT_SECONDS = 5.0

_FIND = """
SELECT asked.position, v.person_id, v.category, v.components, v.grade, v.status, v.valid_until
FROM unnest($1::int[], $2::bytea[], $3::bytea[], $4::bytea[]) AS asked (position, number, name, identifier)
JOIN certificate_version v ON v.number_index = asked.number AND v.is_current
WHERE (asked.name IS NULL OR v.name_index = asked.name)
  AND (asked.identifier IS NULL OR v.identifier_index = asked.identifier)
"""
_RECORD = """
INSERT INTO access_record (recorded_at, actor_id, client_id, operation, purpose, disclosed, person_ids, request_id)
SELECT $1, actor_id, client_id, operation, purpose, string_to_array(disclosed, ','), string_to_array(person_ids, ',')::uuid[], request_id
FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
     AS made (actor_id, client_id, operation, purpose, disclosed, person_ids, request_id)
"""


@dataclass(frozen=True, slots=True)
class _Request:
    caller: Caller
    queries: Sequence[VerificationQuery]
    disclosed: tuple[str, ...]
    answer: asyncio.Future[Verified]


class PostgresCertificateVerifications:
    """While one transaction runs, those who come wait for the next, which serves them all."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Request] = []
        self._worker: asyncio.Task[None] | None = None

    async def look_up(self, caller: Caller, queries: Sequence[VerificationQuery], *, disclosed: tuple[str, ...]) -> Verified:
        """Join the next transaction and wait for its commit."""
        if len(self._waiting) >= MAX_WAITING:
            raise Unavailable("Too many verifications wait at the moment. Send the request again in a second.")
        request = _Request(caller, queries, disclosed, asyncio.get_running_loop().create_future())
        self._waiting.append(request)
        if self._worker is None:
            self._worker = asyncio.create_task(self._serve())
        return await request.answer

    async def _serve(self) -> None:
        while self._waiting:
            shared, self._waiting = self._waiting[:MAX_SHARERS], self._waiting[MAX_SHARERS:]
            try:
                await self._answer(shared)
            except Exception as error:  # noqa: BLE001 - each of the callers must hear of it
                for request in shared:
                    _refuse(request, error)
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
        for request, answer in answers:
            if not request.answer.done():
                request.answer.set_result(answer)

    async def _look_up(self, connection: asyncpg.Connection, shared: list[_Request]) -> list[tuple[_Request, Verified]]:
        admitted = await self._admit(connection, shared)
        numbered = [(request, query) for request, _ in admitted for query in request.queries]
        rows = await connection.fetch(_FIND, *self._digests([query for _, query in numbered]))
        found = {row["position"]: _on_record(row) for row in rows}
        answers, position = [], 0
        for request, admission in admitted:
            own = tuple(found.get(position + offset) for offset in range(len(request.queries)))
            position += len(request.queries)
            now = self._database.real_time() + timedelta(seconds=admission.clock_offset_seconds)
            on = self._database.reference.calendar("").date_of(now)
            answers.append((request, Verified(admission.actor, on, own)))
        await self._record(connection, answers)
        return answers

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
                if admission.revision != self._database.reference.revision:
                    await self._database.reference.refresh(connection, admission.revision)
        return admitted

    def _digests(self, queries: list[VerificationQuery]) -> tuple[list[int], list[bytes], list[bytes | None], list[bytes | None]]:
        index = self._database.index
        return (
            list(range(len(queries))),
            [index.of("certificate_number", query.number) for query in queries],
            [index.of("person_name", query.name) if query.name else None for query in queries],
            [index.of("citizen_number", query.citizen_number) if query.citizen_number else None for query in queries],
        )

    async def _record(self, connection: asyncpg.Connection, answers: list[tuple[_Request, Verified]]) -> None:
        await connection.execute(
            _RECORD,
            self._database.real_time(),
            [request.caller.subject for request, _ in answers],
            [request.caller.client_id for request, _ in answers],
            [request.caller.operation for request, _ in answers],
            [request.caller.purpose for request, _ in answers],
            [",".join(request.disclosed) for request, _ in answers],
            [",".join(str(one.person_id) for one in answer.found if one) for _, answer in answers],
            [request.caller.request_id for request, _ in answers],
        )


def _on_record(row: Any) -> CertificateOnRecord:
    return CertificateOnRecord(
        person_id=row["person_id"],
        category=row["category"],
        components={int(category): grade for category, grade in row["components"].items()},
        grade=row["grade"],
        status=row["status"],
        valid_until=row["valid_until"],
    )


def _refuse(request: _Request, error: Exception) -> None:
    if not request.answer.done():
        request.answer.set_exception(error)
