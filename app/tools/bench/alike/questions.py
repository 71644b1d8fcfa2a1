"""Three questions of one length about each holder: rightly named, under a number nobody has, and by a wrong name."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count, islice

from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade
from app.tools.bench.holders import certificate_number, holders_among
from app.tools.bench.requests.load import request_bytes

PATH = "/v1/certificate-verifications"
NOBODYS_REGION = 998_999
"""No synthetic person has a number of this region."""
SEQUENCES = 999
WRONG = "旁"


class Kind(StrEnum):
    """How a question agrees with the register."""

    HIT = "hit"
    UNKNOWN_NUMBER = "unknown number"
    WRONG_NAME = "wrong name"


@dataclass(frozen=True, slots=True)
class Question:
    """One request, ready to send."""

    kind: Kind
    request: bytes


def questions(persons: int, token: str, *, rounds: int) -> list[Question]:
    """So many rounds of the three, the three of a round in an order that nothing tells beforehand."""
    holders = list(holders_among(persons))
    if len(holders) < rounds:
        raise ValueError(f"{persons} people hold {len(holders)} certificates, and {rounds} are asked about.")
    chance = random.Random(rounds)  # noqa: S311 - an order that is the same each time, and no secret
    asked: list[Question] = []
    for person, number in zip(islice(holders, rounds), _nobodys(), strict=False):
        own, wrong = certificate_number(person), WRONG * len(person.name)
        three = [
            _question(Kind.HIT, token, own, person.name),
            _question(Kind.UNKNOWN_NUMBER, token, number, person.name),
            _question(Kind.WRONG_NAME, token, own, wrong),
        ]
        chance.shuffle(three)
        asked += three
    return asked


def _nobodys() -> Iterator[CertificateNumber]:
    """Numbers that could be right, and that nobody has."""
    for serial in count():
        day, sequence = divmod(serial, SEQUENCES)
        citizen = CitizenNumber.of(
            region=str(NOBODYS_REGION),
            born_on=date.fromordinal(date(1900, 1, 1).toordinal() + day),
            sequence=sequence + 1,
        )
        yield CertificateNumber.of(citizen, category=Category.PHYSICAL, grade=Grade.THIRD)


def _question(kind: Kind, token: str, number: CertificateNumber, name: str) -> Question:  # noqa: PLR0917 - four plain facts
    body = json.dumps({"certificates": [{"number": number.value, "name": name}]}, ensure_ascii=False).encode()
    return Question(kind, request_bytes("POST", PATH, headers={"Authorization": f"Bearer {token}"}, body=body))
