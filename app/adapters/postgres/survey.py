"""Rounds of the survey: rows to aggregates and back, and their figures."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.queries.gap import HELD_BY
from app.adapters.postgres.reach import BEGINNING
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import SurveyEntryRow, SurveyRoundRow
from app.domain.shared.access import Principal
from app.domain.survey import (
    Coverage,
    Difference,
    Population,
    RoundStage,
    StageCount,
    SurveyEntry,
    SurveyRound,
    SurveyStage,
)
from app.services.ports.survey import SurveyCount, WantedEntries

ROUNDS = Kind(
    SurveyRoundRow,
    SurveyRound,
    lambda one: {"population": one.population, "stage": one.stage, "opens_on": one.opens_on},
    fixed=frozenset({"population", "opens_on"}),
)
ENTRIES = Kind(
    SurveyEntryRow,
    SurveyEntry,
    lambda one: {
        "round_id": one.round_id,
        "population": one.population,
        "owner_id": one.owner_id,
        "stage": one.stage,
        "difference": one.difference,
    },
    fixed=frozenset({"round_id", "population"}),
)
_AT_ONCE = 25_000
"""So many people are listed by one statement: a county of a hundred thousand stays within the time of a statement."""
ENLIST = """
WITH wanted AS (
    SELECT gen_random_uuid() AS id, p.person_id, p.region_path
    FROM population_of(ARRAY[$2::text], $3, $4) p WHERE p.person_id > $5 ORDER BY p.person_id LIMIT $6),
listed AS (
    INSERT INTO survey_entry (id, round_id, person_id, region_path, population, stage, detail, version)
    SELECT w.id, $1, w.person_id, w.region_path, $3, 'listed', jsonb_build_object('id', w.id, 'round_id', $1::uuid,
        'person_id', w.person_id, 'region', w.region_path, 'population', $3::text), 1
    FROM wanted w RETURNING person_id)
SELECT count(*) OVER () AS listed, person_id AS last FROM listed ORDER BY person_id DESC LIMIT 1
"""
_ASSIGN = """
WITH assigned AS (
    UPDATE survey_entry SET owner_id = $3, version = version + 1,
        detail = detail::jsonb || jsonb_build_object('owner_id', $3::uuid)
    WHERE round_id = $1 AND (region_path || '/') ^@ ($2::text || '/') AND stage IN ('listed', 'unreachable')
    RETURNING id)
SELECT count(*) AS assigned FROM assigned
"""
_COUNTS = """
SELECT region_path AS region, owner_id, stage, difference, count(*) AS people FROM survey_entry WHERE round_id = $1
GROUP BY region_path, owner_id, stage, difference ORDER BY region_path, owner_id, stage, difference
"""
_GONE = """
SELECT count(*) AS people FROM (
    SELECT person_id FROM survey_entry WHERE round_id = $2
    EXCEPT SELECT person_id FROM survey_entry WHERE round_id = $1) gone
"""
"""As sets: of a round that was just written the planner expects one row, and would look through it for each person."""
_COVERAGE = """
WITH asked AS (SELECT unnest(ARRAY['holders', 'uncertified']) AS population),
reached AS (
    SELECT e.population, count(DISTINCT e.person_id) AS listed,
           count(DISTINCT e.person_id) FILTER (WHERE e.stage = 'surveyed') AS surveyed
    FROM survey_entry e JOIN survey_round r ON r.id = e.round_id
    WHERE r.opens_on BETWEEN $2 AND $3 AND (e.region_path || '/') ^@ ANY ($5::text[])
    GROUP BY e.population)
SELECT a.population, coalesce(r.listed, 0) AS listed, coalesce(r.surveyed, 0) AS surveyed,
    (SELECT count(*) FROM population_of($1, a.population, $4)) AS known
FROM asked a LEFT JOIN reached r USING (population) ORDER BY a.population
"""
_MINE = """
(SELECT person_id FROM roster WHERE commissioner_id = $1 AND (absent_until IS NULL OR absent_until < $2)
    AND reported_dead_on IS NULL
 UNION ALL SELECT person_id FROM roster WHERE deputy_id = $1 AND absent_until >= $2 AND reported_dead_on IS NULL)
"""
WORK = f"""
person_id = ANY (ARRAY{_MINE}) AND stage IN ('listed', 'unreachable') AND id > $3
AND round_id = ANY (ARRAY(SELECT id FROM survey_round WHERE stage = 'open' AND opens_on <= $2)) ORDER BY id LIMIT $4
"""
"""From whom one answers for to what is open of them: some hundred people, whatever the round holds. Nobody is sent to
ask for somebody who is reported dead."""
PROGRESS = f"""
WITH held AS (
    SELECT {HELD_BY.format(on="$2")} AS holder, e.stage, count(*) AS people, count(r.reported_dead_on) AS reported_dead
    FROM survey_entry e LEFT JOIN roster r ON r.person_id = e.person_id WHERE e.round_id = $1 GROUP BY 1, 2),
keyed AS (SELECT coalesce(holder, '{BEGINNING}') AS key, * FROM held),
shown AS (SELECT key FROM keyed WHERE $3::uuid IS NULL OR key > $3 GROUP BY key ORDER BY key LIMIT $4)
SELECT k.holder, a.name, k.stage, k.people, k.reported_dead
FROM keyed k JOIN shown USING (key) LEFT JOIN account a ON a.id = k.holder
ORDER BY k.key, k.stage
"""
"""Those for whom nobody answers come first, as if the lowest of all ids did."""
_AROUND = """
stage = ANY ($4) AND id > $2 AND ((region_path || '/') ^@ ANY ($1::text[])
OR EXISTS (SELECT FROM unnest($1::text[]) own WHERE own ^@ (region_path || '/'))) ORDER BY id LIMIT $3
"""
_WANTED = """
round_id = $4 AND stage = ANY ($5) AND ($6::text IS NULL OR difference = $6)
AND ($7::uuid IS NULL OR owner_id = $7) AND ($8::uuid IS NULL OR person_id = $8)
"""


class PostgresSurveyRounds(PostgresAggregates[SurveyRound]):
    """Rounds in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, ROUNDS)

    async def page(
        self, stages: tuple[RoundStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[SurveyRound]:
        """Some of those that lie in the caller's areas or around them, in the order of their ids."""
        areas = [f"{area}/" for area in whose.areas]
        return await self.select(_AROUND, areas, after or BEGINNING, limit, list(stages))

    async def latest_of(self, region: str, population: Population) -> SurveyRound | None:
        """The last round of just this place and population."""
        condition = "region_path = $1 AND population = $2 ORDER BY id DESC LIMIT 1"
        found = await self.select(condition, region, population)
        return found[0] if found else None

    async def enlist(self, opened: SurveyRound, *, on: date) -> int:
        """List everybody of the round's place and population, in the order of their ids and so many at once."""
        await self._session.flush()
        asked = (opened.id, opened.region, opened.population, on)
        listed, last = 0, BEGINNING
        while row := await self._session.row(ENLIST, *asked, last, _AT_ONCE):
            listed, last = listed + row["listed"], row["last"]
        return listed

    async def assign(self, assigned: SurveyRound, *, area: str, owner_id: UUID) -> int:
        """Let an organisation survey whoever in an area was not surveyed yet."""
        (row,) = await self._session.rows(_ASSIGN, assigned.id, area, owner_id)
        return int(row["assigned"])

    async def counts(self, counted: SurveyRound) -> Sequence[SurveyCount]:
        """How the people of a round stand, by place and organisation."""
        return [
            SurveyCount(
                region=row["region"],
                owner_id=row["owner_id"],
                stage=SurveyStage(row["stage"]),
                difference=Difference(row["difference"]) if row["difference"] else None,
                people=row["people"],
            )
            for row in await self._session.rows(_COUNTS, counted.id)
        ]

    async def no_longer_listed(self, counted: SurveyRound) -> int:
        """How many people of the round before are not in this one."""
        (row,) = await self._session.rows(_GONE, counted.id, counted.previous_id)
        return int(row["people"])

    async def coverage(self, areas: Sequence[str], *, first: date, last: date, on: date) -> Sequence[Coverage]:
        """How far the rounds that began in some days have reached in some areas, in one statement."""
        return [
            Coverage(
                population=Population(row["population"]),
                known=row["known"],
                listed=row["listed"],
                surveyed=row["surveyed"],
            )
            for row in await self._session.rows(_COVERAGE, list(areas), first, last, on, [f"{area}/" for area in areas])
        ]


class PostgresSurveyEntries(PostgresAggregates[SurveyEntry]):
    """The people of rounds in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, ENTRIES)

    async def page(
        self, wanted: WantedEntries, *, whose: Principal, after: UUID | None, limit: int
    ) -> list[SurveyEntry]:
        """Some of a round's people in the caller's areas."""
        asked = (wanted.round_id, list(wanted.stages), wanted.difference, wanted.owner_id, wanted.person_id)
        return await self.page_of(_WANTED, *asked, whose=whose, after=after, limit=limit)

    async def work_of(self, account_id: UUID, *, on: date, after: UUID | None, limit: int) -> list[SurveyEntry]:
        """Some whom an account is still to survey, in the order of their ids."""
        return await self.select(WORK, account_id, on, after or BEGINNING, limit)

    async def progress(self, of: SurveyRound, *, on: date, after: UUID | None, limit: int) -> list[StageCount]:
        """How the people of a round stand by who answers for them, in one statement."""
        rows = await self._session.rows(PROGRESS, of.id, on, after, limit)
        return [
            StageCount(
                commissioner_id=row["holder"],
                name=row["name"],
                stage=SurveyStage(row["stage"]),
                people=row["people"],
                reported_dead=row["reported_dead"],
            )
            for row in rows
        ]

    async def in_round(self, round_id: UUID, person_id: UUID) -> SurveyEntry | None:
        """How a person stands in a round."""
        found = await self.select("round_id = $1 AND person_id = $2", round_id, person_id)
        return found[0] if found else None

    async def many_in_round(self, round_id: UUID, person_ids: Collection[UUID]) -> dict[UUID, SurveyEntry]:
        """How some people stand in a round, by person and in one statement."""
        found = await self.select("round_id = $1 AND person_id = ANY ($2)", round_id, list(person_ids))
        return {entry.person_id: entry for entry in found}
