"""Archives: what belongs into one, what of it is there, and documents that somebody files and nobody overwrites."""

from app.domain.archive.checklist import ArchiveOf, Checklist, ChecklistItem, Provider, Source, Want, what_counts
from app.domain.archive.completeness import Completeness, ItemState, Seen, Standing, completeness, counting
from app.domain.archive.document import ArchiveDocument, DocumentOrigin, File, Filing, Place, in_force
from app.domain.archive.events import ArchiveDocumentFiled
from app.domain.archive.gaps import Alike, ItemCount, PlaceCount, count_missing, together
from app.domain.archive.refusals import (
    ArchiveAreaTooWide,
    ArchiveDayImpossible,
    ArchiveItemUnknown,
    ArchiveYearImpossible,
    DocumentNotOfThisItem,
    DocumentReplaced,
)

__all__ = [
    "Alike",
    "ArchiveAreaTooWide",
    "ArchiveDayImpossible",
    "ArchiveDocument",
    "ArchiveDocumentFiled",
    "ArchiveItemUnknown",
    "ArchiveOf",
    "ArchiveYearImpossible",
    "Checklist",
    "ChecklistItem",
    "Completeness",
    "DocumentNotOfThisItem",
    "DocumentOrigin",
    "DocumentReplaced",
    "File",
    "Filing",
    "ItemCount",
    "ItemState",
    "Place",
    "PlaceCount",
    "Provider",
    "Seen",
    "Source",
    "Standing",
    "Want",
    "completeness",
    "count_missing",
    "counting",
    "in_force",
    "together",
    "what_counts",
]
