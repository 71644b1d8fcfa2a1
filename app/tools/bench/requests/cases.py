"""The requests that are measured, as bytes ready to send."""

import json
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

import httpx

from app.domain.shared.identity import CitizenNumber
from app.domain.shared.region import code_of
from app.sandbox.people import SyntheticPerson
from app.sandbox.seed import villages
from app.tools.bench.holders import certificate_number, holders_among
from app.tools.bench.requests.care import a_confirmed_need
from app.tools.bench.requests.load import request_bytes

THREE_ITEMS = ("certificate", "living_subsidy", "nursing_subsidy")
FIVE_ITEMS = (*THREE_ITEMS, "employment_help", "pension_premium")
PAGE = 100


@dataclass(frozen=True, slots=True)
class Opened:
    """A portal and an office, each with a sandbox client of its own as they have systems of their own."""

    portal: str
    township_officer: str


def open_clients(port: int) -> Opened:
    """Open the two on a server; they are known by their tokens."""
    address = f"http://127.0.0.1:{port}/v1/sandbox/clients"
    portal, office = (httpx.post(address, timeout=10).raise_for_status().json()["tokens"] for _ in range(2))
    return Opened(portal["portal"], office["township_officer"])


def verifications(persons: int, opened: Opened, *, count: int) -> list[bytes]:
    """Verifications of certificates that are in the register, each of another person."""
    holders = islice(holders_among(persons), count)
    return [_post("/v1/certificate-verifications", opened.portal, _verification(one)) for one in holders]


def batches(persons: int, opened: Opened, *, size: int, count: int) -> list[bytes]:
    """Verifications of so many certificates at once, each batch of other people while there are others."""
    holders = cycle(holders_among(persons))
    bodies = (_verification(*islice(holders, size)) for _ in range(count))
    return [_post("/v1/certificate-verifications", opened.portal, body) for body in bodies]


def ceilings(persons: int, *, count: int) -> list[bytes]:
    """The same bodies for the ceiling."""
    return [_post("/ceiling", "", _verification(one)) for one in islice(holders_among(persons), count)]


def submissions(opened: Opened, items: tuple[str, ...], *, first: int, count: int) -> list[bytes]:
    """Applications for people whom the register does not know, numbered from the first on, village by village."""
    places = [code_of(path) for path in villages()]
    return [
        _post("/v1/applications", opened.portal, _application(number, items, region=places[number % len(places)]))
        for number in range(first, first + count)
    ]


def submitted_ids(port: int, opened: Opened, items: int, *, count: int) -> list[str]:
    """Applications of so many items that the portal has submitted."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        found: list[str] = []
        cursor = None
        while len(found) < count:
            parameters: dict[str, Any] = {"limit": PAGE} | ({"cursor": cursor} if cursor else {})
            headers = {"Authorization": f"Bearer {opened.portal}"}
            page = client.get("/v1/applications", params=parameters, headers=headers).raise_for_status().json()
            found += [application["id"] for application in page["items"] if len(application["items"]) == items]
            cursor = page["next_cursor"]
            if cursor is None:
                break
    return found[:count]


def reads(ids: list[str], opened: Opened, *, count: int) -> list[bytes]:
    """Applications with their items, read one by one."""
    return [_get(f"/v1/applications/{ids[number % len(ids)]}", opened.portal) for number in range(count)]


def work_lists(opened: Opened, *, count: int) -> list[bytes]:
    """The work list of a township, a hundred lines at a time."""
    path = f"/v1/applications?finished=false&limit={PAGE}"
    return [_get(path, opened.township_officer)] * count


def matches(port: int, *, count: int) -> list[bytes]:
    """Which of thousands of services fit one need, asked again and again."""
    token, need_id = a_confirmed_need(port)
    body = {"need_id": need_id, "features": ["step_free"], "languages": ["zh-CN"]}
    return [_post("/v1/matches", token, body) for _ in range(count)]


def _verification(*holders: SyntheticPerson) -> dict[str, Any]:
    return {"certificates": [{"number": certificate_number(one).value, "name": one.name} for one in holders]}


def _application(number: int, items: tuple[str, ...], *, region: str) -> dict[str, Any]:
    citizen = CitizenNumber.of(region=str(990101 + number // 900), born_on=date(1904, 2, 1), sequence=1 + number % 900)
    return {
        "package_code": "disability_services",
        "items": list(items),
        "source_number": f"BENCH-{uuid4().hex[:16]}",
        "channel": "portal",
        "applicant": {"name": "样本云", "citizen_number": citizen.value, "region_code": region},
        "answers": {
            "business": "new",
            "applied_by": "self",
            "phone": "0994-0000000",
            "residence_address": "红柳示例村 1 号",
            "conditions": ["physical"],
            "benefits_received": [],
            "long_term_care": True,
        },
    }


def _post(path: str, token: str, body: dict[str, Any]) -> bytes:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid4().hex}
    return request_bytes("POST", path, headers=headers, body=json.dumps(body, ensure_ascii=False).encode())


def _get(path: str, token: str) -> bytes:
    return request_bytes("GET", path, headers={"Authorization": f"Bearer {token}"})
