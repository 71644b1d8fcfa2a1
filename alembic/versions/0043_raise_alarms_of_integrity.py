"""Raise alarms of integrity, and remember which periods were looked at. Whoever is named in one is behind its wall.

No caller raises one: a row is added where nobody acts. An account is named by itself, by the person whose it is, or by
an institution in which that person serves or has served.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
BY_NOBODY = f"{ACTOR} = '00000000-0000-0000-0000-000000000000'"
SERVES = (
    "(SELECT true FROM membership m JOIN account a ON a.id = m.account_id "
    "WHERE m.organisation_id = ANY (integrity_alarm.named) "
    f"AND (a.id = {ACTOR} OR a.person_id = ANY ({PARTIES}::uuid[])) LIMIT 1)"
)
NOT_NAMED = f"{ACTOR} <> ALL (named) AND NOT named && {PARTIES}::uuid[] AND {SERVES} IS NULL"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
POLICIES = {
    "integrity_alarm": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} AND {NOT_NAMED})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND {IN_AREA} AND {BY_NOBODY})",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND {IN_AREA} AND {NOT_NAMED}) "
        f"WITH CHECK ({CASES} AND {IN_AREA} AND {NOT_NAMED})",
    },
    "integrity_look": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND {IN_AREA} AND {BY_NOBODY})",
    },
}


def upgrade() -> None:
    op.create_table(
        "integrity_alarm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=False),
        sa.Column("compared_within", sa.Text(), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("named", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_integrity_alarm")),
    )
    op.create_index(
        "uq_integrity_alarm_finding",
        "integrity_alarm",
        ["region_path", "kind", "subject_kind", "subject_key", "compared_within", "period_first"],
        unique=True,
    )
    op.create_index(
        "ix_integrity_alarm_queue",
        "integrity_alarm",
        ["stage", "region_path", "id"],
        unique=False,
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.create_table(
        "integrity_look",
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alarms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("region_path", "period_first", name=op.f("pk_integrity_look")),
    )
    for table, rules in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for name, rule in rules.items():
            op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")
        op.execute(
            f"CREATE POLICY {table}_migrated ON {table} TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
        )
        op.execute(f"GRANT SELECT, INSERT ON {table} TO {SERVICE}")
    op.execute(f"GRANT UPDATE (stage, detail_cipher, version) ON integrity_alarm TO {SERVICE}")


def downgrade() -> None:
    op.drop_table("integrity_look")
    op.drop_table("integrity_alarm")
