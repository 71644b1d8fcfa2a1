"""How sure we are of a fact of law or geography."""

from enum import StrEnum


class Confidence(StrEnum):
    """How a fact came to us, from the surest to the least sure.

    What is doubtful is still data with a source, so that it can be put right by one new entry and no change of code.
    """

    SEEN = "seen"
    """Read in a public source."""
    HIGH = "high"
    """Not seen in a source, and hardly open to doubt."""
    MEDIUM = "medium"
    """Not seen in a source, and likely."""
    LOW = "low"
    """Not seen in a source, and only an operational assumption."""
    DOUBTFUL = "doubtful"
    """Sources are missing, local or in conflict. To be confirmed before it is relied on."""
