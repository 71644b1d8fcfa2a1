"""Ask once for what is missing: corrections with their walls, and why an item stands as it does."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
FOLLOWER = (
    f"EXISTS (SELECT FROM party p WHERE p.case_id = application_id AND p.role <> 'evaluator' "
    f"AND p.party_id = ANY ({PARTIES}::uuid[]))"
)
"""The caller is a party to the whole application, other than as an institution."""
SEEN = f"{IN_AREA} OR {SELF} OR {FOLLOWER}"
ADDED = f"{REACH} = 'cases' AND ({IN_AREA})"
"""An office of the place asks, and nobody else."""
CHANGED = f"{REACH} = 'cases' AND ({SEEN})"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"

WALLS = (
    "ALTER TABLE correction ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE correction FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY correction_seen ON correction FOR SELECT TO {SERVICE} USING ({SEEN})",
    f"CREATE POLICY correction_added ON correction FOR INSERT TO {SERVICE} WITH CHECK ({ADDED})",
    f"CREATE POLICY correction_changed ON correction FOR UPDATE TO {SERVICE} USING ({CHANGED}) WITH CHECK ({CHANGED})",
    f"CREATE POLICY correction_migrated ON correction TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    f"GRANT SELECT, INSERT ON correction TO {SERVICE}",
    f"GRANT UPDATE (case_id, stage, detail_cipher, version) ON correction TO {SERVICE}",
    f"GRANT UPDATE (status_reason) ON application_item TO {SERVICE}",
)


def upgrade() -> None:
    op.add_column("application_item", sa.Column("status_reason", sa.Text(), nullable=True))
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_correction_application_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_correction_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_application_id"), "correction", ["application_id"], unique=False)
    op.create_index("ix_correction_person_id", "correction", ["person_id"], unique=False)
    op.create_index(
        "uq_correction_open",
        "correction",
        ["case_id"],
        unique=True,
        postgresql_where="stage IN ('asked', 'lapsed')",
    )
    for statement in WALLS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("correction")
    op.drop_column("application_item", "status_reason")
