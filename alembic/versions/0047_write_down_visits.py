"""Write down visits at home, with their walls: the offices of the place see them, and nobody else."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
KEPT = f"{REACH} = 'cases' AND ({IN_AREA})"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA})",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({KEPT} AND lies_in(person_id, {AREAS}::text[]))",
    "changed": f"FOR UPDATE TO {SERVICE} USING ({KEPT}) WITH CHECK ({KEPT})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
"""What was said at home may be said about those at home: a guardian does not read it."""
CHANGING = "seen_on, next_due_on, is_in_conflict, detail_cipher, version"


def upgrade() -> None:
    op.create_table(
        "home_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("is_in_conflict", sa.Boolean(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_home_visit_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_visit")),
    )
    op.create_index("ix_home_visit_person_id", "home_visit", ["person_id", "id"])
    op.create_index(
        "ix_home_visit_region_path",
        "home_visit",
        ["region_path", "id"],
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.execute("ALTER TABLE home_visit ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE home_visit FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY home_visit_{name} ON home_visit {rule}")
    op.execute(f"GRANT SELECT, INSERT ON home_visit TO {SERVICE}")
    op.execute(f"GRANT UPDATE ({CHANGING}) ON home_visit TO {SERVICE}")


def downgrade() -> None:
    op.drop_table("home_visit")
