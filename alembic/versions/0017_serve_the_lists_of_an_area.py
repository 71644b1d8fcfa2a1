"""Serve the lists of an area by index: a range of paths, compared byte by byte whatever the collation."""

from typing import NamedTuple

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


class Index(NamedTuple):
    """An index of lists."""

    name: str
    table: str
    columns: tuple[str, ...]
    where: str | None = None


QUEUES = ("certificate_case", "benefit_case", "plan", "referral", "review")
NEW = (
    Index("ix_application_area", "application", ("region_path", "id")),
    Index("ix_application_open", "application", ("region_path", "id"), "NOT is_finished"),
    Index("ix_decision_area", "decision", ("region_path", "id")),
    *(Index(f"ix_{table}_worklist", table, ("stage", "region_path", "id")) for table in QUEUES),
)
OLD = (
    Index("ix_application_worklist", "application", ("region_path", "is_finished", "submitted_at", "id")),
    Index("ix_decision_region_path", "decision", ("region_path", "id")),
    *(Index(f"ix_{table}_queue", table, ("stage", "region_path", "id")) for table in QUEUES),
)
BYTES = {"region_path": "text_pattern_ops"}


def upgrade() -> None:
    _replace(OLD, NEW, classes=BYTES)


def downgrade() -> None:
    _replace(NEW, OLD, classes={})


def _replace(old: tuple[Index, ...], new: tuple[Index, ...], *, classes: dict[str, str]) -> None:
    """Build the new ones beside the work, then drop the old; what a broken attempt has left is built anew."""
    with op.get_context().autocommit_block():
        for index in new:
            op.drop_index(index.name, postgresql_concurrently=True, if_exists=True)
            op.create_index(
                index.name,
                index.table,
                list(index.columns),
                postgresql_where=index.where,
                postgresql_concurrently=True,
                postgresql_ops=classes,
            )
        for index in old:
            op.drop_index(index.name, postgresql_concurrently=True, if_exists=True)
