"""Archives in PostgreSQL: documents that only grow, and what else counts for the archives of people."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.queries.archive import (
    FILED,
    FORGET_COUNTS,
    KEEP_COUNTS,
    KEPT_COUNTS,
    PEOPLE,
    ROSTER,
    WORK,
    alike_in,
    seen_by_id,
)
from app.adapters.postgres.queries.gap import PLANNED_ANEW
from app.adapters.postgres.reach import BEGINNING, within
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import ArchiveDocumentRow
from app.domain.archive import Alike, ArchiveDocument, ArchiveOf, Checklist, ItemCount, PlaceCount, Seen, Source, Want
from app.services.ports.archive import Counted, FiledFor, PersonSeen

_SUBJECT = {
    ArchiveOf.PERSON: "person_id",
    ArchiveOf.CERTIFICATE_CASE: "case_id",
    ArchiveOf.BENEFIT_CASE: "case_id",
    ArchiveOf.ASSOCIATION: "organisation_id",
}
"""Which column holds whose archive it is."""


def _columns(document: ArchiveDocument) -> dict[str, Any]:
    return {
        "case_id": None,
        "organisation_id": None,
        _SUBJECT[document.archive_of]: document.subject_id,
        "archive_of": document.archive_of,
        "item": document.item,
        "year": document.year,
        "made_on": document.made_on,
        "digest": bytes.fromhex(document.file.digest),
        "filed_by": document.filed_by,
        "filed_on": document.filed_on,
        "replaces": document.replaces,
    }


def _about(document: ArchiveDocument, person_id: UUID) -> ArchiveDocument:
    """The same after a merge of two persons, which moves the column: a person's archive goes along."""
    subject_id = person_id if document.archive_of is ArchiveOf.PERSON else document.subject_id
    return replace(document, person_id=person_id, subject_id=subject_id)


DOCUMENTS = Kind(ArchiveDocumentRow, ArchiveDocument, _columns, about=_about)


class PostgresArchives(SealedAggregates[ArchiveDocument]):
    """Documents of archives, and what else counts there."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, DOCUMENTS)

    async def documents(self, archive_of: ArchiveOf, subject_id: UUID, *, limit: int) -> list[ArchiveDocument]:
        """Those of an archive, the newest first."""
        condition = f"{_SUBJECT[archive_of]} = $1 AND archive_of = $2 ORDER BY id DESC LIMIT $3"
        return await self.select(condition, subject_id, archive_of, limit)

    async def people(
        self, person_ids: Collection[UUID], *, sources: Collection[Source], minor_since: date, on: date
    ) -> dict[UUID, PersonSeen]:
        """What is seen of some people, in two statements whatever their number."""
        asked = list(person_ids)
        seen: dict[UUID, dict[str, Seen]] = {}
        for row in await self._session.rows(seen_by_id(sources), asked, on):
            found = Seen(what=row["what"], on=row["day"], id=row["id"])
            seen.setdefault(row["person_id"], {})[found.what] = found
        return {
            row["person_id"]: PersonSeen(
                person_id=row["person_id"],
                region=row["region_path"],
                traits=frozenset(row["traits"]),
                seen=seen.get(row["person_id"], {}),
            )
            for row in await self._session.rows(PEOPLE, asked, minor_since)
        }

    async def work(self, associations: Mapping[UUID, str], *, year: int, on: date) -> dict[UUID, tuple[Seen, ...]]:
        """What is seen of their work, in one statement whatever their number."""
        year_end = min(on, date(year, 12, 31))
        asked = (list(associations), list(associations.values()), date(year, 1, 1), year_end)
        return {
            row["id"]: tuple(Seen(what=what, on=year_end) for what in row["seen"])
            for row in await self._session.rows(WORK, *asked)
        }

    async def filed_for(self, associations: Collection[UUID], *, year: int) -> dict[UUID, tuple[FiledFor, ...]]:
        """What is filed of them, the newest last; nothing of it is unsealed."""
        found: dict[UUID, tuple[FiledFor, ...]] = {}
        for row in await self._session.rows(FILED, list(associations), year):
            paper = FiledFor(id=row["id"], item=row["item"], year=row["year"], made_on=row["made_on"])
            found[row["organisation_id"]] = (*found.get(row["organisation_id"], ()), paper)
        return found

    async def on_roster(self, area: str, *, after: UUID | None, limit: int) -> list[UUID]:
        """Some of the people on the roster of an area."""
        reach = within([area])
        sql = ROSTER.format(condition=reach.condition)
        return [row["person_id"] for row in await self._session.rows(sql, reach.value, after or BEGINNING, limit)]

    async def alike(
        self, area: str, *, sources: Collection[Source], wants: Sequence[Want], minor_since: date, on: date
    ) -> list[Alike]:
        """Everybody on the roster of an area, counted in one statement."""
        await self._session.row(PLANNED_ANEW)
        reach = within([area])
        whats, sinces = [want.what for want in wants], [want.since for want in wants]
        sql = alike_in(sources, condition=reach.condition)
        return [
            Alike(
                region=row["region_path"],
                traits=frozenset(row["traits"]),
                held=frozenset(wants[number - 1] for number in row["numbers"]),
                people=row["people"],
            )
            for row in await self._session.rows(sql, reach.value, on, minor_since, whats, sinces)
        ]

    async def keep_counts(self, area: str, counts: Sequence[PlaceCount], *, checklist: Checklist, on: date) -> None:
        """Put down what was counted of an area, in two statements whatever the number of its places."""
        reach = within([area])
        items = [{one.item.code: [one.required, one.missing] for one in count.items} for count in counts]
        await self._session.rows(FORGET_COUNTS.format(condition=reach.condition), reach.value)
        await self._session.rows(
            KEEP_COUNTS,
            checklist.reference,
            on,
            [count.region for count in counts],
            [count.people for count in counts],
            [count.complete for count in counts],
            [json.dumps(one) for one in items],
        )

    async def kept_counts(self, area: str, *, checklist: Checklist, since: date, on: date) -> Counted | None:
        """What was counted of an area: some hundred rows for a county."""
        reach = within([area])
        sql = KEPT_COUNTS.format(condition=reach.condition)
        rows = await self._session.rows(sql, reach.value, checklist.reference, since, on)
        if not rows:
            return None
        return Counted(places=tuple(_to_count(row, checklist) for row in rows), on=rows[0]["counted_on"])


def _to_count(row: Any, checklist: Checklist) -> PlaceCount:
    known = json.loads(row["items"])
    return PlaceCount(
        region=row["region_path"],
        people=row["people"],
        complete=row["complete"],
        items=tuple(
            ItemCount(item=item, required=known[item.code][0], missing=known[item.code][1])
            for item in checklist.items
            if item.code in known
        ),
    )
