"""Organisations, read from their table."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import OrganisationRow
from app.domain.application import Owner
from app.domain.draw import Doctor, Institution
from app.domain.organisation import Organisation, OrganisationKind
from app.domain.shared.access import Role
from app.domain.shared.errors import NotFound
from app.domain.shared.identity import Category
from app.services.ports.organisation import NoOneResponsible

NOBODYS = UUID(int=0)
"""Stands for no clock: whoever is there for everybody, and not for one sandbox client alone."""
_COLUMNS = "id, code, kind, name, name_en, region_path, categories, visits_homes"
_ONE = f"SELECT {_COLUMNS} FROM organisation WHERE id = $1"
_MANY = f"SELECT {_COLUMNS} FROM organisation WHERE id = ANY ($1)"
_OF_CODES = f"""
SELECT DISTINCT ON (code) {_COLUMNS} FROM organisation
WHERE code = ANY ($1) AND clock_id IN ($2, '{NOBODYS}') ORDER BY code, clock_id DESC
"""
_KNOWN = "SELECT id FROM organisation WHERE id = ANY ($1)"
_SERVING = """
SELECT DISTINCT m.account_id
FROM membership m JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL
WHERE m.organisation_id = $1 AND m.account_id = ANY ($2) AND m.role = $3
  AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
"""
_SPEAKING = "SELECT id FROM unnest($1::uuid[]) id WHERE speaks_for_itself(id)"
_INSTITUTIONS = """
SELECT o.id, o.region_path, o.categories, o.visits_homes, (
    SELECT json_agg(DISTINCT jsonb_build_object('account_id', a.id, 'person_id', a.person_id))
    FROM membership m JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL
    WHERE m.organisation_id = o.id AND m.role = 'evaluator'
      AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
) AS doctors
FROM organisation o WHERE o.kind = 'evaluation_institution' ORDER BY o.id
"""
# By the wall's clock, like the gate: an appointment is real also where a test clock runs.
_PAGE = f"""
SELECT {_COLUMNS} FROM organisation
WHERE clock_id IN ($4, '{NOBODYS}') AND ($1::text IS NULL OR kind = $1) AND ($2::uuid IS NULL OR id > $2)
ORDER BY id LIMIT $3
"""
_RESPONSIBLE = """
SELECT DISTINCT ON (o.kind, o.region_path) o.kind, o.region_path, o.id, o.code
FROM unnest($1::text[], $2::text[]) AS asked (kind, region_path)
JOIN organisation o ON o.kind = asked.kind AND o.region_path = asked.region_path
ORDER BY o.kind, o.region_path, o.id
"""


_WITHIN = f"""
SELECT {_COLUMNS} FROM organisation
WHERE kind = $1 AND (region_path = $2 OR region_path ^@ ($2 || '/')) AND ($3::uuid IS NULL OR id > $3)
ORDER BY id LIMIT $4
"""
_OF_PLACES = """
SELECT DISTINCT ON (o.kind, o.region_path) o.* FROM unnest($1::text[], $2::text[]) AS asked (kind, region_path)
JOIN organisation o ON o.kind = asked.kind AND o.region_path = asked.region_path
ORDER BY o.kind, o.region_path, o.id
"""


class PostgresOrganisations:
    """Organisations in PostgreSQL."""

    def __init__(self, session: Session, *, clock_id: UUID | None = None) -> None:
        self._session = session
        self._clock_id = clock_id or NOBODYS

    async def get(self, organisation_id: UUID) -> Organisation:
        """One of them."""
        row = await self._session.row(_ONE, organisation_id)
        if row is None:
            raise NotFound("There is no such organisation. Check the id.")
        return to_organisation(row)

    async def get_many(self, organisation_ids: set[UUID]) -> dict[UUID, Organisation]:
        """Those of them that there are."""
        rows = await self._session.rows(_MANY, list(organisation_ids))
        return {row["id"]: to_organisation(row) for row in rows}

    async def are_known(self, organisation_ids: set[UUID]) -> bool:
        """Say whether there are all of these."""
        rows = await self._session.rows(_KNOWN, list(organisation_ids))
        return len(rows) == len(organisation_ids)

    async def serving(self, organisation_id: UUID, account_ids: frozenset[UUID], *, role: Role) -> frozenset[UUID]:
        """Those of the accounts that hold the role for the organisation at present."""
        rows = await self._session.rows(_SERVING, organisation_id, list(account_ids), role)
        return frozenset(row["account_id"] for row in rows)

    async def speaking(self, organisation_ids: set[UUID]) -> frozenset[UUID]:
        """By the function that the wall asks too."""
        rows = await self._session.rows(_SPEAKING, list(organisation_ids))
        return frozenset(row["id"] for row in rows)

    async def institutions(self) -> list[Institution]:
        """All that evaluate, with the doctors who serve there at present."""
        return [_to_institution(row) for row in await self._session.rows(_INSTITUTIONS)]

    async def of_codes(self, codes: set[str]) -> dict[str, Organisation]:
        """One statement for all of them."""
        rows = await self._session.rows(_OF_CODES, list(codes), self._clock_id)
        return {row["code"]: to_organisation(row) for row in rows}

    async def add_many(self, organisations: Sequence[Organisation], *, clock_id: UUID | None) -> None:
        """Before whatever names them."""
        for one in organisations:
            self._session.add(
                OrganisationRow,
                id=one.id,
                code=one.code,
                kind=one.kind,
                name=one.name,
                name_en=one.name_en,
                region_path=one.region,
                categories=[],
                visits_homes=None,
                clock_id=clock_id or NOBODYS,
            )
        if organisations:
            await self._session.flush()

    async def page(self, *, kind: OrganisationKind | None, after: UUID | None, limit: int) -> list[Organisation]:
        """Some of them."""
        return [to_organisation(row) for row in await self._session.rows(_PAGE, kind, after, limit, self._clock_id)]

    async def within(self, area: str, *, kind: OrganisationKind, after: UUID | None, limit: int) -> list[Organisation]:
        """Some of a kind that work in an area."""
        return [to_organisation(row) for row in await self._session.rows(_WITHIN, kind, area, after, limit)]

    async def of_places(
        self, places: set[tuple[OrganisationKind, str]]
    ) -> dict[tuple[OrganisationKind, str], Organisation]:
        """Those that there are, in one statement."""
        kinds, paths = zip(*places, strict=True)
        found = map(to_organisation, await self._session.rows(_OF_PLACES, list(kinds), list(paths)))
        return {(one.kind, one.region): one for one in found}

    async def responsible(self, places: set[tuple[OrganisationKind, str]]) -> dict[tuple[OrganisationKind, str], Owner]:
        """Who is responsible for each of the places, in one statement."""
        kinds, paths = zip(*places, strict=True)
        rows = await self._session.rows(_RESPONSIBLE, list(kinds), list(paths))
        found = {(OrganisationKind(row["kind"]), row["region_path"]): Owner(row["id"], row["code"]) for row in rows}
        if missing := places - found.keys():
            kind, path = min(missing)
            raise NoOneResponsible(f"No {kind} is entered for {path}. Ask the operator to enter it.")
        return found


def _to_institution(row: Any) -> Institution:
    doctors = json.loads(row["doctors"] or "[]")
    return Institution(
        id=row["id"],
        region=row["region_path"],
        categories=frozenset(Category(number) for number in row["categories"]),
        visits_homes=bool(row["visits_homes"]),
        doctors=tuple(
            Doctor(account_id=UUID(one["account_id"]), person_id=UUID(one["person_id"]) if one["person_id"] else None)
            for one in doctors
        ),
    )


def to_organisation(row: Any) -> Organisation:
    """The organisation that a row holds."""
    return Organisation(
        id=row["id"],
        code=row["code"],
        kind=OrganisationKind(row["kind"]),
        name=row["name"],
        name_en=row["name_en"],
        region=row["region_path"],
        categories=frozenset(Category(number) for number in row["categories"]),
        visits_homes=bool(row["visits_homes"]),
    )
