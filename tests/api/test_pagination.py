"""Pages by keyset: the cursor is ours alone, and `Link` says where the next page is."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI
from hypothesis import given
from hypothesis import strategies as st

from app.api.output import Output
from app.api.pagination import LARGEST_NUMBER, Cursor, Limit, Page, cursor_of, number_of, page_of, position_of
from app.api.problems import InvalidCursor, install_problem_handlers
from app.api.routing import serve
from app.services.read_models import slice_of
from tests.api.client import BASE, Client


@dataclass(frozen=True)
class Thing:
    id: UUID


class ThingRead(Output):
    id: UUID


THINGS = [Thing(UUID(int=number)) for number in range(1, 8)]


def a_client() -> Client:
    router = APIRouter(prefix="/things")

    @router.get("")
    async def list_things(cursor: Cursor = None, limit: Limit = 50, kind: str = "") -> Page[ThingRead]:
        after = position_of(cursor)
        rest = [thing for thing in THINGS if after is None or thing.id > after]
        return page_of(slice_of(rest[: limit + 1], limit=limit), lambda thing: ThingRead(id=thing.id))

    app = FastAPI()
    install_problem_handlers(app, base_url=BASE)
    serve(app, [router], prefix="/v1")
    return Client(app)


@given(st.uuids())
def test_a_cursor_leads_back_to_its_place(place: UUID) -> None:
    assert position_of(cursor_of(place)) == place


def test_following_the_link_shows_everything_once() -> None:
    client, seen, address = a_client(), [], "/v1/things?limit=3&kind=%E4%B8%AD"

    while address:
        answer = client.get(address)
        seen += [thing["id"] for thing in answer.json()["items"]]
        assert answer.json()["has_more"] is ("next" in answer.links)
        address = answer.links.get("next", {}).get("url", "").removeprefix(BASE)
        assert not address or "kind=%E4%B8%AD" in address

    assert seen == [str(thing.id) for thing in THINGS]


def test_the_last_page_has_no_cursor() -> None:
    page = a_client().get("/v1/things").json()

    assert (page["next_cursor"], page["has_more"], len(page["items"])) == (None, False, 7)


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "A" * 21, "A" * 21 + "B", "A" * 23, "A" * 22 + "==", "A" * 21 + "/", "%2B" * 22, "1 OR 1=1", "é" * 11],
)
def test_a_cursor_that_we_did_not_give_is_refused(cursor: str) -> None:
    answer = a_client().get(f"/v1/things?cursor={cursor}")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_cursor")
    assert answer.json()["errors"][0]["pointer"] == "query/cursor"


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1e2", "", "99999999999999999999"])
def test_a_page_has_one_to_a_hundred(limit: str) -> None:
    answer = a_client().get(f"/v1/things?limit={limit}")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "query/limit")


def test_a_cursor_of_a_list_in_another_order_is_refused() -> None:
    assert number_of(cursor_of(UUID(int=7))) == 7
    with pytest.raises(InvalidCursor):
        number_of(cursor_of(UUID(int=LARGEST_NUMBER + 1)))
