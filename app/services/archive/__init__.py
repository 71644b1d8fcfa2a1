"""Use cases of archives: what is there and what is missing, and documents that are filed and never changed."""

from app.services.archive.filing import (
    ToFile,
    file_archive_document,
    get_archive_document,
    get_archive_document_content,
)
from app.services.archive.gaps import (
    ArchiveGap,
    AssociationStanding,
    list_archive_gaps,
    list_association_archives,
    report_archive_gaps,
)
from app.services.archive.keeping import count_archives
from app.services.archive.reading import (
    ArchiveView,
    get_association_archive,
    get_benefit_case_archive,
    get_certificate_case_archive,
    get_person_archive,
)

__all__ = [
    "ArchiveGap",
    "ArchiveView",
    "AssociationStanding",
    "ToFile",
    "count_archives",
    "file_archive_document",
    "get_archive_document",
    "get_archive_document_content",
    "get_association_archive",
    "get_benefit_case_archive",
    "get_certificate_case_archive",
    "get_person_archive",
    "list_archive_gaps",
    "list_association_archives",
    "report_archive_gaps",
]
