"""Applications: a person's whole submission, its items, and the cases of benefits."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, SmallInteger
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, OF_COUNTY, OF_TOWNSHIP, derived, json, text, texts

SUBMITTED_ON = "((submitted_at AT TIME ZONE 'Asia/Shanghai')::date)"
"""The legal day of a submission, by which a portal compares what it has sent."""


class ApplicationRow(SQLModel, table=True):
    """One submission by or for one person: one reference, one stream of events, many items."""

    __tablename__ = "application"
    __table_args__ = (
        Index("uq_application_source", "source_id", "source_number", unique=True),
        Index("ix_application_source_number", "source_number"),
        Index("ix_application_day", sql(SUBMITTED_ON), "source_id", "id"),
        Index("ix_application_area", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_application_open", "region_path", "id", postgresql_ops=BYTES, postgresql_where="NOT is_finished"),
        Index("ix_application_area_of_county", "county_path", "id"),
        Index("ix_application_open_of_county", "county_path", "id", postgresql_where="NOT is_finished"),
        Index("ix_application_area_of_township", "township_path", "id"),
        Index("ix_application_open_of_township", "township_path", "id", postgresql_where="NOT is_finished"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    region_path: str = text()
    county_path: str = derived(OF_COUNTY)
    township_path: str = derived(OF_TOWNSHIP)
    package_code: str = text()
    package_version: str = text()
    source_id: UUID = Field(description="The client that sent it.")
    source_number: str = text(description="The client's own number for it, unique for ever (办件编号).")
    channel: str = text()
    assisted_by: UUID | None = Field(default=None)
    status: str = text()
    is_finished: bool
    form_cipher: bytes = Field(description="The answers to the one form, encrypted.")
    digest_cipher: bytes | None = Field(
        default=None, description="SHA-256 of the body as it was sent; sealed, because it digests what identifies."
    )
    submitted_at: datetime
    clock_id: UUID | None = Field(default=None)
    version: int


class ApplicationItemRow(SQLModel, table=True):
    """One service asked for in an application, carried by a case of its own."""

    __tablename__ = "application_item"
    __table_args__ = (
        Index(
            "uq_application_item_open",
            "person_id",
            "code",
            unique=True,
            postgresql_where="NOT is_finished",
        ),
        Index(
            "uq_application_item_source",
            "source_number",
            "source_id",
            unique=True,
            postgresql_where="source_number IS NOT NULL",
        ),
        Index(
            "uq_application_item_matter",
            "matter_code",
            "application_id",
            unique=True,
            postgresql_where="matter_code IS NOT NULL",
        ),
    )

    application_id: UUID = Field(primary_key=True, foreign_key="application.id")
    code: str = text(primary_key=True)
    position: int = Field(sa_type=SmallInteger)
    person_id: UUID
    region_path: str = text()
    case_id: UUID = Field(index=True)
    case_kind: str = text()
    owner_id: UUID = Field(foreign_key="organisation.id")
    owner_code: str | None = text(default=None, nullable=True, description="The owner's 统一社会信用代码, as then.")
    matter_code: str | None = text(default=None, nullable=True, description="In the platform's catalogue (事项编码).")
    source_id: UUID | None = Field(default=None, description="Who gave the number of the item.")
    source_number: str | None = text(default=None, nullable=True, description="The platform's own number (办件编号).")
    depends_on: list[str] = texts()
    promised_until: date | None = Field(default=None, description="The last day promised at submission.")
    status: str = text()
    status_reason: str | None = text(
        default=None, nullable=True, description="Why it stands so, where the person should know."
    )
    is_finished: bool


class BenefitCaseRow(SQLModel, table=True):
    """One benefit applied for: a subsidy, a premium help, help to employment."""

    __tablename__ = "benefit_case"
    __table_args__ = (
        Index("ix_benefit_case_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_benefit_case_granted", "id", postgresql_where="(detail -> 'granted'::text) <> 'null'::jsonb"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    region_path: str = text()
    application_id: UUID = Field(foreign_key="application.id", index=True)
    code: str = text()
    stage: str = text()
    detail: dict[str, object] = json(description="What the steps so far have added: who, when, findings, grant.")
    rule_versions: list[str] = texts()
    submitted_at: datetime
    version: int
