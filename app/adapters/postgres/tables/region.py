"""Regions: a surrogate id, dated codes with successors, and the path that areas are compared by."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import text, texts


class RegionRow(SQLModel, table=True):
    """A place that is administered: province, prefecture, county, township or village."""

    __tablename__ = "region"

    id: int = Field(primary_key=True)
    parent_id: int | None = Field(default=None, foreign_key="region.id", index=True)
    path: str = text(unique=True, description="Trimmed codes from the province down, joined by a slash.")
    level: str = text()
    is_synthetic: bool = Field(description="Invented for the sandbox; no such place exists.")


class RegionCodeRow(SQLModel, table=True):
    """A code and a name that a region bore for a time."""

    __tablename__ = "region_code"
    __table_args__ = (Index("uq_region_code_current", "code", unique=True, postgresql_where="valid_to IS NULL"),)

    region_id: int = Field(primary_key=True, foreign_key="region.id")
    code: str = text(primary_key=True)
    valid_from: date = Field(primary_key=True)
    valid_to: date | None = Field(default=None)
    name: str = text()
    name_en: str = text()
    source: str = text()
    confidence: str = text()
    aliases: list[str] = texts()
    successors: list[str] = texts()
