"""The code by which the government service platform knows a matter (事项编码)."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from app.domain.shared.errors import Unprocessable
from app.domain.shared.identity.organisation import InvalidOrganisationCode, OrganisationCode

_SHAPE = re.compile(r"[0-9A-Z]{10,40}")
_BY_ORGANISATION = re.compile(r"([0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10})[0-9]{13}(?:[0-9]{2})?")
"""An implementation code, with or without the two digits of the handled matter: 31 or 33 characters."""


class InvalidMatterCode(Unprocessable):
    """The text cannot be the code of a matter."""

    code = "invalid_matter_code"
    title = "The matter code cannot be right"


@dataclass(frozen=True, slots=True)
class MatterCode:
    """The code of a matter in the platform's catalogue: public, like the catalogue itself.

    A basic code says what the matter is; an implementation code (实施编码) begins with the code of the organisation
    that handles it, which then has to be one. Provinces still have catalogues with lengths of their own, so nothing
    else of the inside is read.

    Source: GB/T 39554.1-2020 for the catalogue; the lengths 31 and 33 from memory, confidence medium.

    >>> MatterCode.parse("13370303mb2317407h3000123001000").organisation_code.value
    '13370303MB2317407H'
    >>> MatterCode.parse("000123001000").organisation_code is None
    True

    Raises:
        InvalidMatterCode: the shape is wrong, or the code of the organisation in it.
    """

    scheme: ClassVar[str] = "cn.matter_code"

    value: str

    def __post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.value):
            raise InvalidMatterCode(
                "A matter code is 10 to 40 digits and capital letters. Enter it as the platform's catalogue has it."
            )
        try:
            _ = self.organisation_code
        except InvalidOrganisationCode:
            raise InvalidMatterCode(
                "The matter code does not begin with the code of an organisation. Compare it with the catalogue."
            ) from None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code; small letters are taken for capital ones.

        Raises:
            InvalidMatterCode: it cannot be one.
        """
        return cls(text.upper())

    @property
    def organisation_code(self) -> OrganisationCode | None:
        """Whose matter it is, where the code says so."""
        found = _BY_ORGANISATION.fullmatch(self.value)
        return OrganisationCode(found[1]) if found else None

    def masked(self) -> str:
        """The code itself: nothing in it is about a person."""
        return self.value
