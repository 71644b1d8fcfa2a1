"""Take uploads, each walled to the account and the client that announced it; guard what is written of evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
UPKEEP = "current_setting('yian.reach', true) = 'upkeep'"
"""The worker scans what is left in quarantine and removes what nobody has used, and says so in its transaction."""
OWN = (
    "actor_id = (SELECT current_setting('yian.actor')::uuid) "
    "AND client_id = (SELECT current_setting('yian.client')::uuid)"
)
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
OF_PERSON = "EXISTS (SELECT FROM person whole WHERE whole.id = person_id)"
"""The row is of a person whom the caller may see."""


def party(table: str) -> str:
    """The caller is a party to the application today."""
    is_theirs = f"p.case_id = {table}.application_id AND p.party_id = ANY ({PARTIES}::uuid[])"
    return f"EXISTS (SELECT FROM party p WHERE {is_theirs})"


AT_WORK = {
    "evidence": f"{REACH} = 'cases' AND ({IN_AREA} OR {OF_PERSON} OR {party('evidence')})",
    "evidence_request": f"{REACH} = 'cases' AND ({IN_AREA} OR {SELF} OR {party('evidence_request')})",
}
AT_INTAKE = {
    # Nobody brings evidence at intake; what one of our own registers shows comes on record there by itself.
    "evidence": f"{REACH} = 'intake' AND fact_id IS NOT NULL AND {OF_PERSON}",
    "evidence_request": f"{REACH} = 'intake' AND ({IN_AREA} OR {SELF} OR {AREAS} = '{{}}')",
}
MUTABLE = {
    "evidence": "kind, assurance, valid_until, fact_id, supersedes, recorded_by, detail, version",
    "evidence_request": "kind, stage, evidence_id, detail, version",
}
"""The columns that may change: never what a row belongs to."""
BEFORE = {
    table: f"{IN_AREA} OR {SELF} OR {REACH} = 'intake' OR {party(table)}" for table in ("evidence", "evidence_request")
}


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('announced', 'quarantined', 'ready', 'infected', 'used', 'expired')",
            name=op.f("ck_upload_stage"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index("ix_upload_expires_at", "upload", ["expires_at"], unique=False, postgresql_where="stage <> 'used'")
    op.create_index(
        "ix_upload_quarantined", "upload", ["announced_at"], unique=False, postgresql_where="stage = 'quarantined'"
    )
    op.create_index(
        "uq_upload_waiting",
        "upload",
        ["actor_id", "client_id", "digest"],
        unique=True,
        postgresql_where="stage IN ('announced', 'quarantined', 'ready')",
    )
    op.execute("ALTER TABLE upload ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE upload FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY upload_seen ON upload FOR SELECT TO {SERVICE} USING ({OWN})")
    op.execute(f"CREATE POLICY upload_added ON upload FOR INSERT TO {SERVICE} WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY upload_changed ON upload FOR UPDATE TO {SERVICE} USING ({OWN}) WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY upload_kept_up ON upload TO yian_worker USING ({UPKEEP}) WITH CHECK ({UPKEEP})")
    op.execute(f"CREATE POLICY upload_migrated ON upload TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE (stage, version) ON upload TO {SERVICE}")
    op.execute("GRANT DELETE ON upload TO yian_worker")
    for table, at_work in AT_WORK.items():
        op.execute(f"ALTER POLICY {table}_added ON {table} WITH CHECK (({at_work}) OR ({AT_INTAKE[table]}))")
        op.execute(f"ALTER POLICY {table}_changed ON {table} USING ({at_work}) WITH CHECK ({at_work})")
        op.execute(f"REVOKE UPDATE ON {table} FROM {SERVICE}")
        op.execute(f"GRANT UPDATE ({MUTABLE[table]}) ON {table} TO {SERVICE}")


def downgrade() -> None:
    for table, columns in MUTABLE.items():
        op.execute(f"REVOKE UPDATE ({columns}) ON {table} FROM {SERVICE}")
        op.execute(f"GRANT UPDATE ON {table} TO {SERVICE}")
        op.execute(f"ALTER POLICY {table}_added ON {table} WITH CHECK ({BEFORE[table]})")
        op.execute(f"ALTER POLICY {table}_changed ON {table} USING ({BEFORE[table]}) WITH CHECK ({BEFORE[table]})")
    op.execute("DROP TABLE upload")
