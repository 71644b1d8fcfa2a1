"""Keep jobs: work over many rows, with what was handed in and what came out, each walled to its owner."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
OWN = "actor_id = (SELECT current_setting('yian.actor')::uuid)"
OF_OWN_JOB = "EXISTS (SELECT FROM job j WHERE j.id = job_id)"
"""The row belongs to a job that the caller may see: the policies of `job` bound the look-up."""
WALLS = {"job": OWN, "job_input": OF_OWN_JOB, "job_result": OF_OWN_JOB}
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
QUEUE = "current_setting('yian.reach', true) = 'jobs'"
"""The worker looks for the job whose turn it is, and says so in its transaction; it sees no content by that."""
UPKEEP = "current_setting('yian.reach', true) = 'upkeep'"


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chunks", sa.Integer(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("problems", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("upload_id", sa.Uuid(), nullable=True),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('awaiting_input', 'queued', 'running', 'paused', 'cancelled', 'finished')",
            name=op.f("ck_job_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_actor_id", "job", ["actor_id", "id"], unique=False)
    op.create_index(
        "ix_job_turn",
        "job",
        [sa.text("served_at NULLS FIRST"), "id"],
        unique=False,
        postgresql_where="state IN ('queued', 'running')",
    )
    op.create_index(
        "ix_job_finished_at", "job", ["finished_at"], unique=False, postgresql_where="finished_at IS NOT NULL"
    )
    op.create_table(
        "job_input",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_cipher", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_job_input_job_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_job_input")),
    )
    op.create_table(
        "job_result",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("follows_line", sa.BigInteger(), nullable=False),
        sa.Column("last_line", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("begins_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("content_cipher", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_job_result_job_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_job_result")),
    )
    op.create_index("ix_job_result_last_line", "job_result", ["job_id", "last_line"], unique=False)
    for table, own in WALLS.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} FOR SELECT TO {SERVICE} USING ({own})")
        op.execute(f"CREATE POLICY {table}_added ON {table} FOR INSERT TO {SERVICE} WITH CHECK ({own})")
        op.execute(f"CREATE POLICY {table}_changed ON {table} FOR UPDATE TO {SERVICE} USING ({own}) WITH CHECK ({own})")
        op.execute(
            f"CREATE POLICY {table}_migrated ON {table} TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
        )
    op.execute(f"CREATE POLICY job_input_forgotten ON job_input FOR DELETE TO yian_app USING ({OF_OWN_JOB})")
    op.execute(f"CREATE POLICY job_queued ON job TO yian_worker USING ({QUEUE}) WITH CHECK ({QUEUE})")
    op.execute(f"CREATE POLICY job_kept_up ON job TO yian_worker USING ({UPKEEP})")
    op.execute("GRANT SELECT, INSERT, UPDATE ON job TO yian_app, yian_worker")
    op.execute("GRANT SELECT, INSERT ON job_input, job_result TO yian_app, yian_worker")
    op.execute("GRANT DELETE ON job_input TO yian_app")
    op.execute("GRANT DELETE ON job TO yian_worker")


def downgrade() -> None:
    for table in ("job_result", "job_input", "job"):
        op.execute(f"DROP TABLE {table}")
