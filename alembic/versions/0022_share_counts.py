"""Share the counts of quotas between processes: tables that nothing waits for, walled to that one purpose."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
SHARES = "(SELECT current_setting('yian.reach', true)) = 'quotas'"
"""Sharing counts says that it is that, in its own transaction; nothing else sees who asked how much."""
UPKEEP = "(SELECT current_setting('yian.reach', true)) = 'upkeep'"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
TABLES = ("quota_count", "quota_breadth")


def upgrade() -> None:
    op.create_table(
        "quota_count",
        sa.Column("quota", sa.Text(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("period", sa.BigInteger(), nullable=False),
        sa.Column("member", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("quota", "key", "period", "member", name=op.f("pk_quota_count")),
        prefixes=["UNLOGGED"],
    )
    op.create_table(
        "quota_breadth",
        sa.Column("quota", sa.Text(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("period", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("members", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("quota", "key", "period", name=op.f("pk_quota_breadth")),
        prefixes=["UNLOGGED"],
    )
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_shared ON {table} TO {SERVICE} USING ({SHARES}) WITH CHECK ({SHARES})")
        op.execute(f"CREATE POLICY {table}_kept_up ON {table} TO yian_worker USING ({UPKEEP})")
        op.execute(
            f"CREATE POLICY {table}_migrated ON {table} TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
        )
        op.execute(f"GRANT SELECT, INSERT ON {table} TO {SERVICE}")
        op.execute(f"GRANT DELETE ON {table} TO yian_worker")
    op.execute(f"GRANT UPDATE (count) ON quota_count TO {SERVICE}")
    op.execute(f"GRANT UPDATE (members) ON quota_breadth TO {SERVICE}")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
