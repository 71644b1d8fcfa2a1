"""What happens to a pair of records that may be one person's. No event says what was compared."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateFound(Event):
    """Two records are so alike that an officer looks at them."""

    name: ClassVar[str] = "person_duplicate.found"

    duplicate_id: UUID
    found_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateDismissed(Event):
    """An officer has found that they are two people's."""

    name: ClassVar[str] = "person_duplicate.dismissed"

    duplicate_id: UUID
    dismissed_by: UUID
    dismissed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateOverridden(Event):
    """An officer lets business go on, for a reason that is on record, before it is decided who the two are."""

    name: ClassVar[str] = "person_duplicate.overridden"

    duplicate_id: UUID
    overridden_by: UUID
    overridden_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeProposed(Event):
    """An officer has found that they are one person's; nothing has moved until another has found so, too."""

    name: ClassVar[str] = "person_duplicate.merge_proposed"

    duplicate_id: UUID
    kept_person_id: UUID
    proposed_by: UUID
    proposed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsMerged(Event):
    """A second officer has found that they are one person's; all that named the one names the other."""

    name: ClassVar[str] = "person_duplicate.merged"

    duplicate_id: UUID
    kept_person_id: UUID
    merged_person_id: UUID
    proposed_by: UUID
    merged_by: UUID
    merged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsSeparated(Event):
    """An officer has undone a merge; what had moved names again whom it named before."""

    name: ClassVar[str] = "person_duplicate.separated"

    duplicate_id: UUID
    separated_by: UUID
    separated_on: date
