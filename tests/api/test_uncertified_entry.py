"""The ledger of the uncertified, over HTTP: by consent, contacted in time, led to an application, left for good."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from fastapi import FastAPI

from app.domain.shared.identity import CitizenNumber
from app.sandbox.authority import sandbox_id
from tests.acting import World
from tests.api.care import today
from tests.api.probes import a_conversion, an_entry, entries_of
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

NEWCOMER = {"name": "样来客", "birth_date": "1905-05-05", "sex": 1, "region_code": "652301104201"}
ASSOCIATION, FEDERATION = (sandbox_id("organisation", key) for key in ("village_association", "county_federation"))


@pytest.fixture
async def entry(world: World) -> dict[str, Any]:
    """This world's citizen on the ledger."""
    return await world.post("commissioner", entries_of(world), an_entry())


def at(entry: dict[str, Any]) -> str:
    return f"/v1/uncertified-entries/{entry['id']}"


async def put_on(world: World, person_id: str, **changes: Any) -> dict[str, Any]:
    path = f"/v1/persons/{person_id}/uncertified-entries"
    return await world.post("commissioner", path, an_entry(**changes))


def a_number() -> str:
    """An identity number of somebody like the newcomer, which nobody bears yet."""
    region = f"99{uuid4().int % 8000 + 101:04d}"
    return CitizenNumber.of(region=region, born_on=date(1905, 5, 5), sequence=uuid4().int % 499 * 2 + 1).value


async def a_newcomer(world: World, **changes: Any) -> str:
    registered = await world.post("commissioner", "/v1/persons", NEWCOMER | {"phone": "0994-0000000"} | changes)
    return str(registered["id"])


async def test_what_a_person_is_told_before_is_there_to_be_read_with_all_reasons(world: World) -> None:
    terms = await world.get("commissioner", "/v1/uncertified-terms", region="652301104201")

    assert "随时要求移出" in terms["tells"]["zh"]
    assert {"not_aware", "cost", "cannot_travel", "standard_not_met", "other"} <= {
        one["code"] for one in terms["reasons"]
    }
    assert all(one["hint"]["zh"] and one["hint"]["en"] for one in terms["reasons"])


async def test_a_commissioner_puts_somebody_on_it_who_agrees(world: World, entry: dict[str, Any]) -> None:
    assert (entry["name"], entry["reason"], entry["reason_text"]) == (
        world.citizen["name"],
        "cannot_travel",
        "Cannot travel",
    )
    assert "come to the home" in entry["hint_text"]
    assert (entry["owner_id"], entry["voice"]) == (str(ASSOCIATION), "person")
    assert entry["next_contact_on"] == str(await today(world) + timedelta(days=90))
    assert [one["told"] for one in entry["contacts"]] == ["可以申请上门评定。"]
    assert not {"category", "grade"} & {*entry}


async def test_without_a_word_given_now_nobody_is_put_on_it(world: World) -> None:
    silent = await world.call("commissioner", "POST", entries_of(world), json=an_entry(said_by=None))

    assert (silent.status_code, silent.json()["code"]) == (422, "word_missing")


async def test_of_a_child_a_guardian_agrees(world: World) -> None:
    born = (await today(world)).replace(day=1) - timedelta(days=365 * 8)
    child = await a_newcomer(world, name="样小童", birth_date=str(born))
    path = f"/v1/persons/{child}/uncertified-entries"

    alone = await world.call("commissioner", "POST", path, json=an_entry())
    heard = await put_on(world, child, said_by="guardian")

    assert (alone.status_code, alone.json()["code"]) == (403, "guardian_consent_needed")
    assert heard["voice"] == "guardian"


async def test_a_person_stands_on_it_once(world: World, entry: dict[str, Any]) -> None:
    again = await world.call("township_officer", "POST", entries_of(world), json=an_entry())

    assert (again.status_code, again.json()["code"]) == (409, "entry_open")


async def test_whoever_holds_a_certificate_is_not_put_on_it(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)

    refused = await world.call("commissioner", "POST", entries_of(world), json=an_entry())

    assert (refused.status_code, refused.json()["code"]) == (409, "holds_certificate")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "lazy"}, "uncertified_reason_unknown"),
        ({"needs": ["gold"]}, "unknown_need"),
        ({"owner_id": str(uuid4())}, "owner_not_suitable"),
        ({"owner_id": str(sandbox_id("organisation", "other_township_federation"))}, "owner_not_suitable"),
        ({"next_contact_on": "2199-01-01"}, "contact_day_impossible"),
    ],
)
async def test_what_is_written_down_is_held_to_the_rules(world: World, *, changes: dict[str, Any], code: str) -> None:
    refused = await world.call("commissioner", "POST", entries_of(world), json=an_entry(**changes))

    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_contacts_are_kept_and_whoever_was_not_contacted_in_time_is_listed(
    world: World, entry: dict[str, Any]
) -> None:
    report = {"channel": "phone", "told": "费用可以减免", "words": "再想想", "reason": "cost"}
    known = await world.step("commissioner", at(entry), "contacts", report)
    due = date.fromisoformat(known["next_contact_on"])
    mine = {"person_id": world.citizen["person_id"]}

    early = await world.get("commissioner", "/v1/uncertified-entries", contact_by=str(due - timedelta(days=1)), **mine)
    await world.advance(days=91)
    late = await world.get("commissioner", "/v1/uncertified-entries", contact_by=str(due), **mine)

    assert [(one["channel"], one["told"], one["words"]) for one in known["contacts"]][-1] == (
        "phone",
        "费用可以减免",
        "再想想",
    )
    assert known["reason"] == "cost"
    assert early["items"] == []
    assert [(one["id"], one["is_overdue"]) for one in late["items"]] == [(entry["id"], True)]


async def test_the_list_goes_by_owner_reason_and_stage_in_pages(world: World, entry: dict[str, Any]) -> None:
    other = await put_on(world, await a_newcomer(world), reason="cost")

    async def listed(**asked: Any) -> set[str]:
        found, going_on = set[str](), dict[str, str]()
        while True:
            page = await world.get("township_officer", "/v1/uncertified-entries", limit=1, **asked, **going_on)
            found |= {one["id"] for one in page["items"]}
            if not page["has_more"]:
                return found
            going_on = {"cursor": page["next_cursor"]}

    both = {entry["id"], other["id"]}
    assert both <= await listed(owner_id=str(ASSOCIATION))
    assert both & await listed(owner_id=str(FEDERATION)) == set()
    assert both & await listed(reason="cost") == {other["id"]}
    assert both & await listed(stage="closed") == set()


async def test_it_is_handed_over_to_another_office_of_the_place(world: World, entry: dict[str, Any]) -> None:
    handed = await world.step("commissioner", at(entry), "handover", {"owner_id": str(FEDERATION)})
    provider = {"owner_id": str(sandbox_id("organisation", "other_township_federation"))}
    refused = await world.try_step("commissioner", at(entry), "handover", provider)

    assert handed["owner_id"] == str(FEDERATION)
    assert refused.json()["code"] == "owner_not_suitable"


async def test_one_call_applies_with_what_is_held_and_closes_the_entry(world: World, entry: dict[str, Any]) -> None:
    converted = await world.step("commissioner", at(entry), "conversion", a_conversion())

    application = await world.get("commissioner", converted["application_path"])
    assert (converted["stage"], converted["closed_on"]) == ("converted", str(await today(world)))
    assert application["person_id"] == world.citizen["person_id"]
    assert [item["code"] for item in application["items"]] == ["employment_help"]
    assert application["channel"] == "home_visit"
    assert not [one for one in converted["actions"] if one["allowed"] and one["action"] != "take_off"]


async def test_what_is_on_record_is_not_asked_again_and_a_number_that_was_missing_is_put_there(world: World) -> None:
    person_id = await a_newcomer(world)
    entry, number = await put_on(world, person_id), a_number()
    asked = a_conversion() | {"answers": {"applied_by": "self"}}

    unnumbered = await world.try_step("commissioner", at(entry), "conversion", asked)
    converted = await world.step("commissioner", at(entry), "conversion", asked | {"citizen_number": number})

    assert (unnumbered.status_code, unnumbered.json()["code"]) == (422, "identity_number_needed")
    application = await world.get("commissioner", converted["application_path"])
    assert application["person_id"] == person_id
    person = await world.get("commissioner", f"/v1/persons/{person_id}")
    assert person["citizen_number"] is not None
    found = await world.post("commissioner", "/v1/person-searches", {"citizen_number": number})
    assert [one["id"] for one in found["persons"]] == [person_id]


async def test_a_number_that_is_not_the_persons_is_refused_and_nothing_is_begun(
    world: World, entry: dict[str, Any], superuser: asyncpg.Connection
) -> None:
    nameless = await put_on(world, await a_newcomer(world, birth_date="1904-04-04"))
    taken = a_conversion() | {"citizen_number": world.citizen["citizen_number"]}

    other = await world.try_step(
        "commissioner", at(entry), "conversion", a_conversion() | {"citizen_number": a_number()}
    )
    borne = await world.try_step("commissioner", at(nameless), "conversion", taken)
    unlike = await world.try_step(
        "commissioner", at(nameless), "conversion", a_conversion() | {"citizen_number": a_number()}
    )

    assert other.json()["code"] == "identity_disagrees"
    assert borne.json()["code"] == "already_registered"
    assert unlike.json()["code"] == "birth_date_disagrees"
    count = "SELECT count(*) FROM application WHERE person_id = $1"
    assert await superuser.fetchval(count, world.citizen["person_id"]) == 0
    assert (await world.get("commissioner", at(entry)))["stage"] == "open"


async def test_what_an_application_lacks_is_told_and_the_entry_stays_open(world: World, entry: dict[str, Any]) -> None:
    asked = {"package_code": "disability_services", "items": ["certificate"], "answers": {"business": "nonsense"}}

    refused = await world.try_step("commissioner", at(entry), "conversion", asked)

    assert (refused.status_code, refused.json()["code"]) == (422, "answers_not_right")
    assert (await world.get("commissioner", at(entry)))["stage"] == "open"


@pytest.mark.parametrize("ground", ["certified", "moved", "died", "declined"])
async def test_it_ends_otherwise_too_and_the_person_may_come_back(
    world: World, entry: dict[str, Any], *, ground: str
) -> None:
    closed = await world.step("commissioner", at(entry), "closure", {"ground": ground})
    again = await world.post("commissioner", entries_of(world), an_entry())

    assert (closed["stage"], closed["ground"]) == ("closed", ground)
    assert again["id"] != entry["id"]


async def test_the_person_reads_the_own_entry_and_leaves_it_without_a_trace(
    world: World, entry: dict[str, Any], superuser: asyncpg.Connection
) -> None:
    own = await world.get("citizen", "/v1/uncertified-entries")
    person_id = world.citizen["person_id"]

    left = await world.step("citizen", at(entry), "removal")

    assert [one["id"] for one in own["items"]] == [entry["id"]]
    assert (left["stage"], left["taken_off_on"]) == ("taken_off", str(await today(world)))
    assert await superuser.fetchval("SELECT count(*) FROM uncertified_entry WHERE person_id = $1", person_id) == 0
    for who in ("citizen", "commissioner", "county_officer"):
        assert (await world.call(who, "GET", at(entry))).status_code == 404
    story = await superuser.fetch(
        "SELECT e.name, e.person_id, e.application_id, e.facts::text AS facts, l.canonical FROM event e "
        "JOIN log_leaf l ON l.event_id = e.id WHERE e.subject_id = $1 ORDER BY e.position",
        entry["id"],
    )
    assert [row["name"] for row in story] == ["uncertified_entry.opened", "uncertified_entry.taken_off"]
    assert {row["person_id"] for row in story} == {None}
    assert not [row for row in story if person_id in row["facts"] or person_id.encode() in row["canonical"]]


OF_THE_PERSON = """
SELECT (SELECT count(*) FROM person WHERE id = $1), (SELECT count(*) FROM person_name WHERE person_id = $1),
    (SELECT count(*) FROM person_contact WHERE person_id = $1),
    (SELECT count(*) FROM uncertified_entry WHERE person_id = $1)
"""


async def test_whoever_was_registered_for_the_ledger_alone_is_forgotten_with_all_entries(
    world: World, superuser: asyncpg.Connection
) -> None:
    person_id = await a_newcomer(world)
    earlier = await put_on(world, person_id)
    await world.step("commissioner", at(earlier), "closure", {"ground": "declined"})
    entry = await put_on(world, person_id)

    await world.step("commissioner", at(entry), "removal", {"said_by": "person"})

    assert tuple(await superuser.fetchrow(OF_THE_PERSON, person_id)) == (0, 0, 0, 0)
    assert (await world.call("commissioner", "GET", f"/v1/persons/{person_id}")).status_code == 404


async def test_whoever_has_something_else_on_record_stays_with_all_of_it(
    world: World, superuser: asyncpg.Connection
) -> None:
    person_id = await a_newcomer(world)
    entry = await put_on(world, person_id)
    asked = a_conversion() | {"answers": {"applied_by": "self"}, "citizen_number": a_number()}
    converted = await world.step("commissioner", at(entry), "conversion", asked)

    await world.step("commissioner", at(converted), "removal", {"said_by": "person"})

    assert tuple(await superuser.fetchrow(OF_THE_PERSON, person_id)) == (1, 1, 1, 0)


async def test_an_officer_takes_the_word_down_and_whoever_left_comes_back_by_agreeing_anew(
    world: World, entry: dict[str, Any]
) -> None:
    silent = await world.try_step("township_officer", at(entry), "removal")
    await world.step("township_officer", at(entry), "removal", {"said_by": "guardian"})

    unasked = await world.call("commissioner", "POST", entries_of(world), json=an_entry(said_by=None))
    anew = await world.post("commissioner", entries_of(world), an_entry())

    assert (silent.status_code, silent.json()["code"]) == (422, "word_missing")
    assert unasked.json()["code"] == "word_missing"
    assert (anew["id"] != entry["id"], len(anew["contacts"])) == (True, 1)


async def test_an_entry_that_led_to_an_application_is_left_too_and_the_application_goes_on(
    world: World, entry: dict[str, Any]
) -> None:
    converted = await world.step("commissioner", at(entry), "conversion", a_conversion())

    await world.step("citizen", at(entry), "removal")

    assert (await world.get("citizen", converted["application_path"]))["status"] != "withdrawn"
    assert (await world.call("commissioner", "GET", at(entry))).status_code == 404


async def test_what_was_said_is_unreadable_at_rest(
    world: World, entry: dict[str, Any], superuser: asyncpg.Connection
) -> None:
    row = await superuser.fetchrow("SELECT * FROM uncertified_entry WHERE id = $1", entry["id"])

    assert row is not None
    assert "洗澡" not in str(dict(row))
    assert "洗澡".encode() not in row["detail_cipher"]


async def test_that_it_was_shown_is_written_down(
    world: World, entry: dict[str, Any], superuser: asyncpg.Connection
) -> None:
    await world.get("county_officer", "/v1/uncertified-entries", person_id=world.citizen["person_id"])

    shown = await superuser.fetchval(
        "SELECT disclosed FROM access_record WHERE person_ids @> ARRAY[$1::uuid] ORDER BY position DESC LIMIT 1",
        world.citizen["person_id"],
    )
    assert {"uncertified_entry", "name", "contacts"} <= {*shown}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *(("other_county_officer", 404), ("other_township_officer", 404), ("portal", 403), ("evaluator", 403)),
        *(("provider", 403), ("auditor", 403), ("civil_affairs", 403), ("county_approver", 403), ("guardian", 404)),
    ],
)
async def test_others_are_not_told_who_is_on_it(world: World, entry: dict[str, Any], *, who: str, status: int) -> None:
    assert (await world.call(who, "GET", at(entry))).status_code == status
    assert (await world.try_step(who, at(entry), "removal", {"said_by": "person"})).status_code == status


async def test_a_citizen_keeps_nothing(world: World, entry: dict[str, Any]) -> None:
    for fact, body in (("closure", {"ground": "declined"}), ("contacts", {}), ("conversion", a_conversion())):
        assert (await world.try_step("citizen", at(entry), fact, body)).status_code == 403


async def test_figures_are_shown_to_who_sees_no_names_and_small_ones_to_nobody(
    world: World, entry: dict[str, Any], superuser: asyncpg.Connection
) -> None:
    day = (await today(world)).replace(day=1)
    last = (day + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    span = {"from": str(day), "to": str(last), "region": "652301104201"}
    await superuser.execute("DELETE FROM uncertified_entry WHERE id <> $1", entry["id"])

    few = await world.get("auditor", "/v1/reports/uncertified", **span)
    for _ in range(5):
        other = await put_on(world, await a_newcomer(world), reason="cost")
        number = {"citizen_number": a_number(), "answers": {"applied_by": "self"}}
        converted = await world.try_step("commissioner", at(other), "conversion", a_conversion() | number)
        assert converted.status_code == 200, converted.text
    many = await world.get("auditor", "/v1/reports/uncertified", **span)

    assert [(row["reason"], row["standing"], row["opened"]) for row in few["rows"]] == [("cannot_travel", None, None)]
    assert few["conversions"] == []
    assert [(row["standing"], row["opened"]) for row in many["rows"] if row["reason"] == "cost"] == [(0, 5)]
    assert [(row["month"], row["converted"]) for row in many["conversions"]] == [(str(day), 5)]
    assert world.citizen["name"] not in str(many)


@pytest.mark.parametrize(
    ("span", "code"),
    [
        ({"from": "2026-10-02", "to": "2026-10-31"}, "period_impossible"),
        ({"from": "2026-10-01", "to": "2026-10-31", "region": "652302"}, "area_not_yours"),
    ],
)
async def test_figures_are_of_whole_months_and_of_the_own_area(
    world: World, *, span: dict[str, str], code: str
) -> None:
    refused = await world.call("auditor", "GET", "/v1/reports/uncertified", params=span)

    assert refused.json()["code"] == code
