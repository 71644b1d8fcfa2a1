"""The requests that are measured, as bytes ready to send."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import uuid4

import httpx

from app.adapters.rulebooks import load_rulebooks
from app.domain.shared.identity import CertificateNumber, CitizenNumber, category_of, heaviest
from app.domain.shared.rulebook import Rulebook
from app.sandbox.people import Shares, SyntheticPerson, people
from app.sandbox.seed import COUNTY_PATH, SEED, villages
from app.tools.bench.load import request_bytes

VILLAGE = "652301104201"
ITEMS = ("certificate", "living_subsidy", "nursing_subsidy")
PAGE = 100


@dataclass(frozen=True, slots=True)
class Opened:
    """A sandbox client, its tokens, and the people who were seeded."""

    tokens: dict[str, str]
    hospital: str = ""


def open_client(port: int) -> Opened:
    """Open a sandbox client on a server."""
    answer = httpx.post(f"http://127.0.0.1:{port}/v1/sandbox/clients", timeout=10).raise_for_status()
    return Opened(answer.json()["tokens"])


def seeded(count: int) -> Iterator[SyntheticPerson]:
    """The people that the seed has made, in their order."""
    rules = Rulebook(load_rulebooks()).at(COUNTY_PATH, date(2026, 1, 1))
    return people(count, villages=villages(), shares=Shares.of(rules), seed=SEED)


def verifications(persons: int, opened: Opened, *, count: int) -> list[bytes]:
    """Verifications of certificates that are in the register, each of another person."""
    holders = (person for person in seeded(persons) if person.issued_on)
    return [
        _post("/v1/certificate-verifications", opened.tokens["portal"], _verification(one))
        for one in islice(holders, count)
    ]


def ceilings(persons: int, *, count: int) -> list[bytes]:
    """The same bodies for the ceiling."""
    holders = (person for person in seeded(persons) if person.issued_on)
    return [_post("/ceiling", "", _verification(one)) for one in islice(holders, count)]


def submissions(opened: Opened, *, count: int) -> list[bytes]:
    """Applications for people whom the register does not know."""
    return [_post("/v1/applications", opened.tokens["portal"], _application(number)) for number in range(count)]


def submitted_ids(port: int, opened: Opened, *, count: int) -> list[str]:
    """Applications that the portal has submitted."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        found: list[str] = []
        cursor = None
        while len(found) < count:
            parameters: dict[str, Any] = {"limit": PAGE} | ({"cursor": cursor} if cursor else {})
            headers = {"Authorization": f"Bearer {opened.tokens['portal']}"}
            page = client.get("/v1/applications", params=parameters, headers=headers).raise_for_status().json()
            found += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
    return found[:count]


def reads(ids: list[str], opened: Opened, *, count: int) -> list[bytes]:
    """Applications with their items, read one by one."""
    return [_get(f"/v1/applications/{ids[number % len(ids)]}", opened.tokens["portal"]) for number in range(count)]


def work_lists(opened: Opened, *, count: int) -> list[bytes]:
    """The work list of a township, a hundred lines at a time."""
    path = f"/v1/applications?finished=false&limit={PAGE}"
    return [_get(path, opened.tokens["township_officer"])] * count


def _verification(person: SyntheticPerson) -> dict[str, Any]:
    category, grade = category_of(person.components), heaviest(person.components)
    number = CertificateNumber.of(person.number, category=category, grade=grade)
    return {"certificates": [{"number": number.value, "name": person.name}]}


def _application(number: int) -> dict[str, Any]:
    citizen = CitizenNumber.of(region=str(990101 + number // 900), born_on=date(1904, 2, 1), sequence=1 + number % 900)
    return {
        "package_code": "disability_services",
        "items": list(ITEMS),
        "source_number": f"BENCH-{uuid4().hex[:16]}",
        "channel": "portal",
        "applicant": {"name": "样本云", "citizen_number": citizen.value, "region_code": VILLAGE},
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
