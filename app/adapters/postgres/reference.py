"""Rules and regions of the deployment, held in memory and read again when the database says that they have changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import asyncpg

from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.entry import RuleValue
from app.domain.shared.provenance import Confidence
from app.domain.shared.region import Region, Regions
from app.domain.shared.rulebook import Rule, Rulebook

_RULES = """
SELECT subject, region_path, value, unit, source, confidence, version, supersedes, note, valid_from, valid_to,
       recorded_at
FROM rule
"""
_REGIONS = """
SELECT c.code, c.name, c.name_en, c.source, c.confidence, c.valid_from, c.valid_to, c.aliases, c.successors,
       r.is_synthetic
FROM region_code c JOIN region r ON r.id = c.region_id
"""
_DAY = "@date"
"""How a day is told from a text inside a rule's JSON."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Rules and regions as they were at one revision. Whoever has begun with it ends with it."""

    revision: int | None = None
    rulebook: Rulebook = field(default_factory=lambda: Rulebook(()))
    regions: Regions = field(default_factory=lambda: Regions(()))
    _calendars: dict[str, WorkingCalendar] = field(default_factory=dict)

    def calendar(self, region: str) -> WorkingCalendar:
        """The working calendar of a region, built once a revision."""
        if region not in self._calendars:
            self._calendars[region] = WorkingCalendar.of_region(self.rulebook, region)
        return self._calendars[region]


@dataclass(slots=True)
class ReferenceData:
    """What every request may read without a query: the newest revision that this process has seen."""

    held: Reference = field(default_factory=Reference)

    async def at(self, connection: asyncpg.Connection, revision: int | None) -> Reference:
        """What is in force at the newest rule on record; read again, a few hundred rows, where that is another one."""
        if revision != self.held.revision:
            rules = await connection.fetch(_RULES)
            regions = await connection.fetch(_REGIONS)
            self.held = Reference(
                revision, Rulebook(to_rule(row) for row in rules), Regions(_to_region(row) for row in regions)
            )
        return self.held


def to_rule(row: Mapping[str, Any]) -> Rule:
    """The rule that a row holds."""
    return Rule(
        subject=row["subject"],
        region=row["region_path"],
        value=frozen(row["value"]),
        unit=row["unit"],
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        version=row["version"],
        supersedes=row["supersedes"],
        note=row["note"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        recorded_at=row["recorded_at"],
    )


def frozen(value: Any) -> RuleValue:
    """A rule's value from JSON: immutable, days as days."""
    match value:
        case {"@date": str(day)}:
            return date.fromisoformat(day)
        case dict():
            return {key: frozen(item) for key, item in value.items()}
        case list():
            return tuple(frozen(item) for item in value)
        case None | bool() | int() | str():
            return value
    raise TypeError(f"A rule cannot hold a {type(value).__name__}.")


def plain(value: RuleValue) -> Any:
    """A rule's value as JSON; the reverse of `frozen`."""
    match value:
        case date():
            return {_DAY: value.isoformat()}
        case Mapping():
            return {key: plain(item) for key, item in value.items()}
        case tuple():
            return [plain(item) for item in value]
        case _:
            return value


def _to_region(row: asyncpg.Record) -> Region:
    return Region(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        aliases=tuple(row["aliases"]),
        successors=tuple(row["successors"]),
        is_synthetic=row["is_synthetic"],
    )
