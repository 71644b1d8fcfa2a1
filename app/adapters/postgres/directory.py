"""The directory for everybody: what is offered at present, chosen and counted as other directories do."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.adapters.postgres.catalogue import COLUMNS, FROM, REAL_TIME, SHOWN, to_offered
from app.adapters.postgres.organisation import to_organisation
from app.adapters.postgres.session import Session
from app.domain.catalogue import ProviderKind
from app.domain.shared.errors import NotFound
from app.services.ports.catalogue import Offered
from app.services.ports.directory import Filed, Modified, Providing

_OFFERED = f"s.status = 'active' AND s.stage = 'confirmed' AND {SHOWN}"
_KNOWN_AT = """(
    SELECT place FROM unnest($5::text[]) place WHERE place = '' OR (s.region_path || '/') ^@ (place || '/')
    ORDER BY length(place) DESC LIMIT 1
)"""
"""The nearest place whose rules say which services they know."""
_FILED = f"""{_OFFERED}
    AND ($2::uuid IS NULL OR s.organisation_id = $2)
    AND ($3::text[] IS NULL OR s.family = ANY ($3))
    AND ($4::text[] IS NULL OR s.meets && $4)
    AND ($6::text[] IS NULL OR s.code = ANY (ARRAY(SELECT split_part(key, '@', 1) FROM unnest($6) key))
        AND s.code || '@' || {_KNOWN_AT} = ANY ($6))
    AND ($7::timestamptz IS NULL OR s.modified_at >= $7)"""
_SAYS = """($8::text[] = '{}' OR pairs_of(words_of(s.detail)) @> $9::text[]
    AND NOT EXISTS (SELECT FROM unnest($8) word WHERE position(word IN words_of(s.detail)) = 0))"""
"""First by the index over two characters each, then whether the words stand there whole."""
_CALLED = """($8::text[] = '{}' OR pairs_of(lower(o.name || ' ' || o.name_en)) @> $9::text[]
    AND NOT EXISTS (SELECT FROM unnest($8) word WHERE position(word IN lower(o.name || ' ' || o.name_en)) = 0))"""
SERVICES = f"""
{COLUMNS}, count(*) OVER () AS all_of_them {FROM} WHERE {_FILED} AND {_SAYS} ORDER BY s.id OFFSET $10 LIMIT $11
"""
MODIFIED = f"""
SELECT s.id, s.modified_at, count(*) OVER () AS all_of_them FROM service s
WHERE {_FILED} AND {_SAYS} ORDER BY s.id OFFSET $10 LIMIT $11
"""
_COUNT = f"SELECT count(*) AS all_of_them FROM service s WHERE {_FILED} AND {_SAYS}"
PROVIDERS = f"""
SELECT o.id, o.code, o.kind, o.name, o.name_en, o.region_path, o.categories, o.visits_homes, s.provider_kind,
    count(*) OVER () AS all_of_them
FROM organisation o CROSS JOIN LATERAL (
    SELECT s.detail ->> 'provider_kind' AS provider_kind FROM service s
    WHERE s.organisation_id = o.id AND {_FILED} ORDER BY s.id LIMIT 1
) s WHERE {_CALLED} ORDER BY o.id OFFSET $10 LIMIT $11
"""
_COUNT_PROVIDERS = f"""
SELECT count(DISTINCT o.id) AS all_of_them FROM service s JOIN organisation o ON o.id = s.organisation_id
WHERE {_FILED} AND {_CALLED}
"""
_PLACES = f"""
{COLUMNS}, at.number, count(*) OVER () AS all_of_them {FROM}
CROSS JOIN LATERAL generate_series(1, jsonb_array_length(s.detail -> 'locations')) at (number)
WHERE {_FILED} AND {_SAYS} ORDER BY s.id, at.number OFFSET $10 LIMIT $11
"""
_COUNT_PLACES = f"""
SELECT coalesce(sum(jsonb_array_length(s.detail -> 'locations')), 0)::integer AS all_of_them
FROM service s WHERE {_FILED} AND {_SAYS}
"""
_AT_PLACE = f"{COLUMNS} {FROM} WHERE places_of(s.id, s.detail) @> ARRAY[$2::uuid] AND {_OFFERED}"


class PostgresDirectories:
    """The directory in PostgreSQL."""

    def __init__(self, session: Session, *, clock_id: UUID | None) -> None:
        self._session = session
        self._clock_id = clock_id or REAL_TIME

    async def services(self, filed: Filed, *, first: int, limit: int) -> tuple[list[Offered], int]:
        """Some services."""
        rows, total = await self._page(SERVICES, _COUNT, filed, first=first, limit=limit)
        return [to_offered(row) for row in rows], total

    async def modified(self, filed: Filed, *, first: int, limit: int) -> tuple[list[Modified], int]:
        """Some services, and when they were changed."""
        rows, total = await self._page(MODIFIED, _COUNT, filed, first=first, limit=limit)
        return [Modified(row["id"], row["modified_at"]) for row in rows], total

    async def providers(self, filed: Filed, *, first: int, limit: int) -> tuple[list[Providing], int]:
        """Some of the organisations that offer something."""
        rows, total = await self._page(PROVIDERS, _COUNT_PROVIDERS, filed, first=first, limit=limit)
        found = [Providing(organisation=to_organisation(row), kind=ProviderKind(row["provider_kind"])) for row in rows]
        return found, total

    async def places(self, filed: Filed, *, first: int, limit: int) -> tuple[list[tuple[Offered, int]], int]:
        """Some of those that are offered, at each of their places."""
        rows, total = await self._page(_PLACES, _COUNT_PLACES, filed, first=first, limit=limit)
        return [(to_offered(row), row["number"] - 1) for row in rows], total

    async def at_place(self, key: UUID) -> Offered:
        """By an index over the ids that follow from services and their places."""
        row = await self._session.row(_AT_PLACE, self._clock_id, key)
        if row is None:
            raise NotFound("There is no such service at a place. Look it up under /v1/hsds/service_at_locations.")
        return to_offered(row)

    async def _page(self, sql: str, count: str, filed: Filed, *, first: int, limit: int) -> tuple[Sequence[Any], int]:
        """A page, and how many there are in all; counted by themselves where the page is empty."""
        asked = (self._clock_id, *_arguments(filed))
        rows = await self._session.rows(sql, *asked, first, limit)
        counted = rows[0] if rows else await self._session.row(count, *asked)
        assert counted is not None  # an aggregate without groups has one row
        return rows, counted["all_of_them"]


def _arguments(filed: Filed) -> tuple[Any, ...]:
    codes = filed.codes
    return (
        filed.organisation_id,
        None if filed.families is None else sorted(filed.families),
        None if filed.needs is None else sorted(filed.needs),
        [] if codes is None else list(codes),
        None if codes is None else [f"{code}@{place}" for place, known in codes.items() for code in sorted(known)],
        filed.modified_since,
        list(filed.words),
        sorted({word[at : at + 2] for word in filed.words for at in range(len(word) - 1)}),
    )
