"""Run the clocks: the limits of time of each case, what they are due on, and who may see them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
OF_CASE = (
    f"EXISTS (SELECT FROM party p WHERE p.case_id = case_clock.case_id AND p.party_id = ANY ({PARTIES}::uuid[])) "
    f"OR EXISTS (SELECT FROM party p WHERE p.case_id = case_clock.application_id AND p.role <> 'evaluator' "
    f"AND p.party_id = ANY ({PARTIES}::uuid[]))"
)
"""The caller is a party to the case, or to the whole application; an institution follows its case alone."""
VISIBLE = f"{IN_AREA} OR {SELF} OR {OF_CASE}"
CHANGED = f"{REACH} = 'cases' AND ({VISIBLE})"
ADDED = (
    f"({REACH} IN ('cases', 'intake') AND ({VISIBLE})) "
    f"OR ({REACH} = 'intake' AND {AREAS} = '{{}}' AND is_new(application_id))"
)
"""A portal takes somebody in, who may live anywhere; an office does so in its own areas."""
MIGRATING = "current_setting('yian.reach', true) = 'migration'"

WALLS = (
    "ALTER TABLE case_clock ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE case_clock FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY case_clock_seen ON case_clock FOR SELECT TO {SERVICE} USING ({VISIBLE})",
    f"CREATE POLICY case_clock_added ON case_clock FOR INSERT TO {SERVICE} WITH CHECK ({ADDED})",
    f"CREATE POLICY case_clock_changed ON case_clock FOR UPDATE TO {SERVICE} USING ({CHANGED}) WITH CHECK ({CHANGED})",
    f"CREATE POLICY case_clock_migrated ON case_clock TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    f"GRANT SELECT, INSERT ON case_clock TO {SERVICE}",
    f"GRANT UPDATE (case_id, code, kind, state, due_on, edition, clock_id, detail, version) ON case_clock TO {SERVICE}",
)


def upgrade() -> None:
    op.create_table(
        "case_clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_case_clock_application_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_clock_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_clock")),
    )
    op.create_index(op.f("ix_case_clock_application_id"), "case_clock", ["application_id"], unique=False)
    op.create_index(op.f("ix_case_clock_case_id"), "case_clock", ["case_id"], unique=False)
    op.create_index("ix_case_clock_queue", "case_clock", ["state", "region_path", "id"], unique=False)
    op.create_index(
        "ix_case_clock_due", "case_clock", ["clock_id", "due_on"], unique=False, postgresql_where="state = 'running'"
    )
    op.create_index(
        "ix_case_clock_edition",
        "case_clock",
        ["region_path", "edition"],
        unique=False,
        postgresql_where="state IN ('running', 'paused')",
    )
    op.create_index(
        "uq_case_clock_unstopped",
        "case_clock",
        ["case_id", "kind", "code"],
        unique=True,
        postgresql_where="state <> 'stopped'",
    )
    for statement in WALLS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("case_clock")
