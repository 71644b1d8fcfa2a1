"""Use cases of past rosters: a page of one, and a job that writes a whole one out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.job import CHUNK_ROWS, Job, JobKind
from app.domain.person import Person
from app.domain.roster import require_day
from app.domain.shared.region import code_of
from app.services.job.orders import JobView, owner_of
from app.services.job.table_work import PROBLEM_CODE, PROBLEM_COLUMN
from app.services.job.work import Chunk
from app.services.payment_work import START
from app.services.ports.job import Segment
from app.services.ports.past_roster import Stood
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of
from app.services.roster import SHOWN, own_area

REGION, ON = "region", "on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Somebody on the roster of a day; without a name where the caller may not know the person any more."""

    stood: Stood
    name: str | None
    is_reconstructed: bool
    """Whether the day lies before the roster was kept: it follows from what is known today."""

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.stood.id


async def list_past_roster(
    region_code: str, on: date, *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[Past]:
    """Who stood on the roster of a place on a day.

    Raises:
        RegionNotFound, NotYourFunction: there is no such place, or it is not the caller's.
        RosterDayImpossible: the day has not come, or there were no certificates yet.
    """
    async with uow:
        area = own_area(region_code, "list_past_roster", uow=uow)
        require_day(on, today=uow.today, pointer="query/on")
        stood, is_reconstructed = await _stood(area, on, after=after, limit=limit + 1, uow=uow)
        page = slice_of(stood, limit=limit)
        persons = await _shown(page.items, uow=uow)
        items = tuple(
            Past(stood=one, name=_name(one, persons, on=on, uow=uow), is_reconstructed=is_reconstructed)
            for one in page.items
        )
        return await uow.commit(Slice(items, page.after))


async def export_roster(region_code: str, on: date, *, uow: UnitOfWork) -> JobView:
    """Have the roster of a place written out as it stood on a day.

    Raises:
        RegionNotFound, NotYourFunction, RosterDayImpossible: as for `list_past_roster`.
    """
    async with uow:
        area = own_area(region_code, "export_roster", uow=uow)
        require_day(on, today=uow.today, pointer="/on")
        owner = owner_of(uow.caller, JobKind.ROSTER_EXPORT)
        ordered = Job.order(JobKind.ROSTER_EXPORT, job_id=uow.new_id(), owner=owner, at=uow.real_now)
        job = replace(ordered, parameters={REGION: area, ON: on.isoformat()})
        await uow.jobs.add(job, content=b"")
        return await uow.commit(JobView(job, job.allowed_actions()))


class RosterExportWork:
    """Writes out who stood on a roster; one record of access a chunk names everybody who was written out."""

    async def chunk(self, job: Job, *, uow: UnitOfWork) -> Chunk:
        """The results are the roster: whoever may read the job's results has it."""
        area, on, before = str(job.parameters[REGION]), date.fromisoformat(str(job.parameters[ON])), job.progress
        after = None if before.position == START else UUID(before.position)
        stood, is_reconstructed = await _stood(area, on, after=after, limit=CHUNK_ROWS, uow=uow)
        persons = await _shown(stood, uow=uow)
        written = [
            _written_out(
                Past(stood=one, name=_name(one, persons, on=on, uow=uow), is_reconstructed=is_reconstructed),
                line=line,
                on=on,
            )
            for line, one in enumerate(stood, start=before.line + 1)
        ]
        total = before.total
        if total is None and not is_reconstructed:
            total = await uow.past_rosters.count(area, on=on)
        progress = replace(
            before,
            chunks=before.chunks + 1,
            position=str(stood[-1].id) if stood else before.position,
            line=before.line + len(stood),
            rows=before.rows + len(stood),
            done=before.done + len(stood),
            total=total,
        )
        segment = _segment(job, written) if written else None
        return Chunk(progress, is_last=len(stood) < CHUNK_ROWS, segment=segment)


async def _stood(area: str, on: date, *, after: UUID | None, limit: int, uow: UnitOfWork) -> tuple[list[Stood], bool]:
    """Some of the roster of a day, and whether it had to be reconstructed."""
    rosters = uow.past_rosters
    if on < await rosters.kept_since():
        return await rosters.reconstructed(area, on=on, after=after, limit=limit), True
    return await rosters.page(area, on=on, after=after, limit=limit), False


async def _shown(stood: Sequence[Stood], *, uow: UnitOfWork) -> Mapping[UUID, Person]:
    people = [one.id for one in stood]
    uow.accessed(*people, disclosed=SHOWN)
    return await uow.persons.get_many(people)


def _name(stood: Stood, persons: Mapping[UUID, Person], *, on: date, uow: UnitOfWork) -> str | None:
    """The name of that day; of who came on record later, today's."""
    person = persons.get(stood.id)
    return None if person is None else person.name_on(on) or person.name_on(uow.today)


def _written_out(past: Past, *, line: int, on: date) -> dict[str, Any]:
    stood = past.stood
    return {
        "line": line,
        "person_id": str(stood.id),
        "name": past.name,
        "region_code": code_of(stood.region),
        "category": stood.category.slug if stood.category else None,
        "grade": stood.grade,
        "since": stood.since.isoformat(),
        "on": on.isoformat(),
        "is_reconstructed": past.is_reconstructed,
        PROBLEM_CODE: None,
        PROBLEM_COLUMN: None,
    }


def _segment(job: Job, written: Sequence[Mapping[str, Any]]) -> Segment:
    return Segment(
        number=job.progress.chunks,
        follows_line=job.progress.line,
        last_line=job.progress.line + len(written),
        rows=len(written),
        problems=0,
        begins_at=0,
        ends_at=0,
        content=b"".join(
            json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for one in written
        ),
    )
