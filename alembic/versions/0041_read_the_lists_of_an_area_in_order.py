"""Read the applications of an area in the order of their ids, so that a page costs the same however many there are.

The parts of a path are columns of their own: behind a wall an index serves only what tells nothing by failing, and
PostgreSQL does not know that of `left`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

PLACES = {"county_path": "left(region_path, 14)", "township_path": "left(region_path, 24)"}
LISTS = {"area": None, "open": "NOT is_finished"}
INDEXES = {
    f"ix_application_{kind}_of_{place[:-5]}": (place, where) for place in PLACES for kind, where in LISTS.items()
}


def upgrade() -> None:
    for column, place in PLACES.items():
        op.add_column("application", sa.Column(column, sa.Text(), sa.Computed(place, persisted=True), nullable=False))
    with op.get_context().autocommit_block():
        for name, (place, where) in INDEXES.items():
            op.create_index(
                name,
                "application",
                [place, "id"],
                postgresql_where=where,
                postgresql_concurrently=True,
                if_not_exists=True,
            )
        op.execute("ANALYZE application")


def downgrade() -> None:
    for column in PLACES:
        op.drop_column("application", column)
