"""Draw who evaluates: commitments to sealed seeds, which everybody may read, and the draws taken with them.

Nothing of either is ever changed but that a commitment is taken, once: the service may not write over what was proved.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
CASE_SEEN = "(SELECT true FROM certificate_case c WHERE c.id = draw.case_id LIMIT 1)"
"""The walls of the case itself say who may know of it: its offices, its parties, and the office of the residence."""
ADDED = f"{REACH} = 'cases' AND ({IN_AREA})"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
POLICIES = {
    "draw_commitment": {
        "seen": f"FOR SELECT TO {SERVICE} USING (true)",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({ADDED})",
        "taken": f"FOR UPDATE TO {SERVICE} USING ({ADDED} AND taken_at IS NULL) WITH CHECK ({ADDED})",
    },
    "draw": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR {SELF} OR {CASE_SEEN})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({ADDED})",
    },
}


def upgrade() -> None:
    op.create_table(
        "draw_commitment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seed_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_draw_commitment_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_commitment")),
        sa.UniqueConstraint("organisation_id", "number", name="uq_draw_commitment_number"),
    )
    op.create_index(
        "ix_draw_commitment_left",
        "draw_commitment",
        ["organisation_id", "number"],
        unique=False,
        postgresql_where="taken_at IS NULL",
    )
    op.create_table(
        "draw",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["draw_commitment.id"], name=op.f("fk_draw_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draw_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
        sa.UniqueConstraint("case_id", "round", name="uq_draw_case_round"),
    )
    op.create_index("ix_draw_person_id", "draw", ["person_id"], unique=False)
    op.add_column("organisation", sa.Column("visits_homes", sa.Boolean(), nullable=True))
    for table, rules in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for name, rule in rules.items():
            op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")
        op.execute(
            f"CREATE POLICY {table}_migrated ON {table} TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
        )
        op.execute(f"GRANT SELECT, INSERT ON {table} TO {SERVICE}")
    op.execute(f"GRANT UPDATE (taken_at) ON draw_commitment TO {SERVICE}")


def downgrade() -> None:
    op.drop_column("organisation", "visits_homes")
    op.drop_table("draw")
    op.drop_table("draw_commitment")
