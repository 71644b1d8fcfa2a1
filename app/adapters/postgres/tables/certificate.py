"""Certificates as lineages of immutable versions, and the cases that lead to them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, json, text, texts


class CertificateRow(SQLModel, table=True):
    """A person's disability certificate (残疾人证) through its life; `version` counts up with every change."""

    __tablename__ = "certificate"
    __table_args__ = (Index("ix_certificate_region_path", "region_path", "id"),)

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    region_path: str = text()
    application_id: UUID | None = Field(default=None)
    accepting_organisation_id: UUID = Field(foreign_key="organisation.id")
    approving_organisation_id: UUID = Field(foreign_key="organisation.id")
    version: int


class CertificateVersionRow(SQLModel, table=True):
    """One version: what the card says, which never changes, and how it stands."""

    __tablename__ = "certificate_version"
    __table_args__ = (
        CheckConstraint("category BETWEEN 1 AND 7", name="category"),
        CheckConstraint("grade BETWEEN 1 AND 4", name="grade"),
        Index(
            "uq_certificate_version_current_number",
            "number_index",
            unique=True,
            postgresql_where="is_current",
            postgresql_include=(
                "certificate_id",
                "person_id",
                "category",
                "grade",
                "status",
                "valid_until",
                "name_index",
                "identifier_index",
            ),
        ),
        Index(
            "uq_certificate_version_held",
            "person_id",
            unique=True,
            postgresql_where="is_current AND status IN ('in_force', 'frozen')",
        ),
    )

    certificate_id: UUID = Field(primary_key=True, foreign_key="certificate.id")
    version: int = Field(primary_key=True)
    person_id: UUID
    number_cipher: bytes
    number_index: bytes = Field(description="Keyed digest of the number; the number itself is no key, for it changes.")
    name_index: bytes = Field(description="Keyed digest of the holder's name as on the card.")
    identifier_index: bytes = Field(description="Keyed digest of the holder's identity number.")
    category: int = Field(sa_type=SmallInteger)
    components: dict[str, int] = json()
    grade: int = Field(sa_type=SmallInteger)
    status: str = text()
    issued_on: date
    valid_until: date
    status_since: date | None = Field(default=None)
    status_reason: str | None = text(default=None)
    is_current: bool = Field(description="It answers for its number: the last version that has it, replaced or not.")
    clock_id: UUID | None = Field(default=None)


class CertificateCaseRow(SQLModel, table=True):
    """One piece of certificate business, from submission to the issued card."""

    __tablename__ = "certificate_case"
    __table_args__ = (
        Index("ix_certificate_case_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
        Index(
            "ix_certificate_case_accepting",
            "accepting_path",
            "id",
            postgresql_ops={"accepting_path": "text_pattern_ops"},
            postgresql_where="accepting_path IS NOT NULL",
        ),
        Index(
            "uq_certificate_case_cancellation",
            "person_id",
            unique=True,
            postgresql_where="business = 'cancellation' AND stage NOT IN ('cancelled', 'refused', 'withdrawn')",
        ),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    region_path: str = text()
    application_id: UUID | None = Field(default=None, index=True)
    accepting_path: str | None = text(
        default=None, description="Where it is accepted, if elsewhere than where it is approved."
    )
    business: str = text()
    stage: str = text()
    detail: dict[str, object] = json(description="What the stages so far have added: who, when, conclusion, notice.")
    rule_versions: list[str] = texts()
    submitted_at: datetime
    version: int
