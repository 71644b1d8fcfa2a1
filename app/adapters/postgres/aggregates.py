"""Aggregates as rows: columns for what is searched, and the whole as JSON beside them, checked when it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import TypeAdapter
from sqlmodel import SQLModel
from typing_extensions import override

from app.adapters.postgres.database import Json
from app.adapters.postgres.reach import BEGINNING, reach_of
from app.adapters.postgres.session import Session
from app.adapters.postgres.statements import table_of
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound, StaleVersion
from app.domain.shared.events import Aggregate

AggregateT = TypeVar("AggregateT", bound=Aggregate)


_NOTHING: Mapping[str, str] = MappingProxyType({})
FOLLOWS: Mapping[str, str] = MappingProxyType({"region": "region_path"})
"""Of what goes along with a person, where it lies is what the column says."""
_FIXED = frozenset({"id", "version", "person_id", "region_path", "accepting_path", "application_id"})
"""What a row is and belongs to. The service may not change it: a change would carry the row into another's area."""


class Kind(Generic[AggregateT]):
    """How one kind of aggregate is kept: its table, its type, and which of its fields are columns."""

    def __init__(
        self,
        model: type[SQLModel],
        aggregate: type[AggregateT],
        columns: Callable[[AggregateT], Mapping[str, Any]],
        *,
        fixed: frozenset[str] = frozenset(),
        about: Callable[[AggregateT, UUID], AggregateT] | None = None,
        says: Mapping[str, str] = _NOTHING,
    ) -> None:
        self.model = model
        self.fixed = _FIXED | fixed
        """The columns that stay as they were written."""
        self.table = table_of(model).name
        self.noun = self.table.replace("_", " ")
        self._shared = {"person_id", "application_id"} & {column.name for column in table_of(model).columns}
        self.names_person = "person_id" in self._shared
        self._says = says
        """Of which fields the column is right, and not what is written in the whole, by their columns."""
        self.read = ", ".join(["version", *(["person_id"] if self.names_person else []), *says.values()])
        """The columns that are read beside the whole."""
        self._about = about or _about
        self._type = TypeAdapter(aggregate)
        self._columns = columns

    def to_row(self, aggregate: AggregateT) -> dict[str, Any]:
        """The row of an aggregate."""
        return {
            "id": aggregate.id,
            "region_path": aggregate.region,
            **{name: getattr(aggregate, name) for name in self._shared},
            "detail": Json(self._type.dump_json(aggregate).decode()),
            "version": aggregate.version,
            **self._columns(aggregate),
        }

    def to_aggregate(self, row: Mapping[str, Any]) -> AggregateT:
        """The aggregate of a row that has `detail` as text, `version` and, where the table has it, `person_id`.

        Whom it is about is what the column says: a merge of two persons moves the column alone. So is where it lies,
        of what goes along with somebody who moves house.
        """
        written = self._type.validate_json(row["detail"])
        said = {field: row[column] for field, column in self._says.items()}
        aggregate = replace(written, version=row["version"], **said)  # type: ignore[type-var]  # they are dataclasses
        moved = self.names_person and row["person_id"] != aggregate.person_id
        return self._about(aggregate, row["person_id"]) if moved else aggregate


def _about(aggregate: AggregateT, person_id: UUID) -> AggregateT:
    return replace(aggregate, person_id=person_id)  # type: ignore[type-var]  # aggregates are dataclasses


class PostgresAggregates(Generic[AggregateT]):
    """The aggregates of one kind, as one unit of work sees them."""

    def __init__(self, session: Session, kind: Kind[AggregateT]) -> None:
        self._session = session
        self._kind = kind

    async def get(self, key: UUID, *, version: int | None = None) -> AggregateT:
        """The aggregate; with `version`, only if it still is the one that the caller has read.

        Raises:
            NotFound: there is none that this caller may know of.
            StaleVersion: somebody changed it since.
        """
        found = await self.select("id = $1", key)
        if not found:
            raise NotFound(f"There is no such {self._kind.noun}. Check the id.")
        if version is not None and found[0].version != version:
            raise StaleVersion
        return found[0]

    async def select(self, condition: str, *arguments: Any) -> list[AggregateT]:
        """Those that meet a condition of our own, which says the order and the limit too."""
        sql = f"SELECT detail::text AS detail, {self._kind.read} FROM {self._kind.table} WHERE {condition}"
        return [self._kind.to_aggregate(row) for row in await self._session.rows(sql, *arguments)]

    async def page_of(
        self, condition: str, *arguments: Any, whose: Principal, after: UUID | None, limit: int
    ) -> list[AggregateT]:
        """Those that the caller may see and that meet a condition (parameters from $4 on), by their ids."""
        reach = reach_of(whose)
        ordered = f"{condition} AND {reach.condition} AND id > $2 ORDER BY id LIMIT $3"
        return await self.select(ordered, reach.value, after or BEGINNING, limit, *arguments)

    def add(self, aggregate: AggregateT) -> None:
        """Insert a new one."""
        self._session.add(self._kind.model, **self._row(aggregate))

    async def save(self, aggregate: AggregateT) -> AggregateT:
        """Write a changed one over the version that was read, and return it at its new version.

        Raises:
            StaleVersion: somebody else was quicker.
        """
        saved = replace(aggregate, version=aggregate.version + 1)  # type: ignore[type-var]
        row = self._row(saved)
        changes = {name: value for name, value in row.items() if name not in self._kind.fixed}
        await self._session.save(self._kind.model, aggregate.id, aggregate.version, **changes)
        return saved

    async def save_many(self, changed: Sequence[AggregateT], *, read: Mapping[UUID, int]) -> None:
        """Write changed ones, which bear their new versions, over the versions that were read, by one statement.

        Raises:
            StaleVersion: somebody else was quicker with one of them.
        """
        rows = [self._row(aggregate) for aggregate in changed]
        kept = self._kind.fixed - {"version"}
        changes = [{name: value for name, value in row.items() if name not in kept} for row in rows]
        await self._session.save_many(self._kind.model, {one.id: read[one.id] for one in changed}, changes)

    def _row(self, aggregate: AggregateT) -> dict[str, Any]:
        return self._kind.to_row(aggregate)


class SealedAggregates(PostgresAggregates[AggregateT]):
    """The same, where the whole tells of a person's situation in words: what is not a column is encrypted."""

    @override
    async def select(self, condition: str, *arguments: Any) -> list[AggregateT]:
        sql = f"SELECT id, detail_cipher, {self._kind.read} FROM {self._kind.table} WHERE {condition}"
        rows = await self._session.rows(sql, *arguments)
        return [self._kind.to_aggregate({**row, "detail": self._opened(row)}) for row in rows]

    @override
    def _row(self, aggregate: AggregateT) -> dict[str, Any]:
        row = self._kind.to_row(aggregate)
        sealed = self._sealed(aggregate.id, row.pop("detail"))
        return {**row, "detail_cipher": sealed}

    def _sealed(self, key: UUID, detail: str) -> bytes:
        return self._session.cipher.encrypt(detail, table=self._kind.table, column="detail", row=key)

    def _opened(self, row: Any) -> str:
        return self._session.cipher.decrypt(
            row["detail_cipher"], table=self._kind.table, column="detail", row=row["id"]
        )
