"""Ask about the data of surveys: what rules find in answers, for a human to settle, with its walls."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
KEPT = f"{CASES} AND {IN_AREA}"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
OF_ENTRY = (
    "(SELECT true FROM survey_entry e WHERE e.id = survey_finding.entry_id AND e.round_id = survey_finding.round_id "
    "AND e.person_id = survey_finding.person_id AND e.region_path = survey_finding.region_path LIMIT 1)"
)
"""The row is of the same person, place and round as the entry that it names."""
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA})",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({KEPT} AND {OF_ENTRY})",
    "changed": f"FOR UPDATE TO {SERVICE} USING ({KEPT}) WITH CHECK ({KEPT})",
    "merged": f"TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}


def upgrade() -> None:
    op.create_table(
        "survey_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("check_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stage IN ('open', 'mended', 'confirmed')", name=op.f("ck_survey_finding_stage")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_survey_finding_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["survey_round.id"], name=op.f("fk_survey_finding_round_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["survey_entry.id"], name=op.f("fk_survey_finding_entry_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_survey_finding_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_finding")),
    )
    op.create_index("uq_survey_finding_check", "survey_finding", ["entry_id", "check_code"], unique=True)
    op.create_index("ix_survey_finding_person_id", "survey_finding", ["person_id"], unique=False)
    op.create_index(
        "ix_survey_finding_worklist",
        "survey_finding",
        ["stage", "region_path", "id"],
        unique=False,
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.execute("ALTER TABLE survey_finding ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE survey_finding FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY survey_finding_{name} ON survey_finding {rule}")
    op.execute(f"GRANT SELECT, INSERT ON survey_finding TO {SERVICE}")
    op.execute(f"GRANT UPDATE (stage, detail_cipher, version) ON survey_finding TO {SERVICE}")
    op.execute("GRANT SELECT, UPDATE (person_id) ON survey_finding TO yian_gate")


def downgrade() -> None:
    op.drop_table("survey_finding")
