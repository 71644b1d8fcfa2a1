"""Count by night what is missing in the archives of a county: a row a place, in which nobody stands."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
HERE = "(region_path || '/') ^@ ANY ((SELECT current_setting('yian.areas')::text[])::text[])"
BY_ITSELF = (
    "(SELECT current_setting('yian.reach')) = 'cases' "
    f"AND (SELECT current_setting('yian.actor')) = '00000000-0000-0000-0000-000000000000' AND {HERE}"
)
"""Written where nobody acts, in the place that was counted: an officer could else better the figures."""
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({HERE})",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({BY_ITSELF})",
    "forgotten": f"FOR DELETE TO {SERVICE} USING ({BY_ITSELF})",
}


def upgrade() -> None:
    op.create_table(
        "archive_count",
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("checklist", sa.Text(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Integer(), nullable=False),
        sa.Column("items", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("region_path", name=op.f("pk_archive_count")),
    )
    op.create_index(
        "ix_archive_count_region_path",
        "archive_count",
        ["region_path"],
        unique=False,
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.execute("ALTER TABLE archive_count ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE archive_count FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY archive_count_{name} ON archive_count {rule}")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON archive_count TO {SERVICE}")


def downgrade() -> None:
    op.drop_table("archive_count")
