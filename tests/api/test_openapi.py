"""The document: every operation says who may call it, what it needs, what it answers with and how it refuses."""

import json
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isfunction
from typing import Annotated, Any
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI, Query
from jsonschema import Draft202012Validator
from pydantic import Field

import app.services
from app.api.edge import make_edge
from app.api.health import About
from app.api.openapi import operation
from app.api.openapi.document import document_of
from app.api.openapi.prose import SCOPES
from app.api.openapi.published import DOCUMENT
from app.api.pagination import Cursor, Page
from app.api.routing import serve
from app.api.v1.schemas.types import Input, Output, PersonName, Uuid, Version
from app.domain.certificate.refusals import NoticeStillRunning
from app.domain.shared.authz import OPERATIONS, Reach, Scope

Json = dict[str, Any]
PROBLEM = "application/problem+json"


class ThingCreate(Input):
    """What makes a thing."""

    name: PersonName
    reach: Reach | None = None


class ThingRead(Output):
    """A thing as it is. More is not known."""

    id: Uuid
    version: Version
    reach: Reach | None
    note: Annotated[str | None, Field(max_length=100)]


def things() -> APIRouter:
    router = APIRouter(prefix="/plans", tags=["Plans"])

    @router.get("", **operation("list_plans"))
    async def list_plans(
        reach: Annotated[Reach | None, Query(description="Only of this reach.")] = None, cursor: Cursor = None
    ) -> Page[ThingRead]:
        """List them."""
        raise NotImplementedError

    @router.get("/{plan_id}", **operation("get_plan"))
    async def get_plan(plan_id: UUID) -> ThingRead:
        """Read one."""
        raise NotImplementedError

    @router.post("", status_code=201, **operation("draft_plan", keyed=True, links={"get_plan": "plan_id"}))
    async def draft_plan(asked: ThingCreate) -> ThingRead:
        """Make one.

        Raises:
            Nothing: that a reader of the document needs.
        """
        raise NotImplementedError

    @router.post(
        "/{plan_id}/approval", **operation("approve_plan", keyed=True, versioned=True, refusals=(NoticeStillRunning,))
    )
    async def approve_plan(plan_id: UUID) -> ThingRead:
        """Approve one."""
        raise NotImplementedError

    return router


@pytest.fixture(scope="module")
def small() -> Json:
    app = FastAPI(title="Small", version="1")
    serve(app, [things()], prefix="/v1")
    return document_of(app)


@pytest.fixture(scope="module")
def whole(edge: FastAPI) -> Json:
    return edge.openapi()


def operations_of(document: Json) -> Iterator[tuple[str, Json]]:
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            yield f"{method} {path}", one


def resolved(document: Json, node: Json) -> Json:
    if "$ref" not in node:
        return node
    kind, name = node["$ref"].split("/")[2:]
    found: Json = document["components"][kind][name]
    return found


def codes_of(document: Json, one: Json, status: str) -> set[str]:
    return set(resolved(document, one["responses"][status])["content"][PROBLEM]["examples"])


def test_an_operation_is_called_what_its_use_case_is_called() -> None:
    modules = [import_module(one.name) for one in pkgutil.walk_packages(app.services.__path__, "app.services.")]
    own = ((name, use_case) for module in modules for name, use_case in getmembers(module, isfunction))
    use_cases = {name for name, use_case in own if use_case.__module__.startswith("app.services.")}

    assert OPERATIONS.keys() - use_cases == {"decide_benefit_case"}  # to grant and to refuse are two use cases


def test_an_operation_is_summed_up_by_its_name(small: Json) -> None:
    one = small["paths"]["/v1/plans/{plan_id}/approval"]["post"]

    assert (one["operationId"], one["summary"]) == ("approve_plan", "Approve plan")
    assert one["description"].startswith("Approve one.\n\nMay be called by: `county_officer`, `township_officer`.")


def test_who_may_call_comes_from_the_table_of_authorisation(small: Json) -> None:
    one = small["paths"]["/v1/plans/{plan_id}"]["get"]

    assert one["security"] == [{"oauth2": ["plans.read"]}]
    assert one["x-roles"] == sorted(OPERATIONS["get_plan"].roles)


def test_what_a_change_needs_stands_in_its_parameters(small: Json) -> None:
    one = small["paths"]["/v1/plans/{plan_id}/approval"]["post"]
    names = [resolved(small, parameter)["name"] for parameter in one["parameters"]]

    assert names == ["plan_id", "Idempotency-Key", "If-Match"]
    assert {"409", "412", "422", "428"} <= one["responses"].keys()


def test_a_refusal_is_shown_by_an_example_of_its_code(small: Json) -> None:
    one = small["paths"]["/v1/plans/{plan_id}/approval"]["post"]

    assert codes_of(small, one, "409") == {"notice_still_running", "idempotency_in_progress", "illegal_transition"}
    assert small["components"]["examples"]["notice_still_running"]["value"]["title"] == NoticeStillRunning.title


def test_a_refusal_has_one_media_type_and_no_form_but_the_problem(small: Json) -> None:
    text = json.dumps(small)

    assert "HTTPValidationError" not in text
    assert "x-operation" not in text
    for _, one in operations_of(small):
        for status, answer in one["responses"].items():
            if status >= "4":
                assert list(resolved(small, answer)["content"]) == [PROBLEM]


def test_what_was_made_links_to_where_it_is_read(small: Json) -> None:
    made = small["paths"]["/v1/plans"]["post"]["responses"]["201"]

    assert made["links"]["get_plan"]["parameters"] == {"plan_id": "$response.body#/id"}
    always = {"Request-Id", "RateLimit", "RateLimit-Policy"}
    assert always | {"Location", "ETag", "Idempotent-Replayed"} == made["headers"].keys()


def test_what_has_a_version_can_be_asked_for_unless_unchanged(small: Json) -> None:
    one = small["paths"]["/v1/plans/{plan_id}"]["get"]

    assert "304" in one["responses"]
    assert "If-None-Match" in [resolved(small, parameter)["name"] for parameter in one["parameters"]]


def test_a_page_links_to_the_next_and_refuses_foreign_cursors(small: Json) -> None:
    one = small["paths"]["/v1/plans"]["get"]

    assert "Link" in one["responses"]["200"]["headers"]
    assert codes_of(small, one, "422") == {"invalid_content", "invalid_cursor"}
    assert "404" not in one["responses"]


def test_a_parameter_that_may_be_left_out_is_not_null(small: Json) -> None:
    reach = small["paths"]["/v1/plans"]["get"]["parameters"][0]

    assert reach["schema"]["$ref"] == "#/components/schemas/Reach"
    assert reach["required"] is False


def test_codes_say_what_they_mean(small: Json) -> None:
    reach = small["components"]["schemas"]["Reach"]

    assert reach["x-enumDescriptions"]["cases"] == "Only what the caller's areas and parties open."
    assert "* `cases`: Only what the caller's areas and parties open.\n* `intake`: " in reach["description"]


def test_an_answer_has_all_its_fields_and_their_words(small: Json) -> None:
    thing = small["components"]["schemas"]["ThingRead"]

    assert thing["required"] == ["id", "version", "reach", "note"]
    assert thing["properties"]["note"]["type"] == ["string", "null"]
    assert thing["properties"]["id"]["description"] == "Its id."
    assert small["paths"]["/v1/plans/{plan_id}"]["get"]["responses"]["200"]["description"] == "A thing as it is."


@pytest.mark.slow
def test_the_same_code_makes_the_same_document() -> None:
    one, other = (json.dumps(document_of(make_edge(about=About(version="1", commit="", mode="")))) for _ in range(2))

    assert one == other


def test_the_committed_description_is_what_the_code_makes_of_it(whole: Json) -> None:
    committed = json.loads(DOCUMENT.read_bytes())

    assert committed == whole | {"servers": committed["servers"]}, (
        "Run `./yian openapi export` and commit openapi/v1.json."
    )


def test_every_operation_with_a_row_is_guarded_and_every_other_is_open(whole: Json) -> None:
    found = dict(operations_of(whole))

    assert len(found) > 40
    for one in found.values():
        rule = OPERATIONS.get(one["operationId"])
        assert one["security"] == ([{"oauth2": [rule.scope.value]}] if rule else []), one["operationId"]


def test_every_row_of_the_table_of_authorisation_has_its_operation(whole: Json) -> None:
    assert set(OPERATIONS) - {one["operationId"] for _, one in operations_of(whole)} == set()


def test_every_field_says_what_it_means(whole: Json) -> None:
    schemas = whole["components"]["schemas"]
    referred = {f"#/components/schemas/{name}": schema for name, schema in schemas.items()}

    silent = [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, said in schema.get("properties", {}).items()
        if not referred.get(said.get("$ref", ""), said).get("description")
    ]

    assert silent == []


def test_every_reference_leads_somewhere_and_every_name_is_ours(whole: Json) -> None:
    for reference in references_in(whole):
        assert resolved(whole, {"$ref": reference}) is not None, reference
    assert [name for name in whole["components"]["schemas"] if "__" in name or name.startswith("Body_")] == []


def test_every_example_is_what_its_schema_says(whole: Json) -> None:
    wrong = []
    for name, one in operations_of(whole):
        bodies = [one.get("requestBody", {}), *(resolved(whole, answer) for answer in one["responses"].values())]
        for media in (media for body in bodies for media in body.get("content", {}).values()):
            values = [media["example"]] if "example" in media else []
            values += [resolved(whole, example)["value"] for example in media.get("examples", {}).values()]
            wrong += [(name, str(fault.message)) for value in values for fault in faults_in(whole, media, value)]

    assert wrong == []


def faults_in(document: Json, media: Json, value: Any) -> Iterator[Any]:
    schema = {"$ref": media["schema"]["$ref"]} if "$ref" in media["schema"] else media["schema"]
    yield from Draft202012Validator({**schema, "components": document["components"]}).iter_errors(value)


def references_in(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from references_in(one)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for one in node.values():
            yield from references_in(one)


def test_every_tag_and_every_scope_is_described_for_the_reader() -> None:
    document = json.loads(DOCUMENT.read_text("utf-8"))
    operations = [one for path in document["paths"].values() for one in path.values() if "operationId" in one]

    tags = {tag for one in operations for tag in one["tags"]}
    scopes = {scope for one in operations for need in one.get("security", ()) for scope in need.get("oauth2", ())}

    assert tags == {tag["name"] for tag in document["tags"]}
    assert scopes
    assert scopes <= SCOPES.keys()
    assert SCOPES.keys() == set(Scope)
