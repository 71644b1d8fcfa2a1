"""Records that may be one person's: the pair, sealed, and the keyed digests by which pairs are found."""

from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, text


class PersonKeyRow(SQLModel, table=True):
    """A key that a person shares with whoever may be the same; a keyed digest, of which nothing is read back."""

    __tablename__ = "person_key"
    __table_args__ = (Index("ix_person_key_index", "key_index", "person_id"),)

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    key_index: bytes = Field(primary_key=True)


class PersonDuplicateRow(SQLModel, table=True):
    """Two records that may be one person's; a pair is put down once."""

    __tablename__ = "person_duplicate"
    __table_args__ = (
        Index("uq_person_duplicate_pair", "person_id", "other_id", unique=True),
        Index("ix_person_duplicate_other_id", "other_id"),
        Index("ix_person_duplicate_queue", "stage", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    other_id: UUID = Field(foreign_key="person.id")
    region_path: str = text(description="The nearest area that both belong to.")
    stage: str = text()
    is_blocking: bool = Field(
        sa_column_kwargs={"server_default": "false"},
        description="Whether cases of either wait until an officer has looked.",
    )
    proposed_by: UUID | None = Field(default=None, description="Who has proposed the merge; another confirms it.")
    detail_cipher: bytes = Field(description="The pair whole, encrypted.")
    version: int
