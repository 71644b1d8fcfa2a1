"""Twins over HTTP: found by the worker, looked at by officers, merged whole or not at all, and separated exactly."""

import json
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from fastapi import FastAPI

from tests.acting import World
from tests.api.duplicates import a_duplicate, a_twin, compared_here, the_pair_of
from tests.api.flow import submitted
from tests.api.probes import an_entry
from tests.api.projects import enrolled, opened
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

WHY = {"text": "身份证已核对。"}
NAMING = "SELECT named, by_column FROM what_names_a_person()"


def at(duplicate: str) -> str:
    return f"/v1/person-duplicates/{duplicate}"


async def merged(world: World, duplicate: str, *, kept: str | None = None) -> dict[str, Any]:
    """The pair after one officer has proposed to merge it, and another has confirmed that."""
    asked = WHY | {"kept_person_id": kept or world.citizen["person_id"]}
    await world.step("county_officer", at(duplicate), "merge", asked)
    return await world.step("second_county_officer", at(duplicate), "merge-confirmation")


async def all_that_names(superuser: asyncpg.Connection, *person_ids: str) -> dict[str, list[str]]:
    """Every row that names one of these people, by table and column; and the records themselves."""
    found = {"person": [row["row"] for row in await superuser.fetch(ROWS.format("person", "id"), list(person_ids))]}
    for table, column in [*(await superuser.fetch(NAMING)), ("roster", "person_id")]:
        rows = await superuser.fetch(ROWS.format(table, column), list(person_ids))
        found[f"{table}.{column}"] = [row["row"] for row in rows]
    return found


ROWS = "SELECT to_jsonb(t)::text AS row FROM {0} t WHERE {1} = ANY ($1::uuid[]) ORDER BY 1"


async def test_a_twin_is_found_once_and_told_in_words(world: World) -> None:
    twin = await a_twin(world)

    pairs = [await compared_here(world), await compared_here(world)]

    pair = await the_pair_of(world, twin)
    read = await world.get("county_officer", at(pair["id"]))
    assert pairs == [1, 0]
    assert {pair["person_id"], pair["other_id"]} == {world.citizen["person_id"], twin}
    assert {"name_same", "birth_same"} <= set(read["grounds"])
    assert "born on the same day" in str(read["explanations"])
    assert world.citizen["name"] not in str(read)
    assert {one["action"] for one in read["actions"] if one["allowed"]} == {"dismiss", "merge"}


async def test_a_namesake_is_not_taken_for_a_twin(world: World) -> None:
    await a_twin(world, birth_date="1904-11-28")

    assert await compared_here(world) == 0


async def test_whoever_is_dismissed_is_not_asked_about_again(world: World, superuser: asyncpg.Connection) -> None:
    duplicate = await a_duplicate(world)

    dismissed = await world.step("county_officer", at(duplicate), "dismissal", WHY)
    await superuser.execute("UPDATE person SET is_compared = false WHERE id = $1", world.citizen["person_id"])

    assert (dismissed["stage"], dismissed["words"]) == ("dismissed", WHY["text"])
    assert await compared_here(world) == 0
    again = await world.try_step("county_officer", at(duplicate), "merge", WHY | {"kept_person_id": duplicate})
    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")


async def test_all_business_of_the_twin_stands_with_the_record_that_is_kept(
    world: World, superuser: asyncpg.Connection
) -> None:
    twin = await a_twin(world, phone="0994-0000000")
    entry = await world.post("commissioner", f"/v1/persons/{twin}/uncertified-entries", an_entry())
    await compared_here(world)
    pair = await the_pair_of(world, twin)

    answer = await merged(world, pair["id"])

    assert (answer["stage"], answer["kept_person_id"]) == ("merged", world.citizen["person_id"])
    left = await all_that_names(superuser, twin)
    assert {name for name, rows in left.items() if rows} == {"person"}
    moved = await world.get("commissioner", f"/v1/uncertified-entries/{entry['id']}")
    assert (moved["person_id"], moved["name"]) == (world.citizen["person_id"], world.citizen["name"])
    gone = await world.call("county_officer", "GET", f"/v1/persons/{twin}")
    assert (gone.status_code, world.citizen["person_id"] in gone.json()["detail"]) == (404, True)
    name = world.citizen["name"]
    found = await world.post("commissioner", "/v1/person-searches", {"name": f"{name[0]} {name[1:]}"})
    assert [one["id"] for one in found["persons"]] == [world.citizen["person_id"]]


async def test_one_officer_alone_merges_nothing(world: World, superuser: asyncpg.Connection) -> None:
    twin = await a_twin(world, phone="0994-0000000")
    await compared_here(world)
    pair = await the_pair_of(world, twin)
    both = (world.citizen["person_id"], twin)
    before = await all_that_names(superuser, *both)

    told = await world.step("county_officer", at(pair["id"]), "merge", WHY | {"kept_person_id": twin})
    alone = await world.try_step("county_officer", at(pair["id"]), "merge-confirmation")

    assert (told["stage"], told["kept_person_id"]) == ("merge_proposed", twin)
    assert told["proposed_by"] == world.account("county_officer")
    assert (alone.status_code, alone.json()["code"]) == (403, "duties_not_separated")
    assert await all_that_names(superuser, *both) == before


async def test_the_second_officer_finds_otherwise_and_the_first_confirms(world: World) -> None:
    duplicate = await a_duplicate(world)
    kept = WHY | {"kept_person_id": world.citizen["person_id"]}

    await world.step("county_officer", at(duplicate), "merge", kept)
    told = await world.step("second_county_officer", at(duplicate), "merge", kept | {"text": "另有户口簿为证。"})
    again = await world.try_step("second_county_officer", at(duplicate), "merge-confirmation")
    confirmed = await world.step("county_officer", at(duplicate), "merge-confirmation")

    assert (told["stage"], told["proposed_by"]) == ("merge_proposed", world.account("second_county_officer"))
    assert again.status_code == 403
    assert (confirmed["stage"], confirmed["words"]) == ("merged", "另有户口簿为证。")


async def test_a_proposed_merge_is_dismissed_by_whoever_finds_that_they_are_two(world: World) -> None:
    duplicate = await a_duplicate(world)
    await world.step("county_officer", at(duplicate), "merge", WHY | {"kept_person_id": world.citizen["person_id"]})

    dismissed = await world.step("second_county_officer", at(duplicate), "dismissal", WHY)

    assert (dismissed["stage"], dismissed["kept_person_id"], dismissed["proposed_by"]) == ("dismissed", None, None)


async def test_whoever_is_related_to_either_has_no_word_and_another_officer_is_named(
    world: World, superuser: asyncpg.Connection
) -> None:
    duplicate = await a_duplicate(world, phone="0994-1212121")
    path, officer = at(duplicate), world.account("second_county_officer")
    asked = WHY | {"kept_person_id": world.citizen["person_id"]}
    await superuser.execute(
        "INSERT INTO staff_contact SELECT $1, kind, value_index FROM person_contact WHERE kind = 'phone' "
        "ORDER BY valid_from DESC, id DESC LIMIT 1",
        UUID(officer),
    )
    try:
        refused = [await world.try_step("second_county_officer", path, "merge", asked)]
        await world.step("county_officer", path, "merge", asked)
        refused.append(await world.try_step("second_county_officer", path, "merge-confirmation"))
        refused.append(await world.try_step("second_county_officer", path, "dismissal", WHY))
    finally:
        await superuser.execute("DELETE FROM staff_contact WHERE account_id = $1", UUID(officer))

    assert {(one.status_code, one.json()["code"]) for one in refused} == {(403, "relation_on_record")}
    assert world.account("county_officer") in refused[0].json()["detail"]
    assert world.account("county_officer") not in refused[1].json()["detail"]


async def test_the_database_merges_nothing_by_one_word_either(world: World, superuser: asyncpg.Connection) -> None:
    duplicate = await a_duplicate(world)
    pair = await world.get("county_officer", at(duplicate))
    twin = ({pair["person_id"], pair["other_id"]} - {world.citizen["person_id"]}).pop()
    await world.step("county_officer", at(duplicate), "merge", WHY | {"kept_person_id": twin})
    settings = {"yian.reach": "cases", "yian.areas": '{"65/6523/652301/"}'}
    found = []
    for who in ("county_officer", "second_county_officer"):
        transaction = superuser.transaction()
        await transaction.start()
        for name, value in (settings | {"yian.actor": world.account(who)}).items():
            await superuser.execute("SELECT set_config($1, $2, true)", name, value)
        asked = (UUID(duplicate), UUID(twin), UUID(world.citizen["person_id"]))
        found.append(await superuser.fetchval("SELECT merge_persons($1, $2, $3) IS NULL", *asked))
        await transaction.rollback()

    assert found == [True, False]


async def test_the_wall_lets_nobody_propose_in_anothers_name_nor_merge_what_is_their_own_word(
    world: World, superuser: asyncpg.Connection
) -> None:
    duplicate, own, other = await a_duplicate(world), world.account("county_officer"), uuid4()
    settings = {"yian.reach": "cases", "yian.areas": '{"65/6523/652301/"}', "yian.parties": "{}", "yian.actor": own}
    written = {
        "in another's name": ("merge_proposed", other, False),
        "in the own name": ("merge_proposed", UUID(own), True),
        "merged by the own word": ("merged", UUID(own), False),
        "merged by nobody's word": ("merged", None, False),
        "merged by another's word": ("merged", other, True),
    }

    for name, (stage, proposed_by, is_let) in written.items():
        transaction = superuser.transaction()
        await transaction.start()
        await superuser.execute("SET LOCAL ROLE yian_app")
        for setting, value in settings.items():
            await superuser.execute("SELECT set_config($1, $2, true)", setting, value)
        change = "UPDATE person_duplicate SET stage = $2, proposed_by = $3 WHERE id = $1"
        try:
            told = await superuser.execute(change, UUID(duplicate), stage, proposed_by)
        except asyncpg.InsufficientPrivilegeError:
            told = "refused"
        await transaction.rollback()
        assert told == ("UPDATE 1" if is_let else "refused"), name


async def test_undoing_a_merge_restores_exactly_and_leaves_what_came_since(
    world: World, superuser: asyncpg.Connection
) -> None:
    await submitted(world)
    twin = await a_twin(world, phone="0994-0000000")
    await world.post("commissioner", f"/v1/persons/{twin}/uncertified-entries", an_entry())
    await compared_here(world)
    pair = await the_pair_of(world, twin)
    both = (world.citizen["person_id"], twin)
    before = await all_that_names(superuser, *both)

    await merged(world, pair["id"])
    assert await all_that_names(superuser, *both) != before
    separated = await world.step("county_officer", at(pair["id"]), "separation", WHY)

    assert separated["stage"] == "open"
    assert await all_that_names(superuser, *both) == before
    assert (await world.call("county_officer", "GET", f"/v1/persons/{twin}")).status_code == 200


async def test_a_record_of_either_side_may_be_kept(world: World, superuser: asyncpg.Connection) -> None:
    sent = await submitted(world)
    duplicate = await a_duplicate(world)
    pair = await world.get("county_officer", at(duplicate))
    twin = ({pair["person_id"], pair["other_id"]} - {world.citizen["person_id"]}).pop()

    await merged(world, duplicate, kept=twin)

    moved = await world.get("township_officer", f"/v1/applications/{sent['id']}")
    assert moved["person_id"] == twin
    assert await superuser.fetchval("SELECT person_id FROM account WHERE id = $1", world.account("citizen")) is not None


async def test_two_certificates_in_force_are_looked_into_first_and_nothing_moves(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await certified(app.state.database, world)
    duplicate = await a_duplicate(world)
    pair = await world.get("county_officer", at(duplicate))
    twin = ({pair["person_id"], pair["other_id"]} - {world.citizen["person_id"]}).pop()
    await copy_certificate(superuser, world.citizen["person_id"], twin)
    before = await all_that_names(superuser, world.citizen["person_id"], twin)

    await world.step("county_officer", at(duplicate), "merge", WHY | {"kept_person_id": world.citizen["person_id"]})
    refused = await world.try_step("second_county_officer", at(duplicate), "merge-confirmation")

    assert (refused.status_code, refused.json()["code"]) == (409, "both_hold_certificates")
    assert await all_that_names(superuser, world.citizen["person_id"], twin) == before


async def test_two_who_are_on_one_list_in_the_same_days_are_not_merged_before_one_has_left(
    world: World, superuser: asyncpg.Connection
) -> None:
    twin = await a_twin(world, phone="0994-0000000")
    await compared_here(world)
    pair, project = await the_pair_of(world, twin), await opened(world)
    for person in (world.citizen["person_id"], twin):
        await enrolled(world, project, person_id=person)

    await world.step("county_officer", at(pair["id"]), "merge", WHY | {"kept_person_id": twin})
    refused = await world.try_step("second_county_officer", at(pair["id"]), "merge-confirmation")

    assert (refused.status_code, refused.json()["code"]) == (409, "both_have_open_business")
    assert await superuser.fetchval("SELECT merged_into FROM person WHERE id = $1", UUID(twin)) is None


async def copy_certificate(superuser: asyncpg.Connection, of: str, to: str) -> None:
    """A certificate of the same kind for somebody else, under another number."""
    certificate = json.loads(
        await superuser.fetchval("SELECT to_jsonb(c)::text FROM certificate c WHERE person_id = $1", of)
    )
    version = json.loads(
        await superuser.fetchval("SELECT to_jsonb(v)::text FROM certificate_version v WHERE person_id = $1", of)
    )
    key = await superuser.fetchval("SELECT gen_random_uuid()")
    version |= {"certificate_id": str(key), "person_id": to}
    await put(superuser, "certificate", certificate | {"id": str(key), "person_id": to})
    await put(superuser, "certificate_version", version | {"number_index": "\\x01" + str(key).replace("-", "")})


async def put(superuser: asyncpg.Connection, table: str, row: dict[str, Any]) -> None:
    await superuser.execute(
        f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, $1::jsonb)", json.dumps(row)
    )


@pytest.mark.parametrize(
    ("who", "status"),
    [("other_county_officer", 404), ("township_officer", 403), ("county_approver", 403), ("portal", 403)],
)
async def test_only_an_officer_of_the_county_decides(world: World, *, who: str, status: int) -> None:
    duplicate = await a_duplicate(world)

    answer = await world.try_step(who, at(duplicate), "dismissal", WHY)

    assert answer.status_code == status


async def test_whatever_names_a_person_can_be_moved(world: World, superuser: asyncpg.Connection) -> None:
    """A table that comes later moves by itself, or fails here: it needs a grant and a wall for `yian_gate`."""
    unmoved = await superuser.fetch(
        f"SELECT named, by_column FROM ({NAMING}) n WHERE NOT has_column_privilege('yian_gate', named, by_column, "
        "'UPDATE') OR (SELECT relrowsecurity FROM pg_class WHERE oid = named::regclass) AND NOT EXISTS "
        "(SELECT FROM pg_policies p WHERE p.tablename = named AND 'yian_gate' = ANY (p.roles) "
        "AND p.cmd IN ('ALL', 'UPDATE'))"
    )

    assert [tuple(row) for row in unmoved] == []
