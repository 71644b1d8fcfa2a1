"""Words that come with the data they name, in Chinese and in English."""

from dataclasses import dataclass
from typing import Self

from app.domain.shared.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The same words in Chinese and in English."""

    zh: str
    en: str

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The words under the keys `zh` and `en` of rule data."""
        return cls(zh=entry.text("zh"), en=entry.text("en"))
