"""Jobs of one owner: rows to jobs and back; what was handed in and what came out, sealed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from pydantic import TypeAdapter

from app.adapters.postgres import statements
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import JobInputRow, JobRow
from app.domain.job import Job, JobKind, JobState, Owner, Parameter, PauseReason, Progress
from app.domain.job.reading import Table
from app.domain.shared.access import Principal, Role
from app.domain.shared.errors import NotFound
from app.services.job.orders import UploadSuperseded
from app.services.ports.caller import TryAgain
from app.services.ports.job import PIECE_BYTES, Segment

COLUMNS = """id, actor_id, client_id, kind, state, reason, detail, created_at, started_at, finished_at, chunks,
    position, line, rows, problems, done, total"""
_GET = f"SELECT {COLUMNS} FROM job WHERE id = $1"
_PAGE = f"""
SELECT {COLUMNS} FROM job
WHERE actor_id = $1 AND state = ANY ($2) AND kind = ANY ($3) AND ($4::uuid IS NULL OR id < $4)
ORDER BY id DESC LIMIT $5
"""
_DRY_RUNS = f"""
SELECT {COLUMNS} FROM job
WHERE actor_id = $1 AND state = 'finished' AND detail ->> 'fingerprint' = $2 ORDER BY id DESC LIMIT 10
"""
_SAVE = """
UPDATE job SET state = $3, reason = $4, detail = $5, finished_at = $6, position = $7, line = $8, total = $9,
    attempts = 0, leased_until = NULL
WHERE id = $1 AND state = $2 RETURNING id
"""
_ADVANCE = f"""
UPDATE job SET state = CASE WHEN $3 = 'finished' THEN $3 WHEN state = 'queued' THEN 'running' ELSE state END,
    started_at = $4, finished_at = $5, chunks = $6, position = $7, line = $8, rows = $9, problems = $10, done = $11,
    total = $12, served_at = $13, leased_until = NULL, attempts = 0,
    reason = CASE WHEN $3 = 'finished' THEN NULL ELSE reason END
WHERE id = $1 AND chunks = $2 AND state IN ('queued', 'running', 'paused') RETURNING {COLUMNS}
"""
_BEGIN_UPLOAD = """
WITH forgotten AS (DELETE FROM job_input WHERE job_id = $1)
UPDATE job SET upload_id = $2 WHERE id = $1 AND state = 'awaiting_input' RETURNING id
"""
_ADD_PIECE = """
INSERT INTO job_input (job_id, number, content_cipher)
SELECT id, $3, $4 FROM job WHERE id = $1 AND upload_id = $2 AND state = 'awaiting_input' FOR SHARE
RETURNING number
"""
_PIECES = "SELECT number, content_cipher FROM job_input WHERE job_id = $1 AND number BETWEEN $2 AND $3 ORDER BY number"
_ADD_SEGMENT = """
INSERT INTO job_result (job_id, number, follows_line, last_line, rows, problems, begins_at, ends_at, content_cipher)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_SEGMENTS = """
SELECT number, follows_line, last_line, rows, problems, begins_at, ends_at, content_cipher FROM job_result
WHERE job_id = $1 AND last_line > $2 ORDER BY last_line LIMIT $3
"""
_TABLE = TypeAdapter(Table | None)


class PostgresJobs:
    """Jobs in PostgreSQL; the caller's own, and nobody else's."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, job_id: UUID) -> Job:
        """The job."""
        row = await self._session.row(_GET, job_id)
        if row is None:
            raise NotFound("You have no such job. Check the id.")
        return to_job(row)

    async def page(
        self,
        states: Sequence[JobState],
        kinds: Sequence[JobKind],
        *,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Job]:
        """Some of the caller's jobs, the newest first, before an id."""
        rows = await self._session.rows(_PAGE, whose.id, list(states), list(kinds), after, limit)
        return [to_job(row) for row in rows]

    async def dry_runs(self, *, whose: Principal, fingerprint: str) -> list[Job]:
        """The caller's dry runs of an input that have come to their end, the newest first."""
        return [to_job(row) for row in await self._session.rows(_DRY_RUNS, whose.id, fingerprint)]

    def fingerprint(self, digest: str) -> str:
        """What is kept of the digest of an input: keyed, so that nobody tries out what it was."""
        return self._session.index.of("job_input", digest).hex()

    async def add(self, job: Job, *, content: bytes = b"") -> None:
        """Put a new one on record, with its table where that came along.

        At once: the wall of its pieces looks whether there is such a job of the caller's.
        """
        await self._session.rows(statements.insert(JobRow, 1, 1), *statements.parameters(JobRow, [_to_row(job)]))
        for number, begins_at in enumerate(range(0, len(content), PIECE_BYTES)):
            sealed = self._sealed("job_input", job.id, number, content[begins_at : begins_at + PIECE_BYTES])
            self._session.add(JobInputRow, job_id=job.id, number=number, content_cipher=sealed)

    async def save(self, job: Job, *, of: Job) -> None:
        """Write what the owner has changed, if the state is still the one that was read."""
        progress = job.progress
        saved = await self._session.row(
            _SAVE,
            job.id,
            of.state,
            job.state,
            job.reason,
            _detail_of(job),
            job.finished_at,
            progress.position,
            progress.line,
            progress.total,
        )
        if saved is None:
            raise TryAgain("The job went on at this very moment. Send the request again.")

    async def advance(self, job: Job, *, of: Job, at: datetime) -> Job:
        """Write a checkpoint, if the one before is still the last, and let others have their turn."""
        progress = job.progress
        row = await self._session.row(
            _ADVANCE,
            job.id,
            of.progress.chunks,
            job.state,
            job.started_at,
            job.finished_at,
            progress.chunks,
            progress.position,
            progress.line,
            progress.rows,
            progress.problems,
            progress.done,
            progress.total,
            at,
        )
        if row is None:
            raise TryAgain("The job was given up, or another worker has done this part of it.")
        return to_job(row)

    async def begin_upload(self, job_id: UUID, upload_id: UUID) -> None:
        """Forget what was handed in before, and take the pieces of this upload alone from now on."""
        if await self._session.row(_BEGIN_UPLOAD, job_id, upload_id) is None:
            raise TryAgain("The job has changed at this very moment. Send the request again.")

    async def add_piece(self, job_id: UUID, upload_id: UUID, *, number: int, content: bytes) -> None:
        """Keep a piece of an upload."""
        sealed = self._sealed("job_input", job_id, number, content)
        if await self._session.row(_ADD_PIECE, job_id, upload_id, number, sealed) is None:
            raise UploadSuperseded("Another upload for this job has begun. Send one at a time.")

    async def input_from(self, job_id: UUID, begins_at: int) -> bytes:
        """The input from a byte on: at least one piece's length, or all that is left."""
        first, skipped = divmod(begins_at, PIECE_BYTES)
        rows = await self._session.rows(_PIECES, job_id, first, first + 1)
        pieces = [self._opened("job_input", job_id, row["number"], row["content_cipher"]) for row in rows]
        return b"".join(pieces)[skipped:]

    async def add_segment(self, job_id: UUID, segment: Segment) -> None:
        """Keep what came of a chunk."""
        await self._session.rows(
            _ADD_SEGMENT,
            job_id,
            segment.number,
            segment.follows_line,
            segment.last_line,
            segment.rows,
            segment.problems,
            segment.begins_at,
            segment.ends_at,
            self._sealed("job_result", job_id, segment.number, segment.content),
        )

    async def segments(self, job_id: UUID, *, after_line: int, limit: int) -> list[Segment]:
        """What came of the chunks that have lines after one, in their order."""
        rows = await self._session.rows(_SEGMENTS, job_id, after_line, limit)
        return [
            Segment(
                **{name: row[name] for name in row.keys() if name != "content_cipher"},  # noqa: SIM118 - no dict
                content=self._opened("job_result", job_id, row["number"], row["content_cipher"]),
            )
            for row in rows
        ]

    def _sealed(self, table: str, job_id: UUID, number: int, content: bytes) -> bytes:  # noqa: PLR0917 - four plain facts
        return self._session.cipher.seal(content, table=table, column="content", row=_place(job_id, number))

    def _opened(self, table: str, job_id: UUID, number: int, sealed: bytes) -> bytes:  # noqa: PLR0917 - the same
        return self._session.cipher.unseal(sealed, table=table, column="content", row=_place(job_id, number))


def to_job(row: Mapping[str, Any]) -> Job:
    """The job of a row."""
    detail = row["detail"]
    return Job(
        id=row["id"],
        kind=JobKind(row["kind"]),
        owner=Owner(
            subject=row["actor_id"],
            client_id=row["client_id"],
            roles=frozenset(Role(role) for role in detail["roles"]),
            scopes=frozenset(detail["scopes"]),
            token_id=detail["token_id"],
            purpose=detail["purpose"],
        ),
        created_at=row["created_at"],
        state=JobState(row["state"]),
        parameters=detail["parameters"],
        is_dry_run=detail["is_dry_run"],
        table=_TABLE.validate_python(detail["table"]),
        fingerprint=detail.get("fingerprint"),
        progress=Progress(
            chunks=row["chunks"],
            position=row["position"],
            line=row["line"],
            rows=row["rows"],
            problems=row["problems"],
            done=row["done"],
            total=row["total"],
        ),
        reason=PauseReason(row["reason"]) if row["reason"] else None,
        started_at=row["started_at"],
        finished_at=row["finished_at"],
    )


def _to_row(job: Job) -> dict[str, Any]:
    progress = job.progress
    return {
        "id": job.id,
        "actor_id": job.owner.subject,
        "client_id": job.owner.client_id,
        "kind": job.kind,
        "state": job.state,
        "reason": job.reason,
        "detail": _detail_of(job),
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "chunks": progress.chunks,
        "position": progress.position,
        "line": progress.line,
        "rows": progress.rows,
        "problems": progress.problems,
        "done": progress.done,
        "total": progress.total,
        "upload_id": None,
        "served_at": None,
        "leased_until": None,
        "attempts": 0,
    }


def _detail_of(job: Job) -> dict[str, Any]:
    parameters: Mapping[str, Parameter] = job.parameters
    return {
        "roles": sorted(job.owner.roles),
        "scopes": sorted(job.owner.scopes),
        "token_id": job.owner.token_id,
        "purpose": job.owner.purpose,
        "parameters": dict(parameters),
        "is_dry_run": job.is_dry_run,
        "fingerprint": job.fingerprint,
        "table": _TABLE.dump_python(job.table, mode="json"),
    }


def _place(job_id: UUID, number: int) -> UUID:
    """Where a piece belongs, so that it opens at its own place among the others only."""
    return uuid5(job_id, str(number))
