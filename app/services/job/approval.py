"""What takes a second person's word: a table that is to go in waits for it, with what its dry run has come to."""

import json
from collections.abc import AsyncIterator

from app.domain.job import Job, JobState
from app.domain.register import DryRunMissing, ImportCounts, RegisterImport, federation_of
from app.services.ports.work import UnitOfWork

OUTCOME = "outcome"


async def hold(job: Job, *, uow: UnitOfWork) -> None:
    """Ask for the second word on a job that waits for it; for any other there is nothing to do.

    Raises:
        DryRunMissing: the same table was not run dry to its end by whoever asks.
        NotYourFunction: whoever asks serves no single federation.
        NamedInRegister: a row is about whoever asks, or one of theirs.
    """
    if job.state is not JobState.AWAITING_APPROVAL:
        return
    found = await uow.jobs.dry_runs(whose=uow.actor, fingerprint=job.fingerprint or "")
    dry = next((one for one in found if one.is_dry_run_of(job)), None)
    if dry is None:
        raise DryRunMissing(
            "Order the same table with `dry_run` first and wait until that job is finished: another person approves "
            "what it has come to."
        )
    await uow.step_back()
    region, _ = federation_of(uow.actor)
    known = await uow.register_imports.carry_named(dry.id, job.id, region=region)
    counts = ImportCounts.of([outcome async for outcome in _outcomes(dry, uow=uow)])
    asked, event = RegisterImport.ask(
        job_id=job.id, dry_run_id=dry.id, counts=counts, by=uow.actor, at=uow.now, on=uow.today, known=known
    )
    uow.register_imports.add(asked)
    uow.record(event, about=asked)


async def let_be(job: Job, *, uow: UnitOfWork) -> None:
    """Take back what was asked of a second person, where a job is given up that still waits for it."""
    if job.state is JobState.AWAITING_APPROVAL:
        withdrawn, event = (await uow.register_imports.get(job.id)).withdraw(on=uow.today)
        uow.record(event, about=await uow.register_imports.save(withdrawn))


async def _outcomes(dry: Job, *, uow: UnitOfWork) -> AsyncIterator[str | None]:
    after_line = 0
    while segments := await uow.jobs.segments(dry.id, after_line=after_line, limit=1):
        after_line = segments[0].last_line
        for line in segments[0].content.splitlines():
            yield json.loads(line)[OUTCOME]
