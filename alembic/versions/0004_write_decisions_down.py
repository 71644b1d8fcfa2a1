"""Decisions: a table that only grows, walled for reading and for writing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
AREAS = "(SELECT current_setting('yian.areas')::text[])::text[]"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])::uuid[]"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS})"
SELF = f"person_id = ANY ({PARTIES})"


def party_to(case: str, *, but: str = "") -> str:
    """The caller is a party to the case, in another role than the one named."""
    other = f"AND p.role <> '{but}' " if but else ""
    return f"EXISTS (SELECT FROM party p WHERE p.case_id = {case} {other}AND p.party_id = ANY ({PARTIES}))"


SEEN = f"{IN_AREA} OR {SELF} OR {party_to('decision.id')} OR {party_to('application_id', but='evaluator')}"
ADDED = f"{IN_AREA} OR {party_to('decision.case_id')}"
"""A decision is added by an office of the place, or by a body that is a party to what is decided."""
STATEMENTS = (
    "ALTER TABLE decision ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE decision FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY decision_seen ON decision FOR SELECT TO {SERVICE} USING ({SEEN})",
    f"CREATE POLICY decision_added ON decision FOR INSERT TO {SERVICE} WITH CHECK ({ADDED})",
    f"CREATE POLICY decision_migrated ON decision TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    f"GRANT SELECT, INSERT ON decision TO {SERVICE}",
)


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("rule_versions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("remedy", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("content_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_decision_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_decision_person_id")),
        sa.ForeignKeyConstraint(["replaces"], ["decision.id"], name=op.f("fk_decision_replaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(
        "ix_decision_application_id",
        "decision",
        ["application_id", "id"],
        unique=False,
        postgresql_where="application_id IS NOT NULL",
    )
    op.create_index("ix_decision_case_id", "decision", ["case_id", "id"], unique=False)
    op.create_index("ix_decision_person_id", "decision", ["person_id", "id"], unique=False)
    op.create_index("ix_decision_region_path", "decision", ["region_path", "id"], unique=False)
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("decision")
