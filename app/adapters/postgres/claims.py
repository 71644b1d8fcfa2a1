"""Claims about certificates as keyed digests, and the rows of the register that agree with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from app.adapters.crypto import BlindIndex
from app.domain.certificate import CertificateFacts, CertificateStatus, Claims
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade

FIND = """
SELECT number_index, certificate_id, person_id, category, grade, status, valid_until, name_index, identifier_index
FROM certificate_version WHERE number_index = ANY ($1) AND is_current
"""
_NOBODY = {"name_index": b"", "identifier_index": b""}


@dataclass(frozen=True, slots=True)
class Question:
    """Claims as keyed digests; None is what was not claimed."""

    number: bytes
    name: bytes | None
    identifier: bytes | None

    def agrees_with(self, row: Any) -> bool:
        """Say whether the holder on record is the one who was named."""
        has_name = self.name is None or compare_digest(self.name, row["name_index"])
        has_identifier = self.identifier is None or compare_digest(self.identifier, row["identifier_index"])
        return has_name and has_identifier


def question_of(claims: Claims, index: BlindIndex) -> Question:
    """The digests of what is claimed."""
    return Question(
        number=index.of(CertificateNumber.scheme, claims.number.value),
        name=index.of("person_name", claims.name) if claims.name else None,
        identifier=index.of(CitizenNumber.scheme, claims.citizen_number.value) if claims.citizen_number else None,
    )


def by_number(rows: Iterable[Any], beside: Mapping[bytes, Any]) -> Mapping[bytes, Any]:
    """What the register has found, and what stands beside it, by the digest of the number."""
    return {**beside, **{row["number_index"]: row for row in rows}}


def row_of(question: Question, found: Mapping[bytes, Any]) -> Any:
    """The row that agrees with all claims. Digests are compared also where there is none, so both take as long."""
    row = found.get(question.number, _NOBODY)
    return row if question.agrees_with(row) and row is not _NOBODY else None


def facts_of(row: Any) -> CertificateFacts | None:
    """What the register holds; None where nothing agrees."""
    if row is None:
        return None
    return CertificateFacts(
        status=CertificateStatus(row["status"]),
        valid_until=row["valid_until"],
        category=Category(row["category"]),
        grade=Grade(row["grade"]),
    )
