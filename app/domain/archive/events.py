"""What happens to archives, in the past tense: ids, codes and days. Where a document came from stays with it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveDocumentFiled(Event):
    """A document went into an archive, for the first time or in the place of another."""

    name: ClassVar[str] = "archive.document_filed"

    document_id: UUID
    archive_of: str
    subject_id: UUID
    item: str
    replaces: UUID | None
    filed_by: UUID
    filed_on: date
