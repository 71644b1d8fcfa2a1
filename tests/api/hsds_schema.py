"""The schemas of Open Referral HSDS 3.1, as far as answers use them, written anew from its schema reference.

Field names, types, formats, code lists and what is required; descriptions and fields that are never sent are left out.
What the standard does not name is refused here, though its own schemas let it pass: a misspelt field would else be
taken for one that is not sent.
"""

from typing import Any

Json = dict[str, Any]


def a(kind: str, **more: Any) -> Json:
    return {"type": kind, **more}


UUID, DAY, TEXT = a("string", format="uuid"), a("string", format="date"), a("string")
NUMBER = a("number")
DAYS = "^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$"
MONTH_DAYS = r"^-?\d{1,2}(,-?\d{1,2})*$"
HOUR = r"^\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$"


def of(required: tuple[str, ...], **fields: Json) -> Json:
    return {"type": "object", "properties": fields, "required": list(required), "additionalProperties": False}


def many(name: str) -> Json:
    return {"type": "array", "items": one(name)}


def one(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


DEFINITIONS: Json = {
    "accessibility": of(("id",), id=UUID, description=TEXT, details=TEXT),
    "attribute": of(
        ("id",),
        id=UUID,
        link_id=UUID,
        link_entity=TEXT,
        link_type=TEXT,
        taxonomy_term_id=UUID,
        value=TEXT,
        label=TEXT,
        taxonomy_term=one("taxonomy_term"),
    ),
    "cost_option": of(("id",), id=UUID, option=TEXT, currency=TEXT, amount=NUMBER, amount_description=TEXT),
    "language": of(("id",), id=UUID, name=TEXT, code=TEXT, note=TEXT),
    "location": of(
        ("id", "location_type"),
        id=UUID,
        location_type={"enum": ["physical", "postal", "virtual"]},
        name=TEXT,
        alternate_name=TEXT,
        external_identifier=TEXT,
        external_identifier_type=TEXT,
        accessibility=many("accessibility"),
        schedules=many("schedule"),
        phones=many("phone"),
    ),
    "organization": of(("id", "name", "description"), id=UUID, name=TEXT, alternate_name=TEXT, description=TEXT),
    "phone": of(("id", "number"), id=UUID, number=TEXT, type=TEXT),
    "required_document": of(("id",), id=UUID, document=TEXT),
    "schedule": of(
        ("id",),
        id=UUID,
        freq={"enum": ["WEEKLY", "MONTHLY"]},
        interval=NUMBER,
        byday=a("string", pattern=DAYS),
        bymonthday=a("string", pattern=MONTH_DAYS),
        opens_at=a("string", pattern=HOUR),
        closes_at=a("string", pattern=HOUR),
        timezone=NUMBER,
        valid_from=DAY,
        valid_to=DAY,
        description=TEXT,
    ),
    "service_area": of(("id",), id=UUID, name=TEXT, extent=TEXT, extent_type=TEXT),
    "service_at_location": of(
        ("id",), id=UUID, service_id=UUID, location_id=UUID, description=TEXT, location=one("location")
    ),
    "service_capacity": of(
        ("id", "unit", "available", "updated"),
        id=UUID,
        unit=of(("id", "name"), id=UUID, name=TEXT),
        available=NUMBER,
        maximum=NUMBER,
        updated=a("string", format="date-time"),
    ),
    "taxonomy": of(("id", "name", "description"), id=UUID, name=TEXT, description=TEXT),
    "taxonomy_term": of(
        ("id", "name", "description"),
        id=UUID,
        code=TEXT,
        name=TEXT,
        description=TEXT,
        taxonomy=TEXT,
        taxonomy_detail=one("taxonomy"),
    ),
}
_SERVICE = of(
    ("id", "name", "status"),
    id=UUID,
    organization_id=UUID,
    name=TEXT,
    alternate_name=TEXT,
    description=TEXT,
    status={"enum": ["active", "inactive", "defunct", "temporarily closed"]},
    minimum_age=NUMBER,
    maximum_age=NUMBER,
    eligibility_description=TEXT,
    last_modified=a("string", format="date-time"),
    organization=one("organization"),
    phones=many("phone"),
    schedules=many("schedule"),
    service_areas=many("service_area"),
    service_at_locations=many("service_at_location"),
    languages=many("language"),
    cost_options=many("cost_option"),
    required_documents=many("required_document"),
    capacities=many("service_capacity"),
    attributes=many("attribute"),
)
SERVICE: Json = _SERVICE | {"$defs": DEFINITIONS}
ORGANIZATION: Json = DEFINITIONS["organization"]
ORGANIZATION_FULL: Json = {
    **of(
        ("id", "name", "description"),
        **DEFINITIONS["organization"]["properties"],
        services={"type": "array", "items": _SERVICE},
    ),
    "$defs": DEFINITIONS,
}
SERVICE_AT_LOCATION: Json = {
    **of(("id",), **DEFINITIONS["service_at_location"]["properties"], service=_SERVICE),
    "$defs": DEFINITIONS,
}
TAXONOMY: Json = DEFINITIONS["taxonomy"]
TAXONOMY_TERM: Json = DEFINITIONS["taxonomy_term"] | {"$defs": DEFINITIONS}
PAGE: Json = of(
    ("empty",),
    total_items=a("integer"),
    total_pages=a("integer"),
    page_number=a("integer"),
    size=a("integer"),
    first_page=a("boolean"),
    last_page=a("boolean"),
    empty=a("boolean"),
    contents={"type": "array"},
)
