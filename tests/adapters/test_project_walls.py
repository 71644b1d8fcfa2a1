"""The walls of projects: who sees a draft, a list and an account, and that nothing of the terms is changed."""

from collections.abc import AsyncIterator, Callable
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres.roles import APP
from tests.acting import World
from tests.api.duplicates import a_twin, compared_here, the_pair_of
from tests.api.projects import LEFT, drafted, enrolled, enrolment, opened

pytestmark = [pytest.mark.anyio, pytest.mark.database]
COUNTY, TOWNSHIP, NEXT_TOWNSHIP, ELSEWHERE = (
    "{65/6523/652301/}",
    "{65/6523/652301/652301104/}",
    "{65/6523/652301/652301105/}",
    "{65/6523/652324/}",
)


@pytest.fixture
async def connection(superuser_dsn: Callable[[str], str]) -> AsyncIterator[asyncpg.Connection]:
    opened_one = await asyncpg.connect(superuser_dsn(APP))
    await opened_one.execute("BEGIN")
    yield opened_one
    await opened_one.close()


async def step_in(
    connection: asyncpg.Connection,
    *,
    areas: str = "{}",
    parties: str = "{}",
    reach: str = "cases",
    actor: str | None = None,
) -> None:
    told = {"reach": reach, "areas": areas, "parties": parties, "subject": str(uuid4())}
    await gate.step_in(connection, **told, actor=actor or str(uuid4()))


async def tried(connection: asyncpg.Connection, statement: str, *, actor: str, areas: str = COUNTY) -> str:
    """What comes of a statement as somebody; nothing of it stays."""
    await connection.execute("SAVEPOINT here")
    await step_in(connection, areas=areas, actor=actor)
    try:
        done: str = await connection.execute(statement)
    except asyncpg.PostgresError as refusal:
        return type(refusal).__name__
    else:
        return done
    finally:
        await connection.execute("ROLLBACK TO here")


async def test_a_draft_is_its_places_own_and_an_open_project_is_seen_by_its_parts_and_whoever_is_in_it(
    connection: asyncpg.Connection, world: World
) -> None:
    draft, project = await drafted(world), await opened(world)
    await enrolled(world, project)
    person = f"{{{world.citizen['person_id']}}}"
    seen = []
    for areas, parties in ((COUNTY, "{}"), (TOWNSHIP, "{}"), (ELSEWHERE, "{}"), ("{}", person), ("{}", "{}")):
        await step_in(connection, areas=areas, parties=parties)
        found = await connection.fetch(
            "SELECT stage FROM project WHERE id = ANY ($1::uuid[]) ORDER BY stage", [draft["id"], project["id"]]
        )
        seen.append([row["stage"] for row in found])

    assert seen == [["draft", "open"], ["open"], [], ["open"], []]


async def test_a_list_is_shown_to_the_place_of_each_and_to_the_person(
    connection: asyncpg.Connection, world: World
) -> None:
    entry = UUID((await enrolled(world, await opened(world)))["id"])
    person = f"{{{world.citizen['person_id']}}}"
    seen = []
    for areas, parties in ((TOWNSHIP, "{}"), ("{}", person), (NEXT_TOWNSHIP, "{}"), (ELSEWHERE, "{}")):
        await step_in(connection, areas=areas, parties=parties)
        seen.append(await connection.fetchval("SELECT true FROM beneficiary WHERE id = $1", entry))

    assert seen == [True, True, None, None]


async def test_no_statement_of_the_service_changes_terms_amounts_or_what_is_counted(
    connection: asyncpg.Connection, world: World
) -> None:
    await enrolled(world, await opened(world))
    for statement in (
        "UPDATE project SET quota = 1000000",
        "UPDATE project SET budget_fen = 1000000000",
        "UPDATE project SET amount_fen = 1",
        "UPDATE beneficiary SET amount_fen = 0",
        "UPDATE beneficiary SET valid_to = valid_from",
        "UPDATE project_account SET places_held = 0",
        "DELETE FROM beneficiary",
    ):
        await connection.execute("SAVEPOINT here")
        await step_in(connection, areas=COUNTY)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
        await connection.execute("ROLLBACK TO here")


async def test_the_database_changes_what_a_project_has_by_two_peoples_words_alone_and_only_in_its_place(
    connection: asyncpg.Connection, world: World
) -> None:
    project, somebody = await opened(world), str(uuid4())
    twice = {"budget_fen": 2_000_000, "quota": 20, "text": "追加资金。"}
    await world.step("county_officer", f"/v1/projects/{project['id']}", "change", twice)
    change = "UPDATE project SET quota = {}, budget_fen = 2000000 WHERE id = '" + project["id"] + "'"

    told = [
        await tried(connection, change.format(quota), actor=actor, areas=areas)
        for quota, actor, areas in (
            (20, world.account("county_officer"), COUNTY),
            (21, somebody, COUNTY),
            (20, somebody, TOWNSHIP),
            (20, somebody, ELSEWHERE),
            (20, somebody, COUNTY),
        )
    ]

    refused = "InsufficientPrivilegeError"
    assert told == [refused, refused, "UPDATE 0", "UPDATE 0", "UPDATE 1"]


async def test_the_database_lets_nobody_confirm_the_own_word_on_what_was_spent_or_change_it_while_confirming(
    connection: asyncpg.Connection, world: World
) -> None:
    entry = await enrolled(world, await opened(world))
    where, somebody = f"WHERE id = '{entry['id']}'", str(uuid4())
    at_once = "UPDATE beneficiary SET stage = 'ended', spent_fen = 0, ended_on = valid_from " + where
    early = await tried(connection, at_once, actor=somebody)
    said = LEFT | {"has_benefited": True, "spent_fen": 20_000}
    await world.step("township_officer", f"/v1/beneficiaries/{entry['id']}", "end", said)
    confirmed, own = "UPDATE beneficiary SET stage = 'ended' " + where, world.account("township_officer")

    told = [
        await tried(connection, statement, actor=actor, areas=areas)
        for statement, actor, areas in (
            (confirmed, own, TOWNSHIP),
            (confirmed.replace("'ended'", "'ended', stated_by = NULL"), own, TOWNSHIP),
            (confirmed.replace("'ended'", "'ended', spent_fen = 0"), somebody, TOWNSHIP),
            (confirmed, somebody, NEXT_TOWNSHIP),
            (confirmed, somebody, TOWNSHIP),
        )
    ]

    refused = "InsufficientPrivilegeError"
    assert [early, *told] == [refused, refused, refused, refused, "UPDATE 0", "UPDATE 1"]


async def test_an_office_of_another_place_neither_changes_a_project_nor_opens_one(
    connection: asyncpg.Connection, world: World
) -> None:
    project = UUID((await opened(world))["id"])
    changed = {}
    for areas in (TOWNSHIP, ELSEWHERE, COUNTY):
        await step_in(connection, areas=areas)
        changed[areas] = await connection.execute("UPDATE project SET version = version WHERE id = $1", project)

    assert changed == {TOWNSHIP: "UPDATE 0", ELSEWHERE: "UPDATE 0", COUNTY: "UPDATE 1"}


async def test_what_somebody_has_elsewhere_is_told_only_to_whoever_looks_after_the_person(
    connection: asyncpg.Connection, world: World
) -> None:
    await enrolled(world, await opened(world))
    person, told = UUID(world.citizen["person_id"]), []
    for areas, reach in ((TOWNSHIP, "cases"), (ELSEWHERE, "cases"), (TOWNSHIP, "verification"), ("{}", "cases")):
        await step_in(connection, areas=areas, reach=reach)
        told.append(len(await connection.fetch("SELECT as_what FROM benefits_received($1)", person)))

    assert told == [1, 0, 0, 0]


async def test_records_that_are_on_one_list_in_the_same_days_are_not_merged_before_one_of_them_is_ended(
    world: World,
) -> None:
    project, twin = await opened(world), await a_twin(world)
    await enrolled(world, project)
    theirs = enrolment(world) | {"person_id": twin}
    entry = await world.post("township_officer", f"/v1/projects/{project['id']}/beneficiaries", theirs)
    await compared_here(world)
    pair = f"/v1/person-duplicates/{(await the_pair_of(world, twin))['id']}"
    said = {"kept_person_id": world.citizen["person_id"], "text": "身份证已核对，是同一个人。"}

    await world.step("county_officer", pair, "merge", said)
    refused = await world.try_step("second_county_officer", pair, "merge-confirmation")
    ended = {"reason": "entered_wrongly", "text": "重复登记。", "has_benefited": False}
    await world.step("county_officer", f"/v1/beneficiaries/{entry['id']}", "end", ended)
    merged = await world.step("second_county_officer", pair, "merge-confirmation")

    assert (refused.status_code, merged["stage"]) == (409, "merged")
    theirs_now = await world.get("township_officer", "/v1/beneficiaries", project_id=project["id"])
    assert {one["person_id"] for one in theirs_now["items"]} == {world.citizen["person_id"]}
