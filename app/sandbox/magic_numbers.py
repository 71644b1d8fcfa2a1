"""Magic numbers in the sandbox: some are refused as they say, the others stand beside the register."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.adapters.crypto import BlindIndex
from app.domain.shared.identity import CertificateNumber, CitizenNumber
from app.sandbox.authority import sandbox_id
from app.services.magic_number import BY_NUMBER, HOLDER, MAGIC_NUMBERS


class MagicNumbers:
    """Takes every certificate number, and answers for those that stand for a refusal."""

    def take(self, number: CertificateNumber) -> None:
        """Let a number pass.

        Raises:
            Unavailable, AnswerPending, TooManyRequests: it stands for that.
        """
        magic = BY_NUMBER.get(number.value)
        if magic is not None and (refusal := magic.refusal()) is not None:
            raise refusal


def beside_the_register(index: BlindIndex) -> Mapping[bytes, Mapping[str, Any]]:
    """The certificates of magic numbers as the register's look-up finds its own, by the digest of the number."""
    rows = {}
    for magic in MAGIC_NUMBERS:
        if (facts := magic.facts) is not None:
            rows[index.of(CertificateNumber.scheme, magic.number.value)] = {
                "certificate_id": sandbox_id("certificate", magic.number.value),
                "person_id": sandbox_id("person", magic.citizen_number.value),
                "category": facts.category,
                "grade": facts.grade,
                "status": facts.status,
                "valid_until": facts.valid_until,
                "name_index": index.of("person_name", HOLDER),
                "identifier_index": index.of(CitizenNumber.scheme, magic.citizen_number.value),
            }
    return MappingProxyType(rows)
