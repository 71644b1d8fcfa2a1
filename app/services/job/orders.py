"""Use cases of whoever orders a job: order it, hand in its table, look at it, let it rest, go on or give it up."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count
from typing import TypeAlias
from uuid import UUID

from app.domain.job import WORKS, Job, JobKind, JobState, Owner, Parameter
from app.domain.job.reading import Encoding, EncodingSought, InputFormat, InputUnreadable, Table
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Conflict, Forbidden, Unprocessable
from app.domain.shared.transitions import Allowed
from app.services.certificate.verification import disclosure_of, require_scope_for
from app.services.job.approval import hold, let_be
from app.services.ports.caller import Caller
from app.services.ports.job import PIECE_BYTES, Workbooks
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of

MAX_WORKBOOK_BYTES = 10 * 1024 * 1024
_NO_TABLE = Table(format=InputFormat.CSV, encoding=Encoding.UTF_8)
OpenWork: TypeAlias = Callable[[], UnitOfWork]
Pieces: TypeAlias = AsyncIterator[bytes]


class UploadSuperseded(Conflict):
    """The table was handed in again before this upload had come to its end."""

    code = "upload_superseded"
    title = "Another upload has begun"


class NoInputTaken(Unprocessable):
    """This kind of work takes no table."""

    code = "no_input_taken"
    title = "This kind of job takes no table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for."""

    kind: JobKind
    parameters: Mapping[str, Parameter]
    is_dry_run: bool = False
    format: InputFormat = InputFormat.CSV
    text: str | None = None
    """The table itself, where it is small enough to come with the order."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was handed in: how many bytes, and their digest."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class JobView:
    """A job with what its owner may do to it."""

    of: Job
    actions: tuple[Allowed, ...]

    @property
    def id(self) -> UUID:
        """The job's id."""
        return self.of.id


async def create_job(order: Order, *, uow: UnitOfWork) -> JobView:
    """Put a job on record; its table comes with it, or is handed in later.

    Raises:
        Forbidden: the token may not do this kind of work row by row either.
        NoInputTaken: there is a table, and the kind takes none.
        InputUnreadable, ColumnsMissing: the table is not one that can be read.
    """
    async with uow:
        return await uow.commit(await put_on_record(order, uow=uow))


async def put_on_record(order: Order, *, uow: UnitOfWork) -> JobView:
    """The same with another use case, in its transaction.

    Raises:
        Forbidden, NoInputTaken, InputUnreadable, ColumnsMissing: as for `create_job`.
        DryRunMissing, NotYourFunction: see `hold`.
    """
    owner = owner_of(uow.caller, order.kind)
    job = Job.order(order.kind, job_id=uow.new_id(), owner=owner, at=uow.real_now)
    job = replace(job, parameters=order.parameters, is_dry_run=order.is_dry_run)
    _REQUIRED.get(job.kind, _nothing)(job)
    content = b"" if order.text is None else order.text.encode()
    if order.text is not None:
        fingerprint = uow.jobs.fingerprint(sha256(content).hexdigest())
        job = _supplied(job, order, content, fingerprint=fingerprint)
    await uow.jobs.add(job, content=content)
    await hold(job, uow=uow)
    return _view(job)


async def supply_job_input(
    job_id: UUID,
    pieces: Pieces,
    *,
    written_as: InputFormat,
    open_work: OpenWork,
    workbooks: Workbooks,
) -> JobView:
    """Take the table of a job piece by piece; nothing counts before all of it has come.

    Each piece is a transaction of its own, so that a slow sender holds no connection.

    Raises:
        IllegalTransition: the job has its table already, or takes none.
        UploadSuperseded: the same job's table was handed in again meanwhile.
        InputUnreadable, ColumnsMissing: the table is not one that can be read.
        DryRunMissing, NotYourFunction: see `hold`.
    """
    async with open_work() as uow:
        job = await uow.jobs.get(job_id)
        job.supply(_NO_TABLE, size=0)  # refuses here rather than after all of it was sent
        upload_id = uow.new_id()
        await uow.jobs.begin_upload(job_id, upload_id)
        await uow.commit(None)
    if written_as is InputFormat.XLSX:
        found, rows = await workbooks.read(await _whole(pieces), work=job.work)
        kept = await _kept(_one(rows), job_id, upload_id=upload_id, open_work=open_work)
        return await _supplied_with(found, job_id, kept=kept, open_work=open_work)
    sought, first = EncodingSought(), bytearray()
    looked_at = _looked_at(pieces, sought, first)
    kept = await _kept(looked_at, job_id, upload_id=upload_id, open_work=open_work)
    table = Table.of(bytes(first), format=written_as, encoding=sought.found(), work=job.work)
    return await _supplied_with(table, job_id, kept=kept, open_work=open_work)


async def get_job(job_id: UUID, *, uow: UnitOfWork) -> JobView:
    """One of the caller's jobs."""
    async with uow:
        return await uow.commit(_view(await uow.jobs.get(job_id)))


async def list_jobs(
    *, states: Sequence[JobState], kinds: Sequence[JobKind], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[Job]:
    """The caller's jobs, the newest first."""
    async with uow:
        found = await uow.jobs.page(states, kinds, whose=uow.actor, after=after, limit=limit + 1)
        return await uow.commit(slice_of(found, limit=limit))


async def pause_job(job_id: UUID, *, uow: UnitOfWork) -> JobView:
    """Let it rest after the chunk that is under way."""
    return await _changed(job_id, Job.pause, uow=uow)


async def resume_job(job_id: UUID, *, uow: UnitOfWork) -> JobView:
    """Go on where it rested."""
    return await _changed(job_id, Job.resume, uow=uow)


async def cancel_job(job_id: UUID, *, uow: UnitOfWork) -> JobView:
    """Give it up; what was done stays done."""
    async with uow:
        job = await uow.jobs.get(job_id)
        await let_be(job, uow=uow)
        cancelled = job.cancel(at=uow.real_now)
        await uow.jobs.save(cancelled, of=job)
        return await uow.commit(_view(cancelled))


def owner_of(caller: Caller, kind: JobKind) -> Owner:
    """Who orders a job, with what the token may do.

    Raises:
        Forbidden: the token may not do this kind of work row by row either.
    """
    rule = OPERATIONS[WORKS[kind].operation]
    if rule.scope not in caller.scopes or caller.roles.isdisjoint(rule.roles):
        raise Forbidden(
            f"This kind of job needs the scope {rule.scope} and one of: {', '.join(sorted(rule.roles))}.",
            pointer="/kind",
        )
    return Owner(
        subject=caller.subject,
        client_id=caller.client_id,
        roles=caller.roles,
        scopes=caller.scopes,
        token_id=caller.token_id,
        purpose=caller.purpose,
    )


def _require_disclosure(job: Job) -> None:
    require_scope_for(disclosure_of(job), job.owner.scopes)


def _nothing(_job: Job) -> None:
    """Most kinds of work need no right beside that of their operation."""


_REQUIRED: Mapping[JobKind, Callable[[Job], None]] = {JobKind.CERTIFICATE_VERIFICATION: _require_disclosure}
"""What an order needs beside the right of its operation: a refusal now is better than a job that rests."""


def _supplied(job: Job, order: Order, content: bytes, *, fingerprint: str) -> Job:
    if not job.work.takes_input:
        raise NoInputTaken("Leave the table out: the parameters say all that this kind of job needs.", pointer="/input")
    sought = EncodingSought()
    sought.look_at(content)
    table = Table.of(content, format=order.format, encoding=sought.found(), work=job.work)
    return job.supply(table, size=len(content), fingerprint=fingerprint)


async def _kept(pieces: Pieces, job_id: UUID, *, upload_id: UUID, open_work: OpenWork) -> _Kept:
    """Keep the table piece by piece, and say how many bytes it has, and their digest."""
    size, numbers, digest = 0, count(), sha256()
    async for piece in _of_even_size(pieces):
        size += len(piece)
        digest.update(piece)
        async with open_work() as uow:
            await uow.jobs.add_piece(job_id, upload_id, number=next(numbers), content=piece)
            await uow.commit(None)
    return _Kept(size, digest.hexdigest())


async def _supplied_with(table: Table, job_id: UUID, *, kept: _Kept, open_work: OpenWork) -> JobView:
    async with open_work() as uow:
        job = await uow.jobs.get(job_id)
        supplied = job.supply(table, size=kept.size, fingerprint=uow.jobs.fingerprint(kept.digest))
        await uow.jobs.save(supplied, of=job)
        await hold(supplied, uow=uow)
        return await uow.commit(_view(supplied))


async def _looked_at(pieces: Pieces, sought: EncodingSought, first: bytearray) -> Pieces:
    """The same pieces, looked at for their encoding; as much of the first of them is kept as a head may need."""
    async for piece in pieces:
        if piece:
            sought.look_at(piece)
            first += piece[: PIECE_BYTES - len(first)]
            yield piece


async def _whole(pieces: Pieces) -> bytes:
    """A spreadsheet: what is in it is told at its end, so that it is read when all of it is there.

    Raises:
        InputUnreadable: it is larger than is read at once.
    """
    whole = bytearray()
    async for piece in pieces:
        whole += piece
        if len(whole) > MAX_WORKBOOK_BYTES:
            raise InputUnreadable("A spreadsheet has 10 MiB at most. Send a larger table as CSV.")
    return bytes(whole)


async def _one(content: bytes) -> Pieces:
    yield content


async def _of_even_size(pieces: Pieces) -> Pieces:
    """The same bytes in pieces of one size, the last one excepted: where a byte is kept can be told from its place.

    Raises:
        InputUnreadable: there are none.
    """
    waiting = bytearray()
    is_empty = True
    async for piece in pieces:
        waiting += piece
        is_empty = is_empty and not piece
        while len(waiting) >= PIECE_BYTES:
            yield bytes(waiting[:PIECE_BYTES])
            del waiting[:PIECE_BYTES]
    if is_empty:
        raise InputUnreadable("The table is empty. Send it as the body of the request.")
    if waiting:
        yield bytes(waiting)


def _view(job: Job) -> JobView:
    return JobView(job, job.allowed_actions())


async def _changed(job_id: UUID, change: Callable[[Job], Job], *, uow: UnitOfWork) -> JobView:
    async with uow:
        job = await uow.jobs.get(job_id)
        changed = change(job)
        await uow.jobs.save(changed, of=job)
        return await uow.commit(_view(changed))
