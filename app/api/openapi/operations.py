"""Each operation of the document: who may call, what it needs, what it may refuse, what it answers with."""

from dataclasses import dataclass
from typing import Any

from app.api.openapi import refusals
from app.api.openapi.bodies import BODIES
from app.api.openapi.operation import MARK, TEXT
from app.api.openapi.sampling import Sampler
from app.api.problems import registry
from app.domain.shared.authz import OPERATIONS, Operation
from app.domain.shared.errors import DomainError

Json = dict[str, Any]
JSON = "application/json"
ORDER = (
    "tags",
    "summary",
    "description",
    "operationId",
    "x-roles",
    "security",
    "parameters",
    "requestBody",
    "responses",
)
CREATED, NOT_MODIFIED = "201", "304"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawOperation:
    """An operation as FastAPI describes it, where it stands, and what its route says of itself."""

    raw: Json
    path: str
    method: str
    sampler: Sampler

    def refined(self) -> Json:
        """The operation as it stands in the document."""
        parts = {
            **self.raw,
            "description": self._description(),
            "x-roles": sorted(self._rule.roles) if self._rule else [],
            "security": [{"oauth2": [self._rule.scope.value]}] if self._rule else [],
            "parameters": self._parameters(),
            "requestBody": self._request_body(),
            "responses": dict(sorted((self._refusals() | self._successes()).items())),
        }
        return {name: parts[name] for name in ORDER if parts.get(name) or name == "security"}

    @property
    def _facts(self) -> Json:
        facts: Json = self.raw.get(MARK, {})
        return facts

    @property
    def _rule(self) -> Operation | None:
        return OPERATIONS.get(self.raw["operationId"])

    @property
    def _answer(self) -> Json:
        """The schema of what it answers with, when all is well."""
        good: Json = next((one for status, one in self.raw["responses"].items() if status.startswith("2")), {})
        return self.sampler.resolved(good.get("content", {}).get(JSON, {}).get("schema", {}))

    @property
    def _is_tagged(self) -> bool:
        if (told := self._facts.get("tagged")) is not None:
            return bool(told)
        return "version" in self._answer.get("properties", {}) or NOT_MODIFIED in self.raw["responses"]

    def _description(self) -> str:
        said = self.raw.get("description", "").partition("\n\nRaises:")[0].strip()
        if self._rule is None:
            return f"{said}\n\nNo token is needed."
        who = ", ".join(f"`{role}`" for role in sorted(self._rule.roles))
        return f"{said}\n\nMay be called by: {who}. Needs the scope `{self._rule.scope}`."

    def _parameters(self) -> list[Json]:
        own = [self._parameter(one) for one in self.raw.get("parameters", [])]
        shared = {
            "IdempotencyKey": self._facts.get("keyed"),
            "IfMatch": self._facts.get("versioned"),
            "IfNoneMatch": self.method == "get" and self._is_tagged,
        }
        return own + [{"$ref": f"#/components/parameters/{name}"} for name, is_there in shared.items() if is_there]

    def _parameter(self, raw: Json) -> Json:
        schema = self._without_null(raw["schema"])
        described = (
            raw.get("description") or schema.get("description") or self.sampler.resolved(schema).get("description")
        )
        description = described or f"Id of the {raw['name'].removesuffix('_id').replace('_', ' ')}."
        example = raw.get("example", self.sampler.of(schema))
        return {
            **{name: raw[name] for name in ("name", "in", "required")},
            **({"description": description} if raw["in"] == "path" or described else {}),
            "schema": schema,
            **({} if example is None or example == "" else {"example": example}),
        }

    def _without_null(self, schema: Json) -> Json:
        """A parameter that may be left out is not one that may be null: there is no null in an address."""
        if "oneOf" in schema:
            return {**schema["oneOf"][0], **{name: value for name, value in schema.items() if name != "oneOf"}}
        if isinstance(kinds := schema.get("type"), list):
            return {**schema, "type": kinds[0]}
        return schema

    def _request_body(self) -> Json:
        if kinds := self._facts.get("takes"):
            return {"required": True, "content": {kind: self._with_example({"schema": TEXT}) for kind in kinds}}
        body = self.raw.get("requestBody", {})
        content = {kind: self._with_example(one) for kind, one in body.get("content", {}).items()}
        if example := BODIES.get(self.raw["operationId"]):
            content = {kind: {**one, "example": dict(example)} for kind, one in content.items()}
        if examples := self._facts.get("examples"):
            content = {kind: {"schema": one["schema"], "examples": examples} for kind, one in content.items()}
        return {**body, "content": content} if body else {}

    def _with_example(self, media: Json) -> Json:
        example = self.sampler.of(media.get("schema", {}))
        return media if example is None else {**media, "example": example}

    def _successes(self) -> Json:
        good = {status: one for status, one in self.raw["responses"].items() if status < "4" and status != NOT_MODIFIED}
        shown = {status: self._success(status, one) for status, one in good.items()}
        if self.method == "get" and self._is_tagged:
            shown[NOT_MODIFIED] = {
                "description": "Nothing has changed since the version that `If-None-Match` names.",
                "headers": _headers("Request-Id", "RateLimit-Policy", "RateLimit", "ETag"),
            }
        return shown

    def _success(self, status: str, raw: Json) -> Json:
        facts, fields = self._facts, self._answer.get("properties", {})
        headers = {
            "Request-Id": True,
            "RateLimit-Policy": self._rule,
            "RateLimit": self._rule,
            "ETag": self._is_tagged,
            "Link": "next_cursor" in fields,
            "Location": status == CREATED,
            "Idempotent-Replayed": facts.get("keyed"),
        }
        shown: Json = {
            "description": _first_sentence(self._answer.get("description", "")) or "Done.",
            "headers": _headers(*(name for name, is_there in headers.items() if is_there)),
            "content": {kind: self._with_example(one) for kind, one in raw.get("content", {}).items()},
        }
        if links := facts.get("links"):
            shown["links"] = {name: _link(name, parameter) for name, parameter in links.items()}
        return {name: value for name, value in shown.items() if value}

    def _refusals(self) -> Json:
        facts = self._facts
        kinds: list[type[DomainError]] = [*refusals.ALWAYS]
        kinds += refusals.GUARDED if self._rule else ()
        kinds += refusals.WITH_BODY if JSON in self.raw.get("requestBody", {}).get("content", {}) else ()
        kinds += refusals.WITH_TABLE if facts.get("takes") else ()
        kinds += refusals.KEYED if facts.get("keyed") else ()
        kinds += refusals.VERSIONED if facts.get("versioned") else ()
        kinds += refusals.IN_PAGES if "next_cursor" in self._answer.get("properties", {}) else ()
        found = "{" in self.path if facts.get("found") is None else facts["found"]
        kinds += refusals.IDENTIFIED if found else ()
        kinds += [registry()[code] for code in facts.get("refusals", ())]
        own = {status: one for status, one in self.raw["responses"].items() if status >= "4" and status != "422"}
        return refusals.responses_of(kinds) | {status: self._success(status, one) for status, one in own.items()}


def _headers(*names: str) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _link(operation: str, parameter: str) -> Json:
    return {
        "operationId": operation,
        "description": "Read what was made.",
        "parameters": {parameter: "$response.body#/id"},
    }


def _first_sentence(text: str) -> str:
    head, stop, _ = text.replace("\n", " ").partition(". ")
    return head + stop.strip() if head else ""
