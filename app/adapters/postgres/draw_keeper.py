"""Which offices draw, and how many commitments of theirs are left: looked for in all places."""

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.transaction import READ_ONLY, transaction
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.shared.access import Role
from app.domain.shared.authz import Reach
from app.services.ports.caller import by_itself
from app.services.ports.draw import Series

PUBLISH = "publish_draws"
_SERIES = """
SELECT o.id, o.region_path, (
    SELECT count(*) FROM draw_commitment c WHERE c.organisation_id = o.id AND c.taken_at IS NULL
) AS left_over
FROM organisation o
WHERE EXISTS (SELECT FROM membership m WHERE m.organisation_id = o.id AND m.role = $1)
ORDER BY o.id
"""


class PostgresDrawKeeper:
    """The series of a deployment in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def series(self) -> list[Series]:
        """Every office that may have to draw."""
        async with transaction(self._database.pool, READ_ONLY) as connection:
            await gate.step_in(connection, reach=Reach.CLOCKS)
            rows = await connection.fetch(_SERIES, Role.COUNTY_OFFICER)
        return [Series(row["id"], row["region_path"], row["left_over"]) for row in rows]

    def open_work(self, series: Series) -> PostgresUnitOfWork:
        """A transaction in which nobody acts, in the place of one office, by the clock on the wall."""
        caller = by_itself(PUBLISH, request_id=f"{PUBLISH}-{self._database.new_id()}")
        admit = gate.by_itself(region=series.region, test_clock_id=None)
        return PostgresUnitOfWork(self._database, caller, admit=admit)
