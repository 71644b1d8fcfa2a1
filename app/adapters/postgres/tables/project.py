"""Projects, what is taken of them, and who is on their lists."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, json, one_of, text, texts
from app.domain.project import BeneficiaryStage, ProjectStage


class ProjectRow(SQLModel, table=True):
    """A project; its terms are fixed when it is announced, but for quota and budget, which two people change."""

    __tablename__ = "project"
    __table_args__ = (
        one_of("stage", ProjectStage),
        CheckConstraint("quota > 0", name="quota"),
        CheckConstraint("amount_fen BETWEEN 0 AND budget_fen", name="budget_fen"),
        CheckConstraint("runs_from <= runs_to", name="runs"),
        Index("ix_project_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    region_path: str = text()
    stage: str = text()
    name: str = text()
    services: list[str] = texts(description="Services of the catalogue that it pays for.")
    runs_from: date
    runs_to: date
    quota: int
    amount_fen: int = Field(sa_type=BigInteger, description="The most that one beneficiary gets.")
    budget_fen: int = Field(sa_type=BigInteger)
    detail: dict[str, object] = json()
    version: int


class ProjectAccountRow(SQLModel, table=True):
    """What is taken of a project, counted by the database itself as beneficiaries come and leave."""

    __tablename__ = "project_account"
    __table_args__ = (
        CheckConstraint("places_held >= 0", name="places_held"),
        CheckConstraint("held_fen >= 0", name="held_fen"),
    )

    project_id: UUID = Field(primary_key=True, foreign_key="project.id")
    clock_id: UUID = Field(primary_key=True, description="The sandbox client's time; zeros for real time.")
    places_held: int = Field(sa_column_kwargs={"server_default": "0"})
    held_fen: int = Field(sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})


class BeneficiaryRow(SQLModel, table=True):
    """Somebody on the list of a project; in the same days once at most, which an exclusion constraint holds."""

    __tablename__ = "beneficiary"
    __table_args__ = (
        one_of("stage", BeneficiaryStage),
        CheckConstraint("valid_from <= valid_to", name="validity"),
        CheckConstraint("amount_fen >= 0", name="amount_fen"),
        CheckConstraint("spent_fen BETWEEN 0 AND amount_fen", name="spent_fen"),
        CheckConstraint(
            "(stage IN ('settling', 'ended')) = (ended_on IS NOT NULL AND spent_fen IS NOT NULL)", name="ended"
        ),
        Index("ix_beneficiary_project_id", "project_id", "stage", "id"),
        Index("ix_beneficiary_person_id", "person_id", "id"),
        Index("ix_beneficiary_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text(description="Where the person lives, as it was when the person was put on the list.")
    project_id: UUID = Field(foreign_key="project.id")
    stage: str = text()
    valid_from: date
    valid_to: date | None = Field(default=None)
    amount_fen: int = Field(sa_type=BigInteger, description="What was promised.")
    spent_fen: int | None = Field(default=None, sa_type=BigInteger, description="What was spent on who has left.")
    has_benefited: bool = Field(description="Whether it counts elsewhere as a benefit.")
    ended_on: date | None = Field(default=None)
    stated_by: UUID | None = Field(default=None, description="Who said last what was spent; another one confirms it.")
    detail_cipher: bytes = Field(description="The entry whole, encrypted: its words tell of a situation.")
    version: int
