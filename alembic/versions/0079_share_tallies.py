"""Share counts by tallies: a row says all that a process has counted of a key within about a second."""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
SHARES = "(SELECT current_setting('yian.reach', true)) = 'quotas'"
"""Sharing counts says that it is that, in its own transaction; nothing else sees who asked how much."""
UPKEEP = "(SELECT current_setting('yian.reach', true)) = 'upkeep'"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"


def upgrade() -> None:
    op.create_table(
        "quota_tally",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("quota", sa.Text(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("period", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("members", sa.LargeBinary(), nullable=False),
        sa.Column("times", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_tally")),
        prefixes=["UNLOGGED"],
    )
    op.create_index(op.f("ix_quota_tally_key_quota_period_id"), "quota_tally", ["key", "quota", "period", "id"])
    wall("quota_tally")
    for table in ("quota_count", "quota_breadth"):
        op.drop_table(table)


def downgrade() -> None:
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
    for table, column in (("quota_count", "count"), ("quota_breadth", "members")):
        wall(table)
        op.execute(f"GRANT UPDATE ({column}) ON {table} TO {SERVICE}")
    op.drop_table("quota_tally")


def wall(table: str) -> None:
    """Show a table to who shares counts and to upkeep, and to nobody else."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_shared ON {table} TO {SERVICE} USING ({SHARES}) WITH CHECK ({SHARES})")
    op.execute(f"CREATE POLICY {table}_kept_up ON {table} TO yian_worker USING ({UPKEEP})")
    op.execute(f"CREATE POLICY {table}_migrated ON {table} TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})")
    op.execute(f"GRANT SELECT, INSERT ON {table} TO {SERVICE}")
    op.execute(f"GRANT DELETE ON {table} TO yian_worker")
