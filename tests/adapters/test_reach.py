"""Lists of an area: which rows they show, and that an index leads to them however much lies elsewhere."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import asyncpg
import pytest

from app.adapters.postgres import decision as decisions
from app.adapters.postgres.application import _FINISHED, _PAGE, LINE
from app.adapters.postgres.benefit import BENEFIT_CASES
from app.adapters.postgres.certificate_case import CERTIFICATE_CASES
from app.adapters.postgres.plan import PLANS
from app.adapters.postgres.reach import BEGINNING, one_area, within
from app.adapters.postgres.referral import REFERRALS
from app.adapters.postgres.review import REVIEWS
from app.adapters.postgres.roles import APP
from app.adapters.postgres.tables.columns import OF_COUNTY, OF_TOWNSHIP
from app.adapters.postgres.uncertified_entry import _WANTED, UNCERTIFIED_ENTRIES

pytestmark = [pytest.mark.anyio, pytest.mark.database]

TOWNSHIP = "65/6523/652301/652301104"
MANY = 20_000
NOBODY = "00000000-0000-0000-0000-000000000000"
PAGE = f"'{BEGINNING}', 100"
STAGES = f"{PAGE}, '{{submitted,draft,offered}}'"
LEDGER = f"{PAGE}, '{{open}}', NULL"
"""Of anybody; what follows is the owner, the reason, and by when the next contact is due."""
ELSEWHERE = """
(SELECT gen_random_uuid() AS key, format('65/6523/652301/652301%s/652301%s201', t, t) AS path, n % 4 = 0 AS is_done
 FROM generate_series(1, $1) n CROSS JOIN LATERAL (SELECT 100 + n % 200 AS t) township)
"""
"""Rows of two hundred townships, a quarter of them done with."""
FILLED = {
    "application": "id, person_id, region_path, package_code, package_version, source_id, source_number, channel, "
    "status, is_finished, form_cipher, submitted_at, version "
    f"SELECT key, '{NOBODY}', path, '', '', key, key::text, '', '', is_done, '', now(), 1",
    "certificate_case": "id, person_id, region_path, business, stage, detail, rule_versions, submitted_at, version "
    f"SELECT key, '{NOBODY}', path, '', CASE WHEN is_done THEN 'issued' ELSE 'submitted' END, '{{}}', '{{}}', now(), 1",
    "benefit_case": "id, person_id, region_path, application_id, code, stage, detail, rule_versions, submitted_at, "
    f"version SELECT key, '{NOBODY}', path, '{NOBODY}', '', CASE WHEN is_done THEN 'granted' ELSE 'submitted' END, "
    "'{}', '{}', now(), 1",
    "review": "id, person_id, region_path, decision_id, case_id, body_id, stage, filed_at, detail_cipher, version "
    f"SELECT key, '{NOBODY}', path, key, key, key, CASE WHEN is_done THEN 'decided' ELSE 'submitted' END, now(), '', 1",
    "plan": "id, person_id, region_path, revision, stage, detail, version "
    "SELECT key, key, path, 1, CASE WHEN is_done THEN 'closed' ELSE 'draft' END, '{}', 1",
    "decision": "id, person_id, region_path, matter, case_id, item, outcome, decided_on, decided_at, decided_by, role, "
    "organisation_id, rule_versions, language, content_cipher, version "
    f"SELECT key, '{NOBODY}', path, '', key, '', '', current_date, now(), key, '', key, '{{}}', '', '', 1",
    "referral": "id, person_id, region_path, need_id, service_id, provider_id, stage, offered_at, detail, version "
    f"SELECT key, '{NOBODY}', path, key, key, key, CASE WHEN is_done THEN 'confirmed' ELSE 'offered' END, now(), "
    "'{}', 1",
    "uncertified_entry": "id, person_id, region_path, owner_id, reason, stage, opened_on, next_contact_on, "
    "detail_cipher, version SELECT key, key, path, key, 'cost', CASE WHEN is_done THEN 'closed' ELSE 'open' END, "
    "current_date, current_date, '', 1",
}


@pytest.fixture(scope="module")
async def filled(installed: Any) -> AsyncIterator[asyncpg.Connection]:
    """A connection to a large county, as the service's role; it is gone with the transaction."""
    connection = await asyncpg.connect(installed.server.dsn("postgres", installed.database))
    await connection.execute("BEGIN; SET LOCAL session_replication_role = 'replica'")  # there is nobody behind the rows
    for table, rows in FILLED.items():
        columns, _, values = rows.partition("SELECT")
        await connection.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {ELSEWHERE} made".replace("$1", str(MANY))
        )
        await connection.execute(f"ANALYZE {table}")
    await connection.execute(
        f"SET LOCAL ROLE {APP}; SELECT set_config('yian.areas', '{{{TOWNSHIP}/}}', true), "
        "set_config('yian.parties', '{}', true), set_config('yian.reach', 'cases', true)"
    )
    yield connection
    await connection.close()


def applications(finished: str, *, of: Callable[[list[str]], Any] = within) -> str:
    return f"{LINE} WHERE {of([TOWNSHIP]).condition} {finished} AND {_PAGE}"


def queue(kind: Any) -> str:
    return (
        f"SELECT id, version FROM {kind.table} WHERE stage = ANY ($4::text[]) AND {within([TOWNSHIP]).condition} "
        "AND id > $2 ORDER BY id LIMIT $3"
    )


def ledger() -> str:
    return (
        f"SELECT id, version FROM {UNCERTIFIED_ENTRIES.table} WHERE {_WANTED} AND {within([TOWNSHIP]).condition} "
        "AND id > $2 ORDER BY id LIMIT $3"
    )


@pytest.mark.parametrize(
    ("sql", "asked", "index"),
    [
        (applications(_FINISHED[False]), PAGE, "ix_application_open"),
        (applications(_FINISHED[None]), PAGE, "ix_application_area"),
        (applications(_FINISHED[False], of=one_area), PAGE, "ix_application_open_of_township"),
        (applications(_FINISHED[None], of=one_area), PAGE, "ix_application_area_of_township"),
        (
            f"{decisions._SELECT} WHERE {within([TOWNSHIP]).condition} {decisions._REST}",
            f"NULL, NULL, {PAGE}",
            "ix_decision_area",
        ),
        (queue(CERTIFICATE_CASES), STAGES, "ix_certificate_case_worklist"),
        (queue(BENEFIT_CASES), STAGES, "ix_benefit_case_worklist"),
        (queue(REVIEWS), STAGES, "ix_review_worklist"),
        (queue(PLANS), STAGES, "ix_plan_worklist"),
        (queue(REFERRALS), STAGES, "ix_referral_worklist"),
        (ledger(), f"{LEDGER}, NULL, NULL, '2099-01-01'", "ix_uncertified_entry_worklist"),
        (ledger(), f"{LEDGER}, '{NOBODY}', NULL, NULL", "ix_uncertified_entry_"),
    ],
)
@pytest.mark.parametrize("mode", ["force_custom_plan", "force_generic_plan"])
async def test_the_list_of_an_area_goes_by_an_index_behind_the_walls(
    filled: asyncpg.Connection, sql: str, *, asked: str, index: str, mode: str
) -> None:
    await filled.execute(f"SET LOCAL plan_cache_mode = '{mode}'; PREPARE listed AS {sql}")
    bounds = "{" + ",".join(within([TOWNSHIP]).value) + "}"
    plan = await filled.fetch(f"EXPLAIN EXECUTE listed ('{bounds}', {asked})")
    await filled.execute("DEALLOCATE listed")

    told = "\n".join(row[0] for row in plan)
    assert index in told
    assert "Seq Scan on" not in told.partition("SubPlan")[0]


async def test_a_list_shows_the_area_itself_and_all_below_and_nothing_beside(
    superuser_dsn: Callable[[str], str],
) -> None:
    connection = await asyncpg.connect(superuser_dsn("postgres"))
    paths = ["65/6523/652301", "65/6523/652301/652301104", "65/6523/652302", "65/6523", "65/6523/6523011", "66"]
    reach = within(["65/6523/652301", "66"])

    found = await connection.fetch(
        f"SELECT region_path FROM unnest($2::text[]) AS region_path WHERE {reach.condition}", reach.value, paths
    )
    await connection.close()

    assert [row["region_path"] for row in found] == ["65/6523/652301", "65/6523/652301/652301104", "66"]


@pytest.mark.parametrize(
    "area", ["65/6523/652301", "65/6523/652301/652301104", "65/6523/652301/652301104/652301104201"]
)
async def test_a_single_area_reads_the_same_rows_in_order_as_it_does_by_a_range(
    superuser_dsn: Callable[[str], str], area: str
) -> None:
    connection = await asyncpg.connect(superuser_dsn("postgres"))
    in_order = one_area([area])
    assert in_order is not None
    rows = f"""SELECT region_path FROM region CROSS JOIN LATERAL (SELECT path AS region_path) one
               CROSS JOIN LATERAL (SELECT {OF_COUNTY} AS county_path, {OF_TOWNSHIP} AS township_path) parts"""

    by_range, by_place = [
        await connection.fetch(f"{rows} WHERE {reach.condition} ORDER BY 1", reach.value)
        for reach in (within([area]), in_order)
    ]
    await connection.close()

    assert by_range == by_place != []


def test_several_areas_and_wider_ones_have_no_order_of_ids() -> None:
    assert one_area(["65/6523/652301", "65/6523/652302"]) is None
    assert one_area(["65/6523"]) is None
    assert one_area([""]) is None


async def test_who_has_no_area_is_shown_nothing(superuser_dsn: Callable[[str], str]) -> None:
    connection = await asyncpg.connect(superuser_dsn("postgres"))
    reach = within([])

    found = await connection.fetch(
        f"SELECT region_path FROM region r, LATERAL (SELECT r.path AS region_path) one WHERE {reach.condition}",
        reach.value,
    )
    await connection.close()

    assert found == []
