"""Inspect deliveries at random: the lot of a month falls on some, and an officer of the place says what was found."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({CASES} AND {IN_AREA})",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND {IN_AREA})",
    "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND {IN_AREA}) WITH CHECK ({CASES} AND {IN_AREA})",
    "merged": f"TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}


def upgrade() -> None:
    op.create_table(
        "inspection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stage IN ('open', 'done')", name=op.f("ck_inspection_stage")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_inspection_person_id")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_inspection_delivery_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index("uq_inspection_delivery_id", "inspection", ["delivery_id"], unique=True)
    op.create_index(
        "ix_inspection_worklist",
        "inspection",
        ["stage", "region_path", "id"],
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.create_index("ix_inspection_person_id", "inspection", ["person_id"])
    op.execute("ALTER TABLE inspection ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE inspection FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY inspection_{name} ON inspection {rule}")
    op.execute(f"GRANT SELECT, INSERT ON inspection TO {SERVICE}")
    op.execute(f"GRANT UPDATE (stage, detail_cipher, version) ON inspection TO {SERVICE}")
    op.execute("GRANT SELECT, UPDATE (person_id) ON inspection TO yian_gate")


def downgrade() -> None:
    op.drop_table("inspection")
