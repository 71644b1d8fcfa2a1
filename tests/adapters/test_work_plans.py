"""What people are asked for by the hour goes by indexes: own work in surveys, keys that twins share, waiting lists.

So does what anybody may ask of the directory.
"""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.adapters.postgres import catalogue, directory, duplicate, survey, waiting
from app.adapters.postgres.catalogue import REAL_TIME
from app.adapters.postgres.reach import BEGINNING, within

pytestmark = [pytest.mark.anyio, pytest.mark.database]

NOBODY, DAY, NOW = UUID(int=7), date(2026, 11, 27), datetime(2026, 11, 27, tzinfo=UTC)
VILLAGE = within(["65/6523/652301/652301104"])
LISTED = f"""
SELECT id FROM waiting_entry
WHERE stage = ANY ($3) AND ($4::uuid IS NULL OR service_id = $4) AND {VILLAGE.condition} AND id > $2
ORDER BY id LIMIT 51
"""


def searched(words: list[str], pairs: list[str], *, since: datetime | None) -> tuple[Any, ...]:
    return (REAL_TIME, None, None, None, [], None, since, words, pairs, 0, 50)


ASKED: dict[str, tuple[str, tuple[Any, ...], set[str]]] = {
    "own work in a survey": (
        f"SELECT id FROM survey_entry WHERE {survey.WORK}",
        (NOBODY, DAY, BEGINNING, 51),
        {"ix_roster_commissioner_id", "ix_roster_deputy_id"},
    ),
    "who shares a key": (duplicate.ALIKE, ([NOBODY], 50), {"pk_person_key", "ix_person_key_index"}),
    "the lists of an area": (LISTED, (VILLAGE.value, BEGINNING, ["waiting"], None), {"ix_waiting_entry_worklist"}),
    "words in the directory": (directory.SERVICES, searched(["照料"], ["照料"], since=None), {"ix_service_words"}),
    "what was changed since": (directory.MODIFIED, searched([], [], since=NOW), {"ix_service_modified_at"}),
    "what waits for a provider": (
        catalogue._LISTINGS,
        (REAL_TIME, ["proposed"], NOBODY, [NOBODY], ["65/6523/652301/"], 51),
        {"ix_service_worklist"},
    ),
    "words in names": (directory.PROVIDERS, searched(["中心"], ["中心"], since=None), {"ix_organisation_words"}),
    "since when a need waits": (waiting.SINCE, (NOBODY,), {"uq_waiting_entry_open"}),
}
BIG = ("survey_entry", "roster", "person_key", "person", "waiting_entry", "referral", "service", "organisation")


@pytest.fixture
async def thrifty(superuser: asyncpg.Connection) -> AsyncIterator[asyncpg.Connection]:
    """A planner that looks through a whole table only where no index serves; few rows would tempt it otherwise."""
    await superuser.execute("SET enable_seqscan = off")
    yield superuser
    await superuser.execute("RESET enable_seqscan")


async def test_no_table_of_many_people_is_looked_through_for_one_of_them(thrifty: asyncpg.Connection) -> None:
    for what, (sql, arguments, indexes) in ASKED.items():
        told = "\n".join(row[0] for row in await thrifty.fetch(f"EXPLAIN {sql}", *arguments))
        assert not [table for table in BIG if f"Seq Scan on {table} " in told], (what, told)
        assert all(index in told for index in indexes), (what, told)
