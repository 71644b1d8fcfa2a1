"""What an office finds on the way of a benefit."""

from dataclasses import dataclass

from app.domain.shared.finding import Finding
from app.domain.shared.refusal import require_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What an office found on the way. It binds nobody; what is not in favour is said in words.

    Raises:
        ReasonMissing: it is not in favour and says nothing.
    """

    finding: Finding
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse an opinion against the person without words."""
        if self.finding is not Finding.MET:
            require_words(self.text, "Say in plain words what is not met or not known.")


IN_FAVOUR = Opinion(finding=Finding.MET)
