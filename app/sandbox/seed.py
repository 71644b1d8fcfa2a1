"""Fills a sandbox with synthetic people and their certificates: the same for the same seed, with progress shown."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

import asyncpg
from rich.console import Console
from rich.progress import Progress
from sqlmodel import SQLModel
from uuid_utils.compat import uuid7

from app.adapters.crypto import BlindIndex, FieldCipher
from app.adapters.keys import Keys
from app.adapters.postgres import statements
from app.adapters.postgres.tables import (
    CertificateRow,
    CertificateVersionRow,
    EconomicStatusRow,
    HouseholdMemberRow,
    PersonIdentifierRow,
    PersonNameRow,
    PersonRow,
)
from app.adapters.rulebooks import load_regions, load_rulebooks
from app.domain.certificate import valid_until
from app.domain.person import FactSource, Language, PreferredFormat
from app.domain.shared.identity import CertificateNumber, CitizenNumber, category_of, heaviest
from app.domain.shared.region import Level
from app.domain.shared.rulebook import Rulebook
from app.sandbox.authority import sandbox_id
from app.sandbox.people import Shares, SyntheticPerson, people

BATCH = 2_000
BATCHES_PER_ANALYSIS = 8
SEED = 652301
SINCE = date(2020, 1, 1)
COUNTY_PATH = "65/6523/652301"

_KNOWN = """
SELECT value_index FROM person_identifier WHERE scheme = $1 AND value_index = ANY ($2) AND valid_to IS NULL
"""

Rows = dict[type[SQLModel], list[dict[str, Any]]]


def run(owner_dsn: str, keys: Keys, *, persons: int, seed: int = SEED, console: Console | None = None) -> float:
    """See to it that so many synthetic people of a seed are there, and return the seconds that it took."""
    return asyncio.run(_run(owner_dsn, keys, persons, seed, console or Console(stderr=True)))


def villages() -> tuple[str, ...]:
    """The paths of the invented villages that people are put into."""
    return tuple(
        region.path
        for region in load_regions()
        if region.level is Level.VILLAGE and region.path.startswith(COUNTY_PATH)
    )


async def _run(owner_dsn: str, keys: Keys, persons: int, seed: int, console: Console) -> float:  # noqa: PLR0917
    started = datetime.now(UTC)
    rules = Rulebook(load_rulebooks()).at(COUNTY_PATH, started.date())
    made = people(persons, villages=villages(), shares=Shares.of(rules), seed=seed)
    scribe = _Scribe(
        FieldCipher(keys.fields),
        BlindIndex(keys.fields, key_id=keys.index_key_id),
        rules.years("certificate.validity").value,
    )
    connection = await asyncpg.connect(owner_dsn)
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
    try:
        with Progress(console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Synthetic people", total=persons)
            for number, batch in enumerate(_batches(made)):
                if number % BATCHES_PER_ANALYSIS == 1:
                    await _analyse(connection)
                await _write(connection, scribe.rows(await scribe.unknown(connection, batch)))
                progress.advance(task, len(batch))
        await _analyse(connection)
    finally:
        await connection.close()
    return (datetime.now(UTC) - started).total_seconds()


async def _analyse(connection: asyncpg.Connection) -> None:
    """Tell the planner how the tables have grown, or it goes on with plans that were made for empty ones."""
    for table in ("person", "person_name", "person_identifier", "certificate", "certificate_version"):
        await connection.execute(f"ANALYZE {table}")


async def _write(connection: asyncpg.Connection, rows: Rows) -> None:
    async with connection.transaction():
        await connection.execute("SET LOCAL yian.reach = 'migration'")
        for model, batch in rows.items():
            values = [statements.parameters(model, [row]) for row in batch]
            await connection.executemany(statements.insert(model, 1, 1), values)


def _batches(made: Iterator[SyntheticPerson]) -> Iterable[list[SyntheticPerson]]:
    while batch := list(islice(made, BATCH)):
        yield batch


class _Scribe:
    """Writes synthetic people down as rows, sealed like real ones."""

    def __init__(self, cipher: FieldCipher, index: BlindIndex, validity_years: int) -> None:
        self._cipher = cipher
        self._index = index
        self._validity_years = validity_years
        self._households: dict[int, UUID] = {}

    async def unknown(self, connection: asyncpg.Connection, batch: list[SyntheticPerson]) -> list[SyntheticPerson]:
        """Those who are not on record yet, so that the same seed may be sown twice and adds only what is missing."""
        digests = {self._index.of(CitizenNumber.scheme, person.number.value): person for person in batch}
        async with connection.transaction():
            await connection.execute("SET LOCAL yian.reach = 'migration'")
            known = await connection.fetch(_KNOWN, CitizenNumber.scheme, list(digests))
        for row in known:
            del digests[row["value_index"]]
        return list(digests.values())

    def rows(self, batch: list[SyntheticPerson]) -> Rows:
        """All rows of a batch, parents before children."""
        rows: Rows = {
            model: []
            for model in (
                PersonRow,
                PersonNameRow,
                PersonIdentifierRow,
                EconomicStatusRow,
                HouseholdMemberRow,
                CertificateRow,
                CertificateVersionRow,
            )
        }
        for person in batch:
            self._write_person(person, uuid7(), rows)
        return rows

    def _write_person(self, person: SyntheticPerson, key: UUID, rows: Rows) -> None:
        held = {"person_id": key, "valid_from": SINCE, "valid_to": None}
        rows[PersonRow].append(
            {
                "id": key,
                "region_path": person.region,
                "registration_path": person.region,
                "registration_since": None,
                "residence_since": None,
                "birth_date": person.number.born_on,
                "sex": person.number.sex,
                "preferred_format": PreferredFormat.STANDARD,
                "preferred_language": Language.CHINESE,
                "merged_into": None,
                "clock_id": None,
                "version": 1,
            }
        )
        rows[PersonNameRow].append({**held, **self._sealed("person_name", "name", person.name, purpose="person_name")})
        identifier = self._sealed("person_identifier", "value", person.number.value, purpose=CitizenNumber.scheme)
        rows[PersonIdentifierRow].append({**held, **identifier, "scheme": CitizenNumber.scheme})
        by_register = {"source": FactSource.AUTHORITY, "recorded_by": None}
        rows[EconomicStatusRow].append({**held, "id": uuid7(), "status": person.status, **by_register})
        household = self._households.setdefault(person.household, uuid7())
        rows[HouseholdMemberRow].append({**held, "household_id": household, "relation": "unknown"})
        if person.issued_on is not None:
            self._write_certificate(person, person.issued_on, key, rows)

    def _write_certificate(self, person: SyntheticPerson, issued_on: date, key: UUID, rows: Rows) -> None:  # noqa: PLR0917
        certificate, federation = uuid7(), sandbox_id("organisation", "county_federation")
        category, grade = category_of(person.components), heaviest(person.components)
        number = CertificateNumber.of(person.number, category=category, grade=grade)
        rows[CertificateRow].append(
            {
                "id": certificate,
                "person_id": key,
                "region_path": person.region,
                "application_id": None,
                "accepting_organisation_id": federation,
                "approving_organisation_id": federation,
                "version": 1,
            }
        )
        rows[CertificateVersionRow].append(
            {
                "certificate_id": certificate,
                "version": 1,
                "person_id": key,
                "number_cipher": self._cipher.encrypt(
                    number.value, table="certificate_version", column="number/1", row=certificate
                ),
                "number_index": self._index.of(CertificateNumber.scheme, number.value),
                "name_index": self._index.of("person_name", person.name),
                "identifier_index": self._index.of(CitizenNumber.scheme, person.number.value),
                "category": category,
                "components": {str(single.value): found.value for single, found in person.components.items()},
                "grade": grade,
                "status": "in_force",
                "status_since": None,
                "status_reason": None,
                "issued_on": issued_on,
                "valid_until": valid_until(issued_on, years=self._validity_years),
                "is_current": True,
                "clock_id": None,
            }
        )

    def _sealed(self, table: str, column: str, value: str, *, purpose: str) -> dict[str, Any]:
        key = uuid7()
        return {
            "id": key,
            f"{column}_cipher": self._cipher.encrypt(value, table=table, column=column, row=key),
            f"{column}_index": self._index.of(purpose, value),
        }
