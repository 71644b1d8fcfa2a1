"""Claims about certificates as keyed digests, and the rows of the register that agree with them."""

from collections.abc import Iterable, Mapping
from hmac import compare_digest
from typing import Any, NamedTuple

from app.adapters.crypto import BlindIndex
from app.domain.certificate import CertificateFacts, CertificateStatus, Claims
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade

FIND = """
SELECT number_index, certificate_id, person_id, category, grade, status, valid_until, name_index, identifier_index
FROM certificate_version WHERE is_current AND number_index = ANY (ARRAY(
    SELECT substring($1::bytea FROM place FOR 32) FROM generate_series(1, length($1::bytea), 32) AS place))
"""
_STATUSES = {status.value: status for status in CertificateStatus}
_CATEGORIES = {category.value: category for category in Category}
_GRADES = {grade.value: grade for grade in Grade}
"""Looked up, which takes a quarter of what calling an enumeration does."""
_NOBODY = {"name_index": b"", "identifier_index": b""}


class Question(NamedTuple):
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
        index.of(CertificateNumber.scheme, claims.number.value),
        index.of("person_name", claims.name) if claims.name else None,
        index.of(CitizenNumber.scheme, claims.citizen_number.value) if claims.citizen_number else None,
    )


def holders_of(claims: Iterable[Claims], index: BlindIndex) -> list[bytes]:
    """The digests of whose certificates are asked about, whatever category and grade: tries are counted by them.

    They are never compared with anything on record.
    """
    return [index.of("certificate_holder", one.number.holder) for one in claims]


def numbers_of(questions: Iterable[Question]) -> bytes:
    """The digests of all numbers, one behind the other, as `FIND` takes them.

    They are one value because the driver looks at every member of an array three times.
    """
    return b"".join({question.number for question in questions})


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
        _STATUSES[row["status"]], row["valid_until"], _CATEGORIES[row["category"]], _GRADES[row["grade"]]
    )
