"""Documents of archives: a table that only grows; from whom one came is sealed. And how many archives lack what."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, one_of, text
from app.domain.archive import ArchiveOf


class ArchiveDocumentRow(SQLModel, table=True):
    """A document in the archive of a person, a case or an association. One that is replaced stays."""

    __tablename__ = "archive_document"
    __table_args__ = (
        one_of("archive_of", ArchiveOf),
        Index("ix_archive_document_person_id", "person_id", "id", postgresql_where="person_id IS NOT NULL"),
        Index("ix_archive_document_case_id", "case_id", "id", postgresql_where="case_id IS NOT NULL"),
        Index(
            "ix_archive_document_organisation_id",
            "organisation_id",
            "year",
            "id",
            postgresql_where="organisation_id IS NOT NULL",
        ),
        Index("ix_archive_document_region_path", "region_path", "id", postgresql_ops=BYTES),
        Index("uq_archive_document_replaces", "replaces", unique=True, postgresql_where="replaces IS NOT NULL"),
    )

    id: UUID = Field(primary_key=True)
    archive_of: str = text()
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    case_id: UUID | None = Field(default=None)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    region_path: str = text()
    item: str = text(description="For which item of the checklist.")
    year: int | None = Field(default=None, sa_type=SmallInteger)
    made_on: date
    digest: bytes = Field(description="SHA-256 of the file.")
    filed_by: UUID
    filed_on: date
    replaces: UUID | None = Field(default=None, foreign_key="archive_document.id")
    detail_cipher: bytes = Field(description="The document whole, encrypted.")
    version: int


class ArchiveCountRow(SQLModel, table=True):
    """How many archives of people of a place lack what, counted each night; no person stands here."""

    __tablename__ = "archive_count"
    __table_args__ = (Index("ix_archive_count_region_path", "region_path", postgresql_ops=BYTES),)

    region_path: str = text(primary_key=True)
    checklist: str = text(description="The rule by which it was counted, with its version.")
    counted_on: date
    people: int
    complete: int
    items: dict[str, Any] = Field(sa_type=JSONB, description="For each item how many need it, and how many lack it.")
