"""Records that may be one person's: who shares a key with whom, and what a merge moves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from typing_extensions import override

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.parties import TODAY
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import PersonDuplicateRow
from app.domain.duplicate import (
    AtIntake,
    BothHaveOpenBusiness,
    BothHoldCertificates,
    DuplicateStage,
    Likeness,
    PersonDuplicate,
    Uncompared,
)
from app.domain.shared.access import Principal
from app.domain.shared.relations import NO_RELATIONS, Relations
from app.services.ports.caller import TryAgain

PERSON_DUPLICATES = Kind(
    PersonDuplicateRow,
    PersonDuplicate,
    lambda one: {
        "other_id": one.other_id,
        "stage": one.stage,
        "is_blocking": one.is_blocking,
        "proposed_by": one.proposed_by,
    },
    fixed=frozenset({"other_id"}),
)
_UNCOMPARED = """
SELECT id FROM person WHERE NOT is_compared AND clock_id IS NOT DISTINCT FROM $1
ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
"""
_FORGET_KEYS = "DELETE FROM person_key WHERE person_id = ANY ($1)"
_WRITE_KEYS = """
INSERT INTO person_key (person_id, key_index) SELECT * FROM unnest($1::uuid[], $2::bytea[]) ON CONFLICT DO NOTHING
"""
_COMPARED = "UPDATE person SET is_compared = true WHERE id = ANY ($1)"
ALIKE = """
SELECT DISTINCT own.person_id AS one, alike.person_id AS other
FROM person_key own
CROSS JOIN LATERAL (
    SELECT array_agg(k.person_id) AS ids FROM (
        SELECT person_id FROM person_key WHERE key_index = own.key_index LIMIT $2 + 1
    ) k
) block
CROSS JOIN LATERAL unnest(block.ids) AS alike (person_id)
WHERE own.person_id = ANY ($1) AND cardinality(block.ids) <= $2 AND alike.person_id <> own.person_id
"""
# A key that more than so many share is passed over, and no more of them are looked at than show it.
_PUT_DOWN = """
INSERT INTO person_duplicate (id, person_id, other_id, region_path, stage, is_blocking, detail_cipher, version)
SELECT * FROM unnest(
    $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::boolean[], $7::bytea[], $8::int[])
ON CONFLICT (person_id, other_id) DO NOTHING RETURNING id
"""
_COLUMNS = ("id", "person_id", "other_id", "region_path", "stage", "is_blocking", "detail_cipher", "version")
_LIKENESS = "SELECT duplicate_id, region, is_blocking FROM likeness_of($1)"
_AT_INTAKE = """
SELECT is_compared, province, clock_id, duplicate_id, region, is_blocking FROM likeness_at_intake($1)
"""
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('compare_persons', 0))"
_TAKE = "SELECT id FROM person WHERE id = $1 AND NOT is_compared FOR UPDATE"
_MERGE = "SELECT merge_persons($1, $2, $3) AS moved"
_SEPARATE = "SELECT separate_persons($1, $2, $3, $4) AS is_done"
_CONFLICT = "conflict|"
_ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
_RELATED = f"""
SELECT all_of_them, related_accounts($1, all_of_them || {_ACTOR}, {TODAY})
    || related_accounts($2, all_of_them || {_ACTOR}, {TODAY}) AS related
FROM colleagues_of({_ACTOR}, $3) AS _ (all_of_them)
"""


class PostgresPersonDuplicates(SealedAggregates[PersonDuplicate]):
    """Records that may be one person's, in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, PERSON_DUPLICATES)

    @override
    async def get(self, key: UUID, *, version: int | None = None) -> PersonDuplicate:
        """A pair, with whether the caller is related to either by what is on record, and which colleagues are not."""
        pair = await super().get(key, version=version)
        row = await self._session.row(_RELATED, pair.person_id, pair.other_id, pair.region)
        assert row  # a function answers
        related = frozenset(row["related"])
        colleagues = tuple(sorted(set(row["all_of_them"]) - related))
        return replace(pair, known=Relations(accounts=related, colleagues=colleagues))

    @override
    def _row(self, aggregate: PersonDuplicate) -> dict[str, Any]:
        return super()._row(replace(aggregate, known=NO_RELATIONS))

    async def page(
        self, stages: tuple[DuplicateStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[PersonDuplicate]:
        """Some of those in the caller's areas, in the order of their ids."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)

    async def uncompared(self, *, clock_id: UUID | None, limit: int) -> list[UUID]:
        """Some people who came or changed since they were compared, held against other workers."""
        return [row["id"] for row in await self._session.rows(_UNCOMPARED, clock_id, limit)]

    async def alike(self, keys: Mapping[UUID, frozenset[str]], *, most: int) -> list[tuple[UUID, UUID]]:
        """Write the keys of these people, and say who shares one with whom."""
        people = list(keys)
        flat = [
            (person, self._session.index.of("person_key", key)) for person in people for key in sorted(keys[person])
        ]
        await self._session.rows(_FORGET_KEYS, people)
        await self._session.rows(_WRITE_KEYS, [person for person, _ in flat], [index for _, index in flat])
        await self._session.rows(_COMPARED, people)
        return [(row["one"], row["other"]) for row in await self._session.rows(ALIKE, people, most)]

    async def one_at_a_time(self) -> None:
        """Wait until nobody else compares."""
        await self._session.row(_ONE_AT_A_TIME)

    async def take(self, person_id: UUID) -> list[UUID]:
        """The person, if there is anything to compare."""
        return [row["id"] for row in await self._session.rows(_TAKE, person_id)]

    async def at_intake(self, person_id: UUID) -> AtIntake | None:
        """Whether somebody was compared, and what came of it."""
        row = await self._session.row(_AT_INTAKE, person_id)
        if row is None:
            return None
        who = Uncompared(person_id=person_id, province=row["province"], clock_id=row["clock_id"])
        likeness = None
        if row["duplicate_id"] is not None:
            likeness = Likeness(duplicate_id=row["duplicate_id"], region=row["region"], is_blocking=row["is_blocking"])
        return AtIntake(uncompared=None if row["is_compared"] else who, likeness=likeness)

    async def likeness(self, person_id: UUID) -> Likeness | None:
        """The most alike of the pairs of somebody of the caller's areas that are open, wherever the other is."""
        row = await self._session.row(_LIKENESS, person_id)
        return None if row is None else Likeness(**dict(row))

    async def put_down(self, found: Sequence[PersonDuplicate]) -> frozenset[UUID]:
        """Put these on record; a pair that was asked about before stays as it was decided."""
        rows = [self._row(one) for one in found]
        if not rows:
            return frozenset()
        added = await self._session.rows(_PUT_DOWN, *([row[name] for row in rows] for name in _COLUMNS))
        return frozenset(row["id"] for row in added)

    async def merge(self, merged: PersonDuplicate) -> tuple[str, ...]:
        """Let all that names the one record name the other, or nothing; what was moved."""
        row = await self._session.row(_MERGE, merged.id, merged.kept_id, merged.merged_id)
        if row is None or row["moved"] is None:
            raise TryAgain("One of the two records has changed at this very moment. Read the pair again.")
        moved = tuple(row["moved"])
        if moved and moved[0].startswith(_CONFLICT):
            _refuse(moved[0].removeprefix(_CONFLICT))
        return moved

    async def separate(self, merged: PersonDuplicate) -> None:
        """Let what a merge has moved name again whom it named before."""
        row = await self._session.row(_SEPARATE, merged.id, merged.kept_id, merged.merged_id, list(merged.moved))
        if row is None or not row["is_done"]:
            raise TryAgain("One of the two records has changed at this very moment. Read the pair again.")


def _refuse(table: str) -> None:
    if table == "certificate_version":
        raise BothHoldCertificates(
            "Both records hold a certificate that is in force. One of them is cancelled first, by its own business."
        )
    raise BothHaveOpenBusiness(
        f"Both records have a {table.replace('_', ' ')} of which a person has one. End one of the two first.",
        kind=table,
    )
