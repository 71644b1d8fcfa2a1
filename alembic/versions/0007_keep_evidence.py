"""Keep evidence and the requests for it, with their walls; intake also sees whether a certificate is held."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
AT_INTAKE = f"{REACH} = 'intake'"
IN_AREA = "(region_path || '/') ^@ ANY ((SELECT current_setting('yian.areas')::text[])::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
OF_PERSON = "EXISTS (SELECT FROM person whole WHERE whole.id = person_id)"


def party(table: str) -> str:
    """The caller is a party to the application."""
    is_theirs = f"p.case_id = {table}.application_id AND p.party_id = ANY ({PARTIES}::uuid[])"
    return f"EXISTS (SELECT FROM party p WHERE {is_theirs})"


SEEN = {
    # Evidence goes with the person: whoever may see the person now need not ask again for what another place took in.
    "evidence": f"{IN_AREA} OR {OF_PERSON} OR {party('evidence')}",
    "evidence_request": f"{IN_AREA} OR {SELF} OR {party('evidence_request')}",
}
"""Who may see a row. A person on record is visible at intake, and with the person what is held already."""
WRITTEN = {table: f"{IN_AREA} OR {SELF} OR {AT_INTAKE} OR {party(table)}" for table in SEEN}
"""Who may put a row there, or leave it so: only where it belongs to the caller's area, person or application."""


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("assurance", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("fact_id", sa.Uuid(), nullable=True),
        sa.Column("supersedes", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_evidence_application_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evidence_person_id")),
        sa.ForeignKeyConstraint(["supersedes"], ["evidence.id"], name=op.f("fk_evidence_supersedes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_application_id"), "evidence", ["application_id"], unique=False)
    op.create_index("ix_evidence_person_id", "evidence", ["person_id", "kind", "id"], unique=False)
    op.create_index(
        "ix_evidence_supersedes", "evidence", ["supersedes"], unique=False, postgresql_where="supersedes IS NOT NULL"
    )
    op.create_table(
        "evidence_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_evidence_request_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_evidence_request_evidence_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evidence_request_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_request")),
    )
    op.create_index("ix_evidence_request_application_id", "evidence_request", ["application_id", "id"], unique=False)
    op.create_index("ix_evidence_request_person_id", "evidence_request", ["person_id", "kind", "id"], unique=False)
    op.create_index(
        "uq_evidence_request_standing",
        "evidence_request",
        ["application_id", "kind"],
        unique=True,
        postgresql_where="stage IN ('open', 'refused')",
    )
    for table, visible in SEEN.items():
        written = WRITTEN[table]
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} FOR SELECT TO {SERVICE} USING ({visible})")
        op.execute(f"CREATE POLICY {table}_added ON {table} FOR INSERT TO {SERVICE} WITH CHECK ({written})")
        op.execute(
            f"CREATE POLICY {table}_changed ON {table} FOR UPDATE TO {SERVICE} USING ({visible}) WITH CHECK ({written})"
        )
        op.execute(
            f"CREATE POLICY {table}_migrated ON {table} TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO {SERVICE}")
    op.execute(f"CREATE POLICY certificate_at_intake ON certificate FOR SELECT TO yian_app USING ({AT_INTAKE})")


def downgrade() -> None:
    op.execute("DROP POLICY certificate_at_intake ON certificate")
    op.execute("DROP TABLE evidence_request, evidence")
