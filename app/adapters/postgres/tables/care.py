"""From needs to delivery: assessments, needs, plans, services and referrals."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, json, one_of, text, texts
from app.domain.catalogue import ListingStage


class AssessmentRow(SQLModel, table=True):
    """A signed assessment: evidence that never changes; a correction is a new one that names the old."""

    __tablename__ = "assessment"
    __table_args__ = (Index("uq_assessment_corrects", "corrects", unique=True),)

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    region_path: str = text()
    application_id: UUID | None = Field(default=None, index=True)
    instrument: str = text()
    assessed_on: date
    corrects: UUID | None = Field(default=None, description="The assessment whose place this one takes.")
    detail: dict[str, object] = json(description="Answers, result, assessor, method, purpose.")
    version: int


class NeedRow(SQLModel, table=True):
    """A need, proposed by rules from answers, confirmed or dismissed by a human."""

    __tablename__ = "need"
    __table_args__ = (
        Index("ix_need_person_id", "person_id", "id"),
        Index(
            "uq_need_open",
            "person_id",
            "code",
            unique=True,
            postgresql_where="stage IN ('proposed', 'confirmed')",
        ),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    application_id: UUID | None = Field(default=None)
    code: str = text()
    stage: str = text()
    detail: dict[str, object] = json()
    version: int


class PlanRow(SQLModel, table=True):
    """A revision of a person's individual plan (一人一案); the database holds that one at most is active."""

    __tablename__ = "plan"
    __table_args__ = (
        Index("uq_plan_active", "person_id", unique=True, postgresql_where="stage = 'active'"),
        Index("uq_plan_revision", "person_id", "revision", unique=True),
        Index("ix_plan_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
        Index(
            "ix_plan_review_due",
            "region_path",
            "review_due_on",
            "id",
            postgresql_ops=BYTES,
            postgresql_where="review_due_on IS NOT NULL",
        ),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    application_id: UUID | None = Field(default=None)
    revision: int
    stage: str = text()
    review_due_on: date | None = Field(default=None, description="When somebody is to look; only of an active one.")
    called_for: list[str] = texts(description="What has happened in the person's life since somebody last looked.")
    detail: dict[str, object] = json()
    version: int


class ServiceRow(SQLModel, table=True):
    """A service of the catalogue that an organisation offers at a place."""

    __tablename__ = "service"
    __table_args__ = (
        Index("ix_service_meets", "meets", postgresql_using="gin"),
        Index("ix_service_places", sql("places_of(id, detail)"), postgresql_using="gin"),
        Index(
            "ix_service_worklist",
            "stage",
            "region_path",
            "id",
            postgresql_ops=BYTES,
            postgresql_where="stage <> 'confirmed'",
        ),
        one_of("stage", ListingStage),
        Index("ix_service_words", sql("pairs_of(words_of(detail))"), postgresql_using="gin"),
    )

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    code: str = text(index=True)
    family: str = text()
    region_path: str = text()
    meets: list[str] = texts(description="The needs that it meets, by their items in the catalogue.")
    serves: list[str] = texts(description="Paths of the areas whose residents it takes; empty for anybody's.")
    status: str = text()
    stage: str = text(description="Whether its provider stands by it.")
    detail: dict[str, object] = json()
    version: int
    clock_id: UUID = Field(description="The sandbox client's who brought it in; all zeros for everybody's.")
    modified_at: datetime = Field(index=True, description="When what is said here was last changed.")


class ServiceRatingRow(SQLModel, table=True):
    """How those who had a service rated it, summed up: no person stands here, and nobody's own rating."""

    __tablename__ = "service_rating"

    service_id: UUID = Field(primary_key=True, foreign_key="service.id")
    clock_id: UUID = Field(primary_key=True, description="The sandbox client's time; all zeros for real time.")
    count: int
    total: int


class ProviderOutcomeRow(SQLModel, table=True):
    """What came of a provider's work by plans of people of a place, summed up each night; no person stands here."""

    __tablename__ = "provider_outcome"

    organisation_id: UUID = Field(primary_key=True, foreign_key="organisation.id")
    clock_id: UUID = Field(primary_key=True, description="The sandbox client's time; all zeros for real time.")
    region_path: str = text(primary_key=True, description="The place whose people were looked at.")
    people: int = Field(description="Whose plans were reviewed; hard cases stand apart.")
    total: int = Field(description="The sum of their points.")
    hard: int = Field(description="Those with special difficulty.")
    hard_total: int
    known_on: date


class ReferralRow(SQLModel, table=True):
    """A person's way to one service of one provider, from offer to confirmation."""

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_referral_provider_id", "provider_id", "id"),
        Index(
            "uq_referral_open",
            "need_id",
            "service_id",
            unique=True,
            postgresql_where="stage IN ('offered', 'accepted', 'delivered', 'paused')",
        ),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    region_path: str = text()
    application_id: UUID | None = Field(default=None)
    need_id: UUID = Field(foreign_key="need.id")
    service_id: UUID = Field(foreign_key="service.id")
    provider_id: UUID = Field(foreign_key="organisation.id")
    stage: str = text()
    offered_at: datetime
    detail: dict[str, object] = json()
    version: int
