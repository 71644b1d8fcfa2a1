"""The person: an id of ours, and dated rows for all that a person bears for a time. What identifies is encrypted."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, SmallInteger
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, one_of, text
from app.domain.shared.access import Acting


class PersonRow(SQLModel, table=True):
    """A person. Nothing here identifies one; the path is of the place of residence."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_region_path", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_person_uncompared", "id", postgresql_where="NOT is_compared"),
    )

    id: UUID = Field(primary_key=True)
    region_path: str = text()
    registration_path: str = text(description="Place of household registration (hukou).")
    registration_since: date | None = Field(default=None, description="The day of the last move of it that is known.")
    residence_since: date | None = Field(default=None, description="The day of the last move of the home.")
    birth_date: date | None = Field(default=None)
    sex: int = Field(sa_type=SmallInteger, description="GB/T 2261.1.")
    preferred_format: str = text()
    preferred_language: str = text()
    merged_into: UUID | None = Field(default=None, foreign_key="person.id")
    clock_id: UUID | None = Field(default=None)
    is_compared: bool = Field(
        sa_column_kwargs={"server_default": "false"}, description="Whether it was compared since it came or changed."
    )
    version: int


class PersonNameRow(SQLModel, table=True):
    """A name that a person bears or bore, encrypted, with a keyed index for look-ups."""

    __tablename__ = "person_name"
    __table_args__ = (Index("ix_person_name_person_id", "person_id"),)

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    name_cipher: bytes
    name_index: bytes = Field(index=True)
    valid_from: date
    valid_to: date | None = Field(default=None)


class PersonIdentifierRow(SQLModel, table=True):
    """A number that identifies a person, encrypted; a person may have none, or several in a life."""

    __tablename__ = "person_identifier"
    __table_args__ = (
        Index("ix_person_identifier_person_id", "person_id"),
        Index(
            "uq_person_identifier_current", "scheme", "value_index", unique=True, postgresql_where="valid_to IS NULL"
        ),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    scheme: str = text()
    value_cipher: bytes
    value_index: bytes
    valid_from: date
    valid_to: date | None = Field(default=None)


class PersonContactRow(SQLModel, table=True):
    """How a person may be reached, encrypted: phone or address."""

    __tablename__ = "person_contact"
    __table_args__ = (
        Index("ix_person_contact_person_id", "person_id"),
        Index("ix_person_contact_value_index", "value_index"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    kind: str = text()
    value_cipher: bytes
    value_index: bytes
    valid_from: date
    valid_to: date | None = Field(default=None)


class EconomicStatusRow(SQLModel, table=True):
    """An economic status of a person for a time, and who says so."""

    __tablename__ = "economic_status"
    __table_args__ = (Index("ix_economic_status_person_id", "person_id"),)

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    status: str = text()
    source: str = text()
    valid_from: date
    valid_to: date | None = Field(default=None)
    recorded_by: UUID | None = Field(default=None, description="Who has typed it in; empty of what a register tells.")


class HouseholdMemberRow(SQLModel, table=True):
    """People who live together for a time, nobody in two households at once; distinct from the household register."""

    __tablename__ = "household_member"
    __table_args__ = (
        Index("ix_household_member_household_id", "household_id"),
        Index("uq_household_member_current", "person_id", unique=True, postgresql_where="valid_to IS NULL"),
    )

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    household_id: UUID = Field(primary_key=True)
    valid_from: date = Field(primary_key=True)
    relation: str = text()
    valid_to: date | None = Field(default=None)


class GuardianshipRow(SQLModel, table=True):
    """A guardian or agent of a person, with the scope and the proof, for a time."""

    __tablename__ = "guardianship"
    __table_args__ = (Index("ix_guardianship_guardian_id", "guardian_id"), one_of("scope", Acting))

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    guardian_id: UUID = Field(primary_key=True, foreign_key="person.id")
    valid_from: date = Field(primary_key=True)
    scope: str = text()
    proof: str = text()
    valid_to: date | None = Field(default=None)


class PartyRow(SQLModel, table=True):
    """Who may see a case without being of its area: the person, a portal, an institution, a provider."""

    __tablename__ = "party"
    __table_args__ = (
        Index("ix_party_party_id", "party_id", "case_id"),
        Index("ix_party_person_id", "person_id", "party_id", postgresql_where="person_id IS NOT NULL"),
    )

    case_id: UUID = Field(primary_key=True)
    party_id: UUID = Field(primary_key=True)
    role: str = text(primary_key=True)
    person_id: UUID | None = Field(
        default=None, description="Set where the party may also see the person, not only the case."
    )
    valid_from: date
    valid_to: date | None = Field(default=None, description="The last day on which the case is shown.")
    person_to: date | None = Field(
        default=None, description="The last day on which the person is shown; that of the case where it is empty."
    )
    consent_purpose: str | None = text(
        default=None,
        nullable=True,
        description="The purpose for which a consent must be in force, for the person to be shown; empty by law.",
    )


class ResidenceMoveRow(SQLModel, table=True):
    """A move of somebody's home from one place to another. Rows are only added."""

    __tablename__ = "residence_move"
    __table_args__ = (Index("ix_residence_move_person_id", "person_id", "id"),)

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    left_path: str = text()
    region_path: str = text(description="Where to.")
    moved_on: date
    source: str = text(description="How it is known.")
    recorded_by: UUID
    recorded_on: date
