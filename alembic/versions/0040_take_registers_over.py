"""Take registers over: what another one says otherwise, with its walls; the worker sees who holds a certificate."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
OF_HERE = f"lies_in(person_id, {AREAS}::text[])"
"""The person belongs to an area of the caller's."""
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA})",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND {IN_AREA} AND {OF_HERE})",
    "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND {IN_AREA}) WITH CHECK ({CASES} AND {IN_AREA})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
"""Only offices of the place: it tells of a person what two registers hold, and which of them is wrong."""


def upgrade() -> None:
    op.create_table(
        "register_discrepancy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("entry_index", sa.LargeBinary(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_register_discrepancy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_discrepancy")),
    )
    op.create_index("uq_register_discrepancy_entry", "register_discrepancy", ["person_id", "entry_index"], unique=True)
    op.create_index(
        "ix_register_discrepancy_queue",
        "register_discrepancy",
        ["stage", "region_path", "id"],
        unique=False,
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.execute("ALTER TABLE register_discrepancy ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE register_discrepancy FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY register_discrepancy_{name} ON register_discrepancy {rule}")
    op.execute(f"GRANT SELECT, INSERT ON register_discrepancy TO {SERVICE}")
    op.execute(f"GRANT UPDATE (stage, detail_cipher, version) ON register_discrepancy TO {SERVICE}")
    op.execute(f"ALTER POLICY certificate_at_intake ON certificate TO {SERVICE}")


def downgrade() -> None:
    op.execute("ALTER POLICY certificate_at_intake ON certificate TO yian_app")
    op.drop_table("register_discrepancy")
