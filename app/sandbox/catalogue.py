"""The services that the sandbox's organisations offer, written to the database as they stand in catalogue.yaml."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import asyncpg
import yaml

from app.adapters.postgres import statements
from app.adapters.postgres.catalogue import to_row
from app.adapters.postgres.tables import ServiceRow
from app.adapters.rulebooks import load_rulebooks
from app.domain.catalogue import (
    Capacity,
    Feature,
    Location,
    Mode,
    Phone,
    PhoneKind,
    ProviderKind,
    Schedule,
    Service,
    ServiceType,
    Weekday,
    service_types,
)
from app.domain.shared.region import path_of
from app.domain.shared.rulebook import Rulebook
from app.domain.shared.wording import Wording
from app.sandbox.authority import sandbox_id

COUNTY = "652301"
COUNTED_ON = date(2026, 11, 1)
"""The day on which the invented places were counted."""
COUNTED_AT = datetime(2026, 11, 1, 1, tzinfo=UTC)


async def write_catalogue(connection: asyncpg.Connection) -> None:
    """Write what is not there yet; run again, it changes nothing."""
    rows = [to_row(service, modified_at=COUNTED_AT) for service in services()]
    sql = f"{statements.insert(ServiceRow, len(rows), 1)} ON CONFLICT DO NOTHING"
    await connection.execute(sql, *statements.parameters(ServiceRow, rows))


def services() -> Iterator[Service]:
    """All services as written.

    Raises:
        NotThisService: one of them is not what the rules call so.
    """
    written = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    types = service_types(Rulebook(load_rulebooks()).at(path_of(COUNTY), COUNTED_ON))
    locations = {key: _location(key, entry) for key, entry in written["locations"].items()}
    for entry in written["services"]:
        kind = types[entry["code"]]
        service = _service(entry, kind, locations)
        kind.require_same(service)
        yield service


def _service(entry: dict[str, Any], kind: ServiceType, locations: dict[str, Location]) -> Service:
    return Service(
        id=sandbox_id("service", entry["key"]),
        organisation_id=sandbox_id("organisation", entry["organisation"]),
        code=kind.code,
        family=kind.family,
        name=Wording(**entry["name"]),
        description=Wording(**entry["description"]),
        provider_kind=ProviderKind(entry["provider_kind"]),
        region=path_of(entry.get("region", COUNTY)),
        meets=frozenset(entry["meets"]),
        mode=Mode(entry.get("mode", Mode.AT_PLACE)),
        serves=tuple(path_of(code) for code in entry.get("serves", [])),
        locations=tuple(locations[key] for key in entry.get("locations", [])),
        languages=frozenset(entry["languages"]),
        capacity=Capacity(**entry["capacity"], as_of=COUNTED_ON) if "capacity" in entry else None,
        waiting_days=entry.get("waiting_days"),
        documents=tuple(entry.get("documents", [])),
        taxonomies=tuple(entry.get("taxonomies", [])),
        schedules=_schedules(entry),
        phones=_phones(entry),
    )


def _location(key: str, entry: dict[str, Any]) -> Location:
    return Location(
        id=sandbox_id("location", key),
        name=Wording(zh=entry["zh"], en=entry["en"]),
        region=path_of(entry["region"]),
        features=frozenset(Feature(feature) for feature in entry["features"]),
        schedules=_schedules(entry),
        phones=_phones(entry),
    )


def _schedules(entry: dict[str, Any]) -> tuple[Schedule, ...]:
    return tuple(
        Schedule(
            days=tuple(Weekday(day) for day in open_on.get("days", ())),
            weeks=tuple(open_on.get("weeks", ())),
            month_days=tuple(open_on.get("month_days", ())),
            opens_at=time.fromisoformat(open_on["opens_at"]),
            closes_at=time.fromisoformat(open_on["closes_at"]),
        )
        for open_on in entry.get("schedules", [])
    )


def _phones(entry: dict[str, Any]) -> tuple[Phone, ...]:
    return tuple(Phone(number=phone["number"], kind=PhoneKind(phone["kind"])) for phone in entry.get("phones", []))
