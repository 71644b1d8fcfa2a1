"""Who acts: organisations, accounts and their appointments, the clients of portals, and what was revoked."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import json, one_of, text, texts
from app.domain.shared.access import Role


class OrganisationRow(SQLModel, table=True):
    """A federation, an office, an institution, a provider or the operator of a portal."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("uq_organisation_code", "code", "clock_id", unique=True),
        Index("ix_organisation_words", sql("pairs_of(lower((name || ' '::text) || name_en))"), postgresql_using="gin"),
    )

    id: UUID = Field(primary_key=True)
    code: str | None = text(default=None, description="Unified social credit code, GB 32100-2015.")
    kind: str = text()
    name: str = text()
    name_en: str = text()
    region_path: str = text(index=True)
    categories: list[int] = json(description="Categories that an evaluation institution is designated for.")
    visits_homes: bool | None = Field(
        default=None, description="Whether its doctors evaluate at home; NULL: they do not."
    )
    clock_id: UUID = Field(description="The sandbox client's who brought it in; all zeros for everybody's.")


class AccountRow(SQLModel, table=True):
    """Somebody who may act: a member of staff, a citizen, or a client acting for itself."""

    __tablename__ = "account"

    id: UUID = Field(primary_key=True)
    kind: str = text()
    name: str = text(description="What colleagues call the account; a citizen's is empty.")
    person_id: UUID | None = Field(default=None, index=True)
    disabled_at: datetime | None = Field(default=None)


class StaffContactRow(SQLModel, table=True):
    """How somebody of the staff is reached, as a digest alone: to see who shares it with a person at whose case."""

    __tablename__ = "staff_contact"

    account_id: UUID = Field(primary_key=True, foreign_key="account.id")
    kind: str = text(primary_key=True)
    value_index: bytes = Field(primary_key=True)


class MembershipRow(SQLModel, table=True):
    """An appointment: an account serves an organisation in a role, for a region and a period."""

    __tablename__ = "membership"
    __table_args__ = (
        one_of("role", Role),
        Index("ix_membership_account_id", "account_id"),
        Index("ix_membership_organisation_id", "organisation_id"),
    )

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id")
    organisation_id: UUID = Field(foreign_key="organisation.id")
    role: str = text()
    region_path: str = text()
    valid_from: date
    valid_to: date | None = Field(default=None)


class ClockRow(SQLModel, table=True):
    """A test clock: business time runs ahead of real time by so many seconds."""

    __tablename__ = "clock"

    id: UUID = Field(primary_key=True)
    offset_seconds: int = Field(sa_type=BigInteger)


class ClientRow(SQLModel, table=True):
    """A program that may ask for tokens: a portal, or the tool that staff use."""

    __tablename__ = "client"

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", unique=True)
    name: str = text()
    secret_digest: bytes | None = Field(default=None)
    jwks: dict[str, object] | None = json(default=None, nullable=True)
    scopes: list[str] = texts()
    clock_id: UUID | None = Field(default=None, foreign_key="clock.id")
    disabled_at: datetime | None = Field(default=None)


class RevocationRow(SQLModel, table=True):
    """A token that must not be honoured any more, kept until it would have expired."""

    __tablename__ = "revocation"

    token_id: str = text(primary_key=True)
    expires_at: datetime = Field(index=True)
