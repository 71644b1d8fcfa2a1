"""Row-level security on what is written: each kind of caller tries, by raw SQL, to write beyond its own reach."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres.roles import APP
from app.sandbox.authority import sandbox_id
from tests.acting import World, open_world
from tests.api.probes import Scene, a_scene

pytestmark = [pytest.mark.anyio, pytest.mark.database]

HERE = "65/6523/652301/"
ELSEWHERE = "65/6523/652302/"
SOON = str(datetime.now(UTC).date() + timedelta(days=30))
"""A day on which the parties of the scene are parties, whose clock was put forward a little."""
CHANGEABLE = (
    *("person", "person_name", "person_identifier", "person_contact", "economic_status", "certificate"),
    *("certificate_version", "certificate_case", "application", "application_item", "benefit_case", "need", "plan"),
    *(
        "referral",
        "case_clock",
        "consent",
        "confirmation",
        "offer",
        "uncertified_entry",
        "register_discrepancy",
        "survey_entry",
        "survey_finding",
        "person_duplicate",
        "delivery_finding",
        "complaint",
        "inspection",
        "beneficiary",
    ),
)
"""Tables in which the service may change rows of the scene's person."""
FOREVER = ("assessment", "archive_document", "event", "access_record", "party")
"""Tables whose rows never change by the service's own statement."""
BELONGING = ("id", "person_id", "region_path", "application_id")
"""What a row is and belongs to."""


AS_ANOTHER: dict[str, dict[str, Any]] = {
    "application_item": {"code": "copy", "is_finished": True},
    "certificate_version": {"version": 99, "is_current": False},
    "need": {"code": "copy"},
    "offer": {"stage": "declined"},
    "register_discrepancy": {"stage": "kept", "entry_index": b"copy"},
    "plan": {"revision": 99, "stage": "draft"},
    "referral": {"stage": "declined"},
    "consent": {"stage": "withdrawn"},
    "survey_finding": {"check_code": "copy"},
    "uncertified_entry": {"stage": "closed"},
    "beneficiary": {"valid_from": date(2020, 1, 1), "valid_to": date(2020, 1, 1)},
}
"""What is different in a copy of a row, so that only the wall can be against it."""
NUMBERED = ("position", "transaction_id", "county_path", "township_path")
"""What the database writes by itself."""


@dataclass(frozen=True)
class Played:
    """One person's case from the application to a referral."""

    scene: Scene
    superuser: asyncpg.Connection

    async def any_row(self, table: str) -> dict[str, Any]:
        """A row of the table that belongs to the person of the scene."""
        column = "id" if table == "person" else "person_id"
        row = await self.superuser.fetchrow(
            f"SELECT * FROM {table} WHERE {column} = $1 LIMIT 1", UUID(self.scene.person_id)
        )
        assert row is not None, f"The scene leaves nothing in {table}."
        return dict(row)


@pytest.fixture(scope="module")
async def scene(api: Any) -> Scene:
    """Played once: whatever is tried against it comes to nothing."""
    return await a_scene(await open_world(api))


@pytest.fixture
async def played(scene: Scene, superuser: asyncpg.Connection) -> AsyncIterator[Played]:
    contact = uuid4()
    phone = "INSERT INTO person_contact SELECT $1, $2, 'phone', '\\x00', '\\x00', '2026-01-01'"
    await superuser.execute(phone, contact, UUID(scene.person_id))
    yield Played(scene, superuser)
    await superuser.execute("DELETE FROM person_contact WHERE id = $1", contact)  # nobody could open it


@pytest.fixture
async def connection(superuser_dsn: Callable[[str], str]) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the service, inside a transaction that comes to nothing."""
    opened = await asyncpg.connect(superuser_dsn(APP))
    await opened.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=str)
    await opened.execute("BEGIN")
    yield opened
    await opened.execute("ROLLBACK")
    await opened.close()


async def tried(connection: asyncpg.Connection, sql: str, *arguments: Any) -> str:
    """What came of a statement: how many rows, or that a wall or a privilege stood in the way."""
    await connection.execute("SAVEPOINT trial")
    try:
        done: str = await connection.execute(sql, *arguments)
    except asyncpg.InsufficientPrivilegeError:
        done = "refused"
    await connection.execute("ROLLBACK TO trial")
    return done


def touching(table: str) -> str:
    column = "id" if table == "person" else "person_id"
    changed = {"certificate_version": "is_current", "application_item": "is_finished", "idempotency_key": "replays"}
    changed |= {"person_duplicate": "version"}
    mutable = changed.get(table, "valid_to" if table.startswith(("person_", "economic")) else "version")
    return f"UPDATE {table} SET {mutable} = {mutable} WHERE {column} = $1"


async def copied(played: Played, connection: asyncpg.Connection, table: str, *, client: UUID) -> str:
    """What comes of adding a copy of one of the person's rows."""
    row = await played.any_row(table)
    row |= AS_ANOTHER.get(table, {}) | {name: uuid4() for name in ("id", "case_id") if row.get(name)}
    row |= {"other_id": row["person_id"]} if "other_id" in row else {}
    row |= {"source_id": client, "source_number": uuid4().hex} if table == "application" else {}
    names = [name for name in row if name not in NUMBERED]
    values = ", ".join(f"${number}" for number in range(1, len(names) + 1))
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})"
    return await tried(connection, sql, *(row[name] for name in names))


@pytest.mark.parametrize("table", CHANGEABLE)
async def test_an_office_changes_what_lies_in_its_area_and_nothing_else(
    played: Played, connection: asyncpg.Connection, table: str
) -> None:
    person = UUID(played.scene.person_id)

    await gate.step_in(connection, reach="cases", areas=f"{{{HERE}}}")
    here = await tried(connection, touching(table), person)
    await gate.step_in(connection, reach="cases", areas=f"{{{ELSEWHERE}}}")
    elsewhere = await tried(connection, touching(table), person)

    assert (here != "UPDATE 0", elsewhere) == (True, "UPDATE 0")


@pytest.mark.parametrize("reach", ["intake", "verification"])
@pytest.mark.parametrize("table", CHANGEABLE)
async def test_whoever_looks_further_than_the_own_cases_changes_nothing(
    played: Played, connection: asyncpg.Connection, *, table: str, reach: str
) -> None:
    for areas in ("{}", f"{{{HERE}}}"):
        await gate.step_in(connection, reach=reach, areas=areas, parties=f"{{{played.scene.person_id}}}")

        assert await tried(connection, touching(table), UUID(played.scene.person_id)) == "UPDATE 0"


@pytest.mark.parametrize("table", FOREVER)
async def test_what_only_grows_is_changed_by_nobody(played: Played, connection: asyncpg.Connection, table: str) -> None:
    await gate.step_in(connection, reach="cases", areas=f"{{{HERE}}}")
    row = await played.superuser.fetchrow(f"SELECT * FROM {table} LIMIT 1")

    refused = {
        name: await tried(connection, f"UPDATE {table} SET {name} = {name}") for name in dict(row) if name != "position"
    }

    assert set(refused.values()) == {"refused"}


@pytest.mark.parametrize("table", CHANGEABLE)
async def test_what_a_row_belongs_to_is_changed_by_nobody(
    played: Played, connection: asyncpg.Connection, table: str
) -> None:
    await gate.step_in(connection, reach="cases", areas=f"{{{HERE}}}")
    columns = {*BELONGING, "registration_path", "source_id"} & (await played.any_row(table)).keys()

    refused = [await tried(connection, f"UPDATE {table} SET {name} = {name}") for name in columns]

    assert refused == ["refused"] * len(columns)


ADDABLE = tuple(
    table
    for table in CHANGEABLE
    if table
    not in {"person", "application", "application_item", "person_identifier", "survey_entry", "complaint", "inspection"}
)


@pytest.mark.parametrize("table", [*ADDABLE, "assessment", "archive_document"])
async def test_an_office_adds_in_its_area_and_nowhere_else(
    played: Played, connection: asyncpg.Connection, table: str
) -> None:
    await gate.step_in(connection, reach="cases", areas=f"{{{HERE}}}")
    here = await copied(played, connection, table, client=uuid4())
    await gate.step_in(connection, reach="cases", areas=f"{{{ELSEWHERE}}}")
    elsewhere = await copied(played, connection, table, client=uuid4())

    assert (here, elsewhere) == ("INSERT 0 1", "refused")


@pytest.mark.parametrize("table", [*ADDABLE, "assessment", "application_item", "event"])
async def test_verification_adds_nothing_to_anybodys_record(
    played: Played, connection: asyncpg.Connection, table: str
) -> None:
    await gate.step_in(connection, reach="verification", areas=f"{{{HERE}}}", parties=f"{{{played.scene.person_id}}}")

    assert await copied(played, connection, table, client=uuid4()) == "refused"


@pytest.mark.parametrize("table", [*ADDABLE, "assessment", "application_item", "person_identifier"])
async def test_a_portal_in_intake_adds_nothing_to_what_is_on_record(
    played: Played, connection: asyncpg.Connection, table: str
) -> None:
    await gate.step_in(connection, reach="intake", parties=f"{{{uuid4()}}}")

    assert await copied(played, connection, table, client=uuid4()) == "refused"


async def test_a_portal_hands_in_under_its_own_name_alone(played: Played, connection: asyncpg.Connection) -> None:
    mine, theirs = uuid4(), uuid4()
    await gate.step_in(connection, reach="intake", client=str(mine))

    assert await copied(played, connection, "application", client=mine) == "INSERT 0 1"
    assert await copied(played, connection, "application", client=theirs) == "refused"


async def test_an_office_takes_in_for_its_own_area_alone(played: Played, connection: asyncpg.Connection) -> None:
    client = uuid4()
    for area, expected in ((HERE, "INSERT 0 1"), (ELSEWHERE, "refused")):
        await gate.step_in(connection, reach="intake", areas=f"{{{area}}}", client=str(client))

        assert await copied(played, connection, "application", client=client) == expected
        assert await copied(played, connection, "person", client=client) == expected


async def test_nobody_writes_an_event_or_a_record_of_access_in_anothers_name(
    played: Played, connection: asyncpg.Connection
) -> None:
    event = await played.any_row("event")
    for actor, expected in ((event["actor_id"], "INSERT 0 1"), (uuid4(), "refused")):
        await gate.step_in(connection, reach="cases", areas=f"{{{HERE}}}", actor=str(actor))
        record = (
            "INSERT INTO access_record "
            "(recorded_at, actor_id, client_id, operation, disclosed, person_ids, request_id) "
            "VALUES (now(), $1, $1, 'get_person', '{}', '{}', 'r')"
        )

        assert await tried(connection, record, event["actor_id"]) == expected
        assert await copied(played, connection, "event", client=uuid4()) == expected


async def test_an_event_of_another_area_is_not_written(played: Played, connection: asyncpg.Connection) -> None:
    event = await played.any_row("event")
    await gate.step_in(connection, reach="cases", areas=f"{{{ELSEWHERE}}}", actor=str(event["actor_id"]))

    assert await copied(played, connection, "event", client=uuid4()) == "refused"


ADMIT = "INSERT INTO party (case_id, party_id, role, person_id, valid_from) VALUES ($1, $2, $3, $4, '2026-01-01')"


async def test_an_office_lets_in_to_cases_of_its_area_alone(played: Played, connection: asyncpg.Connection) -> None:
    case, person = UUID(played.scene.certificate_case), UUID(played.scene.person_id)
    for area, expected in ((HERE, "INSERT 0 1"), (ELSEWHERE, "refused")):
        await gate.step_in(connection, reach="cases", areas=f"{{{area}}}")

        assert await tried(connection, ADMIT, case, uuid4(), "evaluator", person) == expected
        assert await tried(connection, ADMIT, UUID(played.scene.application_id), uuid4(), "evaluator", None) == expected
        assert await tried(connection, ADMIT, uuid4(), uuid4(), "provider", person) == expected


async def test_an_office_lets_nobody_in_to_an_existing_case_of_another_area_by_a_person_of_its_own(
    played: Played, connection: asyncpg.Connection, api: Any
) -> None:
    """The party's case and the party's person are both asked about."""
    person = UUID((await open_world(api)).citizen["person_id"])
    await played.superuser.execute(
        "UPDATE person SET region_path = $2, registration_path = $2 WHERE id = $1", person, ELSEWHERE[:-1]
    )
    await gate.step_in(connection, reach="cases", areas=f"{{{ELSEWHERE}}}")

    assert await tried(connection, ADMIT, uuid4(), uuid4(), "provider", person) == "INSERT 0 1"
    assert await tried(connection, ADMIT, UUID(played.scene.referral_id), uuid4(), "provider", person) == "refused"
    assert (
        await tried(connection, ADMIT, UUID(played.scene.certificate_case), uuid4(), "evaluator", person) == "refused"
    )


async def test_a_portal_makes_itself_a_party_to_nothing_but_what_it_hands_in(
    played: Played, connection: asyncpg.Connection
) -> None:
    portal = uuid4()
    await gate.step_in(connection, reach="intake", actor=str(portal), parties=f"{{{portal}}}")

    assert await tried(connection, ADMIT, uuid4(), portal, "portal", None) == "INSERT 0 1"
    assert await tried(connection, ADMIT, uuid4(), uuid4(), "portal", None) == "refused"
    assert await tried(connection, ADMIT, uuid4(), portal, "portal", UUID(played.scene.person_id)) == "refused"
    for case in (played.scene.application_id, played.scene.certificate_case, played.scene.referral_id):
        assert await tried(connection, ADMIT, UUID(case), portal, "portal", None) == "refused"


async def test_whoever_reaches_by_party_lets_nobody_else_in(played: Played, connection: asyncpg.Connection) -> None:
    hospital = sandbox_id("organisation", "evaluation_hospital")
    await gate.step_in(connection, reach="cases", parties=f"{{{hospital}}}", today=SOON)

    assert await tried(connection, ADMIT, UUID(played.scene.certificate_case), uuid4(), "evaluator", None) == "refused"


async def test_a_party_is_given_more_or_less_time_only_by_who_changes_the_case(
    played: Played, connection: asyncpg.Connection
) -> None:
    """Where the case stays as it is, nothing happens; who may change it is held by the wall of the case."""
    bound = "SELECT bound_party($2, $1, 'provider', '2099-01-01', '2099-01-01')"
    referral = UUID(played.scene.referral_id)
    provider = await played.superuser.fetchval("SELECT party_id FROM party WHERE case_id = $1", referral)
    await gate.step_in(connection, reach="cases", areas=f"{{{HERE}}}", parties=f"{{{provider}}}", today=SOON)
    last_day = "SELECT valid_to FROM party WHERE case_id = $1"

    await connection.execute(bound, referral, provider)
    untouched = await connection.fetchval(last_day, referral)
    await connection.execute("UPDATE referral SET version = version WHERE id = $1", referral)
    await connection.execute(bound, referral, provider)

    assert untouched < date(2099, 1, 1) == await connection.fetchval(last_day, referral)


async def test_the_keys_of_another_system_are_neither_read_nor_written(
    played: Played, connection: asyncpg.Connection, world: World
) -> None:
    key = await played.superuser.fetchrow("SELECT actor_id, client_id FROM idempotency_key LIMIT 1")
    insert = (
        "INSERT INTO idempotency_key (actor_id, client_id, key, request_digest, created_at, replays) "
        "VALUES ($1, $2, 'another', '', now(), 0)"
    )
    for client, expected in ((key["client_id"], "INSERT 0 1"), (uuid4(), "refused")):
        await gate.step_in(connection, reach="cases", actor=str(key["actor_id"]), client=str(client))

        seen = await connection.fetchval("SELECT count(*) FROM idempotency_key")
        assert (seen > 0) is (expected != "refused")
        assert await tried(connection, insert, key["actor_id"], key["client_id"]) == expected


async def test_a_provider_and_an_institution_see_no_evidence_of_whom_they_serve_and_change_none(
    played: Played, connection: asyncpg.Connection
) -> None:
    """They may see the person; what is held of the person is not for them."""
    person, of_person = UUID(played.scene.person_id), "SELECT count(*) FROM evidence WHERE person_id = $1"
    asked_on = await played.superuser.fetchval(
        "SELECT valid_from FROM party WHERE case_id = $1", UUID(played.scene.referral_id)
    )
    seen = {}
    for who in ("home_care_society", "evaluation_hospital"):
        parties = f"{{{sandbox_id('organisation', who)}}}"
        await gate.step_in(connection, reach="cases", parties=parties, today=str(asked_on))
        knows = await connection.fetchval("SELECT count(*) FROM person WHERE id = $1", person)
        changed = await tried(connection, "UPDATE evidence SET version = version WHERE person_id = $1", person)
        seen[who] = (knows, await connection.fetchval(of_person, person), changed)
    await gate.step_in(connection, reach="cases", areas=f"{{{HERE}}}")

    assert seen == dict.fromkeys(seen, (1, 0, "UPDATE 0"))
    assert await connection.fetchval(of_person, person) > 0


async def test_nobody_is_let_in_to_a_decision_or_to_the_story_of_anything_as_if_asked_for_a_word(
    played: Played, connection: asyncpg.Connection
) -> None:
    stranger = uuid4()
    await gate.step_in(connection, reach="cases", parties=f"{{{stranger}}}")
    about = await played.superuser.fetch(
        "SELECT DISTINCT subject_id FROM event WHERE person_id = $1", UUID(played.scene.person_id)
    )

    let_in = {await tried(connection, ADMIT, row["subject_id"], stranger, "citizen", None) for row in about}

    assert let_in == {"refused"}
    assert await tried(connection, ADMIT, uuid4(), stranger, "citizen", None) == "INSERT 0 1"


@pytest.mark.parametrize("table", ["consent", "offer", "confirmation"])
async def test_an_office_elsewhere_writes_nothing_about_a_person_of_another_place_by_calling_it_its_own(
    played: Played, connection: asyncpg.Connection, table: str
) -> None:
    row = await played.any_row(table)
    row |= AS_ANOTHER.get(table, {}) | {name: uuid4() for name in ("id", "case_id") if name in row}
    values = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    await gate.step_in(connection, reach="cases", areas=f"{{{ELSEWHERE}}}")

    written = await tried(
        connection,
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})",
        *(row | {"region_path": ELSEWHERE[:-1]}).values(),
    )

    assert written == "refused"


async def test_nothing_of_a_consent_changes_but_that_it_is_taken_back_and_that_once(
    played: Played, connection: asyncpg.Connection
) -> None:
    consent = (await played.any_row("consent"))["id"]
    await gate.step_in(connection, reach="cases", areas=f"{{{HERE}}}")
    say = "UPDATE consent SET stage = $2 WHERE id = $1"

    assert await tried(connection, say, consent, "given") == "refused"
    await connection.execute(say, consent, "withdrawn")
    assert await tried(connection, say, consent, "given") == "UPDATE 0"


async def test_a_withdrawn_receipt_stays_withdrawn(played: Played, connection: asyncpg.Connection) -> None:
    receipt = await played.superuser.fetchval("SELECT id FROM receipt WHERE withdrawn_at IS NULL LIMIT 1")
    await gate.step_in(connection, reach="cases", areas=f"{{{HERE}}}")
    withdraw = "UPDATE receipt SET withdrawn_at = $2 WHERE id = $1"
    now = datetime.now(UTC)

    assert await tried(connection, withdraw, receipt, None) == "refused"
    await connection.execute(withdraw, receipt, now)
    assert await tried(connection, withdraw, receipt, None) == "UPDATE 0"
    assert await tried(connection, withdraw, receipt, now) == "UPDATE 0"


@pytest.mark.parametrize(("table", "column"), [("confirmation", "case_id"), ("offer", "item"), ("offer", "clock_id")])
async def test_what_a_word_or_an_offer_is_about_is_changed_by_nobody(
    connection: asyncpg.Connection, *, table: str, column: str
) -> None:
    await gate.step_in(connection, reach="cases", areas=f"{{{HERE}}}")

    assert await tried(connection, f"UPDATE {table} SET {column} = {column}") == "refused"


async def test_nobody_types_in_how_a_household_stands_in_anothers_name_or_in_a_registers(
    played: Played, connection: asyncpg.Connection
) -> None:
    mine, typed_in = uuid4(), "INSERT INTO economic_status SELECT $1, $2, 'low_income', 'authority', $3, NULL, $4"
    await gate.step_in(connection, reach="cases", areas=f"{{{HERE}}}", actor=str(mine))

    told = [
        await tried(connection, typed_in, uuid4(), UUID(played.scene.person_id), date(2026, 1, 1), name)
        for name in (mine, uuid4(), None)
    ]

    assert told == ["INSERT 0 1", "refused", "refused"]
