"""The unified social credit code of an organisation (统一社会信用代码)."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from app.domain.shared.errors import Unprocessable
from app.domain.shared.identity.identifier import mask

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
_BODY = re.compile(f"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{9}}")


class InvalidOrganisationCode(Unprocessable):
    """The text cannot be a unified social credit code."""

    code = "invalid_organisation_code"
    title = "The organisation code cannot be right"


def check_character(body: str) -> str:
    """The eighteenth character for the seventeen before it.

    Source: GB 32100-2015.

    >>> check_character("13370303MB2317407")
    'H'

    Raises:
        InvalidOrganisationCode: the body is not two characters, six digits and nine characters of the code's alphabet.
    """
    if not _BODY.fullmatch(body):
        raise InvalidOrganisationCode(
            "An organisation code is 18 digits and capital letters without I, O, S, V and Z, "
            "of which the third to the eighth are digits. Enter it as it stands on the registration certificate."
        )
    return _ALPHABET[-sum(_VALUES[character] * weight for character, weight in zip(body, _WEIGHTS, strict=True)) % 31]


@dataclass(frozen=True, slots=True)
class OrganisationCode:
    """A well-formed unified social credit code. It is public: organisations print it on their letters.

    Source: GB 32100-2015.

    >>> OrganisationCode.parse("13370303mb2317407h").region
    '370303'

    Raises:
        InvalidOrganisationCode: the shape or the check character is wrong.
    """

    scheme: ClassVar[str] = "cn.organisation_code"

    value: str

    def __post_init__(self) -> None:
        if check_character(self.value[:17]) != self.value[17:]:
            raise InvalidOrganisationCode(
                "The check character does not fit. Compare the code with the registration certificate."
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code; small letters are taken for capital ones.

        Raises:
            InvalidOrganisationCode: the shape or the check character is wrong.
        """
        return cls(text.upper())

    @classmethod
    def of(cls, body: str) -> Self:
        """The code with these first seventeen characters and the check character that belongs to them.

        Raises:
            InvalidOrganisationCode: the body is not the first seventeen characters of a code.
        """
        return cls(body + check_character(body))

    @property
    def region(self) -> str:
        """Six digits: where the organisation is registered."""
        return self.value[2:8]

    def masked(self) -> str:
        """The code with its middle replaced by asterisks."""
        return mask(self.value)
