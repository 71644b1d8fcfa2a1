"""Examples from schemas: what each field gives as its example, put together."""

import re
from typing import Any

Json = dict[str, Any]
MAX_DEPTH = 8
BY_FORMAT = {
    "uuid": "01920000-0000-7000-8000-000000000000",
    "date": "2026-11-23",
    "date-time": "2026-11-23T09:30:00+08:00",
    "uri": "https://portal.example/callback",
    "uri-reference": "/problems/not_found",
}
TEXTS = ("text", "652301", "0994-2340000", "certificate", "2026-000123", "a", "1", "zh-CN")


class Sampler:
    """Makes examples within one document."""

    def __init__(self, schemas: Json) -> None:
        self._schemas = schemas

    def of(self, schema: Json, *, depth: int = 0) -> Any:  # noqa: ANN401 - an example is any JSON
        """An example of a schema: what it gives itself, else the examples of its parts."""
        schema = self.resolved(schema)
        for given in ("const", "example", "default"):
            if schema.get(given) is not None:
                return schema[given]
        for listed in ("examples", "enum"):
            if schema.get(listed):
                return schema[listed][0]
        for choices in ("anyOf", "oneOf", "allOf"):
            if choices in schema:
                return self.of(_first_of(schema[choices]), depth=depth)
        return self._made(schema, depth)

    def resolved(self, schema: Json) -> Json:
        """The schema itself where there is a reference, with what stands beside the reference."""
        if "$ref" not in schema:
            return schema
        beside = {name: value for name, value in schema.items() if name != "$ref"}
        return {**self._schemas[schema["$ref"].rpartition("/")[2]], **beside}

    def _made(self, schema: Json, depth: int) -> Any:  # noqa: ANN401 - an example is any JSON
        kind = schema.get("type")
        match kind[0] if isinstance(kind, list) else kind:
            case "object":
                return self._object(schema, depth + 1)
            case "array":
                few = max(1, schema.get("minItems", 0))
                return [self.of(schema["items"], depth=depth + 1)] * few if depth < MAX_DEPTH else []
            case "string":
                return BY_FORMAT.get(schema.get("format", "")) or _text(schema)
            case "integer" | "number":
                return max(1, schema.get("minimum", 1)) if schema.get("maximum", 1) >= 1 else schema["maximum"]
            case "boolean":
                return True
            case _:
                return None

    def _object(self, schema: Json, depth: int) -> Json:
        if "properties" in schema:
            return {name: self.of(one, depth=depth) for name, one in schema["properties"].items()}
        others = schema.get("additionalProperties", False)
        patterned = next(iter(schema.get("patternProperties", {}).values()), None)
        inside = patterned or (others if isinstance(others, dict) else None)
        key = self.of(schema["propertyNames"]) if "propertyNames" in schema else "example"
        return {key: self.of(inside, depth=depth)} if inside is not None and depth < MAX_DEPTH else {}


def _text(schema: Json) -> str:
    """The first of some texts that the schema takes; of none it takes, one of the right length."""
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength", 100)
    pattern = re.compile(schema.get("pattern", ""))
    fitting = (one for one in TEXTS if shortest <= len(one) <= longest and pattern.search(one))
    return next(fitting, TEXTS[0][:longest].ljust(shortest, "x"))


def _first_of(choices: list[Json]) -> Json:
    return next((choice for choice in choices if choice.get("type") != "null"), choices[0])
