"""How a person wants to be told things, as the person says; whatever is handed to the person follows it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.person.facts import Language, PreferredFormat
from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """In which format and language a person is told things.

    Source: 无障碍环境建设法 (2023) arts. 29, 32, 38.
    """

    format: PreferredFormat = PreferredFormat.STANDARD
    language: Language = Language.CHINESE

    @property
    def wants_plain_text(self) -> bool:
        """Say whether plain text serves best: it is read aloud, and embossed, without anything in the way."""
        return self.format in {PreferredFormat.VOICE, PreferredFormat.BRAILLE}


AS_EVERYBODY = Preferences()
"""Who has not said otherwise, or whose wish the reader is not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferencesSet(Event):
    """The person wants to be told things in another way; in which one stays with the person."""

    name: ClassVar[str] = "person.preferences_set"

    person_id: UUID
    set_by: UUID
    set_on: date
