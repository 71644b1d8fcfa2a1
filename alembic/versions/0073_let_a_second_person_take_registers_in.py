"""Let a second person take registers in: an import waits for an approver, and its job goes on by that word alone.

A job stays its owner's: the approver sees the counts of its dry run, and neither its table nor its results.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
OWN = f"stage = 'awaiting_approval' AND approved_by IS NULL AND asked_by = {ACTOR}"
BY_ANOTHER = f"stage = 'approved' AND approved_by = {ACTOR} AND asked_by <> {ACTOR}"
GIVEN_UP = f"stage = 'withdrawn' AND approved_by IS NULL AND asked_by = {ACTOR}"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA})",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND {IN_AREA} AND {OWN})",
    "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND {IN_AREA} AND stage = 'awaiting_approval') "
    f"WITH CHECK ({CASES} AND {IN_AREA} AND (({BY_ANOTHER}) OR ({GIVEN_UP})))",
    "gated": "FOR SELECT TO yian_gate USING (true)",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
"""Whoever asks cannot write that it is approved, and an approver cannot write so in another's name."""
STATES = "'awaiting_input', 'queued', 'running', 'paused', 'cancelled', 'finished'"
WITH_APPROVAL = "'awaiting_input', 'awaiting_approval', 'queued', 'running', 'paused', 'cancelled', 'finished'"
RELEASE = """
CREATE FUNCTION release_register_import(import uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE job SET state = 'queued'
    WHERE id = import AND kind = 'register_import' AND state = 'awaiting_approval'
      AND current_setting('yian.reach') = 'cases'
      AND EXISTS (SELECT FROM register_import r WHERE r.id = import AND r.stage = 'approved'
                  AND r.approved_by = current_setting('yian.actor')::uuid AND r.asked_by = job.actor_id
                  AND r.approved_by <> job.actor_id);
    RETURN FOUND;
END
$$
"""
"""The one way by which another than its owner changes a job: whoever has just approved it lets it go on."""


def upgrade() -> None:
    op.create_table(
        "register_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('awaiting_approval', 'approved', 'withdrawn')", name=op.f("ck_register_import_stage")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_import")),
    )
    op.create_index(
        "ix_register_import_queue",
        "register_import",
        ["stage", "region_path", "id"],
        unique=False,
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    for statement in (
        "ALTER TABLE register_import ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE register_import FORCE ROW LEVEL SECURITY",
        *(f"CREATE POLICY register_import_{name} ON register_import {rule}" for name, rule in POLICIES.items()),
        f"GRANT SELECT, INSERT ON register_import TO {SERVICE}",
        f"GRANT UPDATE (stage, approved_by, detail, version) ON register_import TO {SERVICE}",
        "ALTER TABLE job DROP CONSTRAINT ck_job_state",
        f"ALTER TABLE job ADD CONSTRAINT ck_job_state CHECK (state IN ({WITH_APPROVAL}))",
        "GRANT SELECT ON register_import TO yian_gate",
        "GRANT SELECT, UPDATE (state) ON job TO yian_gate",
        f"CREATE POLICY job_released ON job TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
        RELEASE,
        "ALTER FUNCTION release_register_import(uuid) OWNER TO yian_gate",
        "REVOKE ALL ON FUNCTION release_register_import(uuid) FROM PUBLIC",
        "GRANT EXECUTE ON FUNCTION release_register_import(uuid) TO yian_app",
    ):
        op.execute(statement)


def downgrade() -> None:
    for statement in (
        "SELECT set_config('yian.reach', 'migration', true)",
        "UPDATE job SET state = 'cancelled', finished_at = created_at WHERE state = 'awaiting_approval'",
        "DROP FUNCTION release_register_import(uuid)",
        "DROP POLICY job_released ON job",
        "REVOKE SELECT, UPDATE (state) ON job FROM yian_gate",
        "ALTER TABLE job DROP CONSTRAINT ck_job_state",
        f"ALTER TABLE job ADD CONSTRAINT ck_job_state CHECK (state IN ({STATES}))",
        "DROP TABLE register_import",
    ):
        op.execute(statement)
