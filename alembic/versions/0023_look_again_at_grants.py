"""Keep looks again at running grants; find grants by what was granted; let jobs and rolls change in what may change."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
AREAS = "(SELECT current_setting('yian.areas')::text[])::text[]"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])::uuid[]"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS})"
SELF = f"person_id = ANY ({PARTIES})"
FOLLOWER = (
    f"EXISTS (SELECT FROM party p WHERE p.case_id = application_id AND p.role <> 'evaluator' "
    f"AND p.party_id = ANY ({PARTIES}))"
)
"""The caller is a party to the whole application, other than as an institution."""
DECIDES = f"{CASES} AND {IN_AREA}"
KNOWN = f"{IN_AREA} OR {SELF} OR {FOLLOWER}"
MUTABLE = {
    "recheck": "case_id, trigger, stage, due_on, looked_on, detail_cipher, version",
    "payment_roll": "benefit, month, stage, detail, version",
    "job": "state, reason, detail, started_at, finished_at, chunks, position, line, rows, problems, done, total, "
    "upload_id, served_at, leased_until, attempts",
}
"""Never what a row belongs to."""


def upgrade() -> None:
    op.create_table(
        "recheck",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["benefit_case.id"], name=op.f("fk_recheck_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recheck_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recheck")),
    )
    op.create_index("ix_recheck_queue", "recheck", ["stage", "region_path", "id"], unique=False)
    op.create_index("ix_recheck_person_id", "recheck", ["person_id", "id"], unique=False)
    op.create_index("ix_recheck_case_id", "recheck", ["case_id"], unique=False)
    op.create_index(
        "uq_recheck_open", "recheck", ["case_id", "trigger"], unique=True, postgresql_where="stage = 'open'"
    )
    op.drop_index("ix_benefit_case_granted", table_name="benefit_case")
    op.create_index(
        "ix_benefit_case_granted",
        "benefit_case",
        ["id"],
        unique=False,
        postgresql_where="(detail -> 'granted'::text) <> 'null'::jsonb",
    )
    for statement in (
        "ALTER TABLE recheck ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE recheck FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY recheck_seen ON recheck FOR SELECT TO {SERVICE} USING ({KNOWN})",
        f"CREATE POLICY recheck_added ON recheck FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND ({KNOWN}))",
        f"CREATE POLICY recheck_changed ON recheck FOR UPDATE TO {SERVICE} USING ({DECIDES}) WITH CHECK ({DECIDES})",
        f"CREATE POLICY recheck_migrated ON recheck TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
        f"GRANT SELECT, INSERT ON recheck TO {SERVICE}",
        f"REVOKE UPDATE ON payment_roll, job FROM {SERVICE}",
        *(f"GRANT UPDATE ({columns}) ON {table} TO {SERVICE}" for table, columns in MUTABLE.items()),
    ):
        op.execute(statement)


def downgrade() -> None:
    for table in ("payment_roll", "job"):
        op.execute(f"REVOKE UPDATE ({MUTABLE[table]}) ON {table} FROM {SERVICE}")
        op.execute(f"GRANT UPDATE ON {table} TO {SERVICE}")
    op.drop_index("ix_benefit_case_granted", table_name="benefit_case")
    op.create_index(
        "ix_benefit_case_granted", "benefit_case", ["code", "id"], unique=False, postgresql_where="stage = 'granted'"
    )
    op.drop_table("recheck")
