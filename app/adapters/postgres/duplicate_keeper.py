"""Where there are people who were not compared yet: by the province, and by the clock that they live by."""

from uuid import UUID

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.transaction import READ_ONLY, transaction
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.shared.authz import Reach
from app.services.ports.caller import by_itself
from app.services.ports.duplicate import Place

_PLACES = """
SELECT DISTINCT split_part(region_path, '/', 1) AS region, clock_id FROM person
WHERE NOT is_compared AND ($1::uuid IS NULL OR clock_id = $1)
"""


class PostgresDuplicateKeeper:
    """The people of a deployment in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def places(self, *, test_clock_id: UUID | None) -> list[Place]:
        """Where somebody is to be compared; with a test clock, of the people of its client alone."""
        async with transaction(self._database.pool, READ_ONLY) as connection:
            await gate.step_in(connection, reach=Reach.CLOCKS)
            rows = await connection.fetch(_PLACES, test_clock_id)
        return [Place(region=row["region"], clock_id=row["clock_id"]) for row in rows]

    def open_work(self, place: Place, *, what: str) -> PostgresUnitOfWork:
        """A transaction in which nobody acts, in one place and at the time of one clock."""
        caller = by_itself(what, request_id=f"{what}-{self._database.new_id()}")
        admit = gate.by_itself(region=place.region, test_clock_id=place.clock_id)
        return PostgresUnitOfWork(self._database, caller, admit=admit)
