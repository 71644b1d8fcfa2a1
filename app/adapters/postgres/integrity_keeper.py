"""Where figures are looked at: the counties whose offices draw, and the areas around them."""

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.transaction import READ_ONLY, transaction
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.integrity import IntegrityRules
from app.domain.shared.access import Role
from app.domain.shared.authz import Reach
from app.domain.shared.region import Level, area_at, code_of, level_of
from app.services.ports.caller import by_itself
from app.services.ports.integrity import Office

_OFFICES = """
SELECT DISTINCT ON (o.region_path) o.id, o.region_path FROM organisation o
WHERE (SELECT true FROM membership m WHERE m.organisation_id = o.id AND m.role = $1 LIMIT 1)
ORDER BY o.region_path, o.id
"""
_TODAY = "SELECT (SELECT max(id) FROM rule) AS revision, (now() AT TIME ZONE 'Asia/Shanghai')::date AS today"


class PostgresIntegrityKeeper:
    """The places of a deployment in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def areas(self) -> list[str]:
        """The areas within which doctors and institutions are compared, each once."""
        counties = [office.county for office in await self.offices()]
        async with transaction(self._database.pool, READ_ONLY) as connection:
            now = await connection.fetchrow(_TODAY)
            rulebook = (await self._database.reference.at(connection, now["revision"])).rulebook
        levels = {county: IntegrityRules.of(rulebook.at(county, now["today"])).area for county in counties}
        return sorted({area_at(county, level) for county, level in levels.items()})

    async def offices(self) -> list[Office]:
        """One office for each county."""
        async with transaction(self._database.pool, READ_ONLY) as connection:
            await gate.step_in(connection, reach=Reach.CLOCKS)
            rows = await connection.fetch(_OFFICES, Role.COUNTY_OFFICER)
        return [
            Office(row["id"], row["region_path"])
            for row in rows
            if row["region_path"] and level_of(code_of(row["region_path"])) is Level.COUNTY
        ]

    def open_work(self, region: str, *, what: str) -> PostgresUnitOfWork:
        """A transaction in which nobody acts, in one place, by the clock on the wall."""
        caller = by_itself(what, request_id=f"{what}-{self._database.new_id()}")
        return PostgresUnitOfWork(self._database, caller, admit=gate.by_itself(region=region, test_clock_id=None))
