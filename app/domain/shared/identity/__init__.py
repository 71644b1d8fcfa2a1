"""Numbers that public registers give to people, certificates and organisations, and the disability that they name.

Another country's number is one more class with the shape of `Identifier`, and one more entry in `IDENTIFIERS`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.shared.identity.certificate import CertificateNumber, InvalidCertificateNumber
from app.domain.shared.identity.citizen import CitizenNumber, InvalidCitizenNumber, Sex, check_digit
from app.domain.shared.identity.disability import (
    MINIMUM_DOCTORS,
    Category,
    Grade,
    InvalidComponents,
    category_of,
    heaviest,
)
from app.domain.shared.identity.identifier import Identifier, mask
from app.domain.shared.identity.matter import InvalidMatterCode, MatterCode
from app.domain.shared.identity.organisation import InvalidOrganisationCode, OrganisationCode, check_character

IDENTIFIERS: Mapping[str, type[Identifier]] = MappingProxyType(
    {
        CitizenNumber.scheme: CitizenNumber,
        CertificateNumber.scheme: CertificateNumber,
        OrganisationCode.scheme: OrganisationCode,
        MatterCode.scheme: MatterCode,
    }
)
"""Which class reads the numbers of which scheme."""

__all__ = [
    "IDENTIFIERS",
    "MINIMUM_DOCTORS",
    "Category",
    "CertificateNumber",
    "CitizenNumber",
    "Grade",
    "Identifier",
    "InvalidCertificateNumber",
    "InvalidCitizenNumber",
    "InvalidComponents",
    "InvalidMatterCode",
    "InvalidOrganisationCode",
    "MatterCode",
    "OrganisationCode",
    "Sex",
    "category_of",
    "check_character",
    "check_digit",
    "heaviest",
    "mask",
]
