"""The status lists of receipts, signed when something was withdrawn or the last signature grows old."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from app.adapters.postgres.database import Database
from app.adapters.postgres.transaction import READ_ONLY, transaction
from app.adapters.receipts import LOOK_AGAIN, JwsReceiptSigner
from app.adapters.status_list import numbers_in
from app.domain.shared.errors import NotFound

_STANDING = """
SELECT (SELECT coalesce(max(status_index), 0) FROM receipt) AS newest,
       (SELECT count(*) FROM receipt WHERE withdrawn_at IS NOT NULL AND status_index BETWEEN $1 AND $2) AS withdrawn
"""
_WITHDRAWN = "SELECT status_index FROM receipt WHERE withdrawn_at IS NOT NULL AND status_index BETWEEN $1 AND $2"


@dataclass(frozen=True, slots=True)
class _Kept:
    withdrawn: int
    at: datetime
    text: str


class PostgresStatusLists:
    """Status lists in PostgreSQL, where a withdrawal can only be added: the same count is the same list."""

    def __init__(self, database: Database, signer: JwsReceiptSigner) -> None:
        self._database = database
        self._signer = signer
        self._kept: dict[int, _Kept] = {}

    async def signed(self, list_number: int) -> str:
        """A list as it stands. The first is there before any receipt is."""
        numbers = numbers_in(list_number)
        async with transaction(self._database.pool, READ_ONLY) as connection:
            standing = await connection.fetchrow(_STANDING, numbers[0], numbers[-1])
            if standing["newest"] < numbers[0]:
                raise NotFound("There is no such list. A receipt names its own.")
            at, kept = self._database.real_time(), self._kept.get(list_number)
            if kept and kept.withdrawn == standing["withdrawn"] and at - kept.at < LOOK_AGAIN:
                return kept.text
            rows = await connection.fetch(_WITHDRAWN, numbers[0], numbers[-1])
        withdrawn = [row["status_index"] for row in rows]
        text = await asyncio.to_thread(self._signer.sign_status_list, list_number, withdrawn, at=at)
        self._kept[list_number] = _Kept(len(withdrawn), at, text)
        return text
