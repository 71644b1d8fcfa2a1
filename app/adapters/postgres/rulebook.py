"""Puts the rulebooks and the region tree that come with this version on record; what is there stays as it is."""

from datetime import datetime
from typing import Any

import asyncpg
from sqlmodel import SQLModel

from app.adapters.postgres import statements
from app.adapters.postgres.reference import plain
from app.adapters.postgres.tables import RegionCodeRow, RegionRow, RuleRow
from app.adapters.rulebooks import load_regions, load_rulebooks
from app.domain.shared.region import Region
from app.domain.shared.rulebook import Rule

ROWS_AT_ONCE = 200
_SUPERSEDE = """
UPDATE rule SET superseded_at = $4
WHERE subject = $1 AND region_path = $2 AND version <= $3 AND superseded_at IS NULL
"""


async def record_rulebooks(connection: asyncpg.Connection, *, at: datetime) -> int:
    """Append the rules that are not on record and return how many there were. Nothing is ever changed or removed."""
    known = {
        (row["subject"], row["region_path"], row["version"])
        for row in await connection.fetch("SELECT subject, region_path, version FROM rule")
    }
    new = [rule for rule in load_rulebooks() if (rule.subject, rule.region, rule.version) not in known]
    superseded = _superseded(new)
    for (subject, region), version in superseded.items():
        await connection.execute(_SUPERSEDE, subject, region, version, at)
    rows = [
        _rule_row(rule)
        | {"superseded_at": at if rule.version <= superseded.get((rule.subject, rule.region), 0) else None}
        for rule in new
    ]
    await _insert(connection, RuleRow, rows)
    return len(new)


async def record_regions(connection: asyncpg.Connection) -> int:
    """Add the regions and codes that are not on record, parents first, and return how many there were."""
    ids: dict[str, int] = {row["path"]: row["id"] for row in await connection.fetch("SELECT id, path FROM region")}
    codes = {row["code"] for row in await connection.fetch("SELECT code FROM region_code")}
    new = sorted((region for region in load_regions() if region.code not in codes), key=lambda region: region.path)
    rows = []
    for region in new:
        if region.path not in ids:
            ids[region.path] = len(ids) + 1
            rows.append(_region_row(region, ids))
    await _insert(connection, RegionRow, rows)
    await _insert(connection, RegionCodeRow, [_code_row(region, ids) for region in new])
    return len(new)


def _superseded(rules: list[Rule]) -> dict[tuple[str, str], int]:
    """Up to which version others take the place of a subject's rules in a region."""
    found: dict[tuple[str, str], int] = {}
    for rule in rules:
        if rule.supersedes is not None:
            key = rule.subject, rule.region
            found[key] = max(found.get(key, 0), rule.supersedes)
    return found


def _rule_row(rule: Rule) -> dict[str, Any]:
    return {
        "subject": rule.subject,
        "region_path": rule.region,
        "value": plain(rule.value),
        "unit": rule.unit,
        "source": rule.source,
        "confidence": rule.confidence.value,
        "version": rule.version,
        "supersedes": rule.supersedes,
        "note": rule.note,
        "valid_from": rule.valid_from,
        "valid_to": rule.valid_to,
        "recorded_at": rule.recorded_at,
    }


def _region_row(region: Region, ids: dict[str, int]) -> dict[str, Any]:
    return {
        "id": ids[region.path],
        "parent_id": ids.get(region.path.rpartition("/")[0]),
        "path": region.path,
        "level": region.level.value,
        "is_synthetic": region.is_synthetic,
    }


def _code_row(region: Region, ids: dict[str, int]) -> dict[str, Any]:
    return {
        "region_id": ids[region.path],
        "code": region.code,
        "valid_from": region.valid_from,
        "valid_to": region.valid_to,
        "name": region.name,
        "name_en": region.name_en,
        "source": region.source,
        "confidence": region.confidence.value,
        "aliases": list(region.aliases),
        "successors": list(region.successors),
    }


async def _insert(connection: asyncpg.Connection, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        batch = rows[start : start + ROWS_AT_ONCE]
        await connection.execute(statements.insert(model, len(batch), 1), *statements.parameters(model, batch))
