"""One thing that is missing."""

from dataclasses import dataclass, field
from enum import StrEnum


class WantKind(StrEnum):
    """What is missing."""

    EVIDENCE = "evidence"
    """Something to be shown, by its kind in the package's list."""
    ANSWER = "answer"
    """An answer, by its field of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """One thing that is missing, and in the office's words to the person why and how to put it right."""

    kind: WantKind
    code: str
    text: str = field(repr=False)

    @property
    def name(self) -> str:
        """Kind and code together: what it is known by.

        >>> Want(kind=WantKind.ANSWER, code="phone", text="The number has a digit too few.").name
        'answer/phone'
        """
        return f"{self.kind.value}/{self.code}"
