"""What every number of a public register can do, whichever country gave it."""

from typing import ClassVar, Protocol, Self

SHOWN_AT_THE_START = 3
SHOWN_AT_THE_END = 1


class Identifier(Protocol):
    """A number that a public register gave, known to be well formed.

    `value` is the one way to the whole number: an implementation shows itself masked, so that neither a log line nor a
    traceback gives it away.
    """

    scheme: ClassVar[str]

    @property
    def value(self) -> str:
        """The whole number in its canonical spelling."""
        ...

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as people write it.

        Raises:
            Unprocessable: a leaf of it, when the text cannot be such a number.
        """
        ...

    def masked(self) -> str:
        """The number with everything that identifies its holder replaced by asterisks."""
        ...


def mask(value: str) -> str:
    """The first three characters and the last one; the rest are asterisks. Short texts are hidden whole.

    >>> mask("11010519491231002X")
    '110**************X'
    >>> mask("1234")
    '****'
    """
    hidden = len(value) - SHOWN_AT_THE_START - SHOWN_AT_THE_END
    if hidden <= 0:
        return "*" * len(value)
    return value[:SHOWN_AT_THE_START] + "*" * hidden + value[-SHOWN_AT_THE_END:]
