"""Keep payment rolls and their lines; let an event be about nobody alone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
IN_AREA = "(region_path || '/') ^@ ANY ((SELECT current_setting('yian.areas')::text[])::text[])"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"


def upgrade() -> None:
    op.create_table(
        "payment_roll",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("benefit", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_roll")),
    )
    op.create_index("ix_payment_roll_queue", "payment_roll", ["stage", "region_path", "id"], unique=False)
    op.create_index(
        "uq_payment_roll_month",
        "payment_roll",
        ["benefit", "region_path", "month"],
        unique=True,
        postgresql_where="stage <> 'rejected'",
    )
    op.create_index(
        "uq_payment_roll_open",
        "payment_roll",
        ["benefit", "region_path"],
        unique=True,
        postgresql_where="stage IN ('drafting', 'drafted', 'checked')",
    )
    op.create_table(
        "payment_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("roll_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("for_month", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("previous_fen", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("unmet", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["roll_id"], ["payment_roll.id"], name=op.f("fk_payment_line_roll_id")),
        sa.ForeignKeyConstraint(["case_id"], ["benefit_case.id"], name=op.f("fk_payment_line_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_line")),
    )
    op.create_index("ix_payment_line_roll_id", "payment_line", ["roll_id", "id"], unique=False)
    op.create_index("ix_payment_line_case_id", "payment_line", ["case_id", "for_month"], unique=False)
    op.create_index(
        "ix_benefit_case_granted", "benefit_case", ["code", "id"], unique=False, postgresql_where="stage = 'granted'"
    )
    op.alter_column("event", "person_id", nullable=True)
    for table in ("payment_roll", "payment_line"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} FOR SELECT TO {SERVICE} USING ({IN_AREA})")
        op.execute(f"CREATE POLICY {table}_added ON {table} FOR INSERT TO {SERVICE} WITH CHECK ({IN_AREA})")
        op.execute(
            f"CREATE POLICY {table}_migrated ON {table} TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
        )
    # An approved roll is final: the wall itself lets nobody change one.
    still_open = f"{IN_AREA} AND stage IN ('drafting', 'drafted', 'checked')"
    op.execute(
        f"CREATE POLICY payment_roll_changed ON payment_roll FOR UPDATE TO {SERVICE} "
        f"USING ({still_open}) WITH CHECK ({IN_AREA})"
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON payment_roll TO {SERVICE}")
    op.execute(f"GRANT SELECT, INSERT ON payment_line TO {SERVICE}")


def downgrade() -> None:
    # Events about nobody alone have no place in the older table, and neither have their leaves' rolls.
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute("DELETE FROM event WHERE person_id IS NULL")
    op.alter_column("event", "person_id", nullable=False)
    op.drop_index("ix_benefit_case_granted", table_name="benefit_case")
    op.execute("DROP TABLE payment_line")
    op.execute("DROP TABLE payment_roll")
