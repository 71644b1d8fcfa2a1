"""Keep drafts of applications, each walled to whoever began it.

A draft names no person but the citizen who began it, and its content is sealed. The worker removes what has expired.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
OWN = "actor_id = (SELECT current_setting('yian.actor')::uuid)"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
UPKEEP = "current_setting('yian.reach', true) = 'upkeep'"


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("package_code", sa.Text(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("content_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stage IN ('draft', 'submitted', 'discarded')", name=op.f("ck_draft_stage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index("ix_draft_actor_id", "draft", ["actor_id", "id"], unique=False, postgresql_where="stage = 'draft'")
    op.create_index("ix_draft_expires_on", "draft", ["expires_on"], unique=False)
    op.execute("ALTER TABLE draft ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE draft FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY draft_seen ON draft FOR SELECT TO {SERVICE} USING ({OWN})")
    op.execute(f"CREATE POLICY draft_added ON draft FOR INSERT TO {SERVICE} WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY draft_changed ON draft FOR UPDATE TO {SERVICE} USING ({OWN}) WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY draft_migrated ON draft TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})")
    op.execute(f"CREATE POLICY draft_kept_up ON draft TO yian_worker USING ({UPKEEP})")
    op.execute(f"GRANT SELECT, INSERT ON draft TO {SERVICE}")
    op.execute(f"GRANT UPDATE (stage, content_cipher, expires_on, version) ON draft TO {SERVICE}")
    op.execute("GRANT DELETE ON draft TO yian_worker")


def downgrade() -> None:
    op.execute("DROP TABLE draft")
