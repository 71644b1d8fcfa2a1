"""Report suspected harm to the body that must act, and needs that a village cannot meet, each with its walls.

A report of harm lies with the county: the offices of the village, the person and the family do not see it, and its
events name nobody. Whoever reports it reads it again by being its reporter, and by nothing else.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
ABOVE = f"(SELECT true FROM unnest({AREAS}::text[]) AS own (area) WHERE own.area ^@ (region_path || '/') LIMIT 1)"
"""The row lies in a place of which an area of the caller's is a part, or the whole."""
OF_HERE = f"lies_in(person_id, {AREAS}::text[])"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
MIGRATED = f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
POLICIES = {
    "harm_report": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR reported_by = {ACTOR})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND reported_by = {ACTOR} AND {OF_HERE})",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND ({IN_AREA})) WITH CHECK ({CASES} AND ({IN_AREA}))",
        "migrated": MIGRATED,
    },
    "need_report": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR person_id = ANY ({PARTIES}::uuid[]))",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND ({IN_AREA}) AND {OF_HERE})",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND ({IN_AREA})) WITH CHECK ({CASES} AND ({IN_AREA}))",
        "migrated": MIGRATED,
    },
}
REPORTED = (
    f"{CASES} AND name = 'harm_report.reported' AND actor_id = {ACTOR} AND person_id IS NULL "
    f"AND application_id IS NULL AND {ABOVE}"
)
CHANGING = {
    "harm_report": "stage, detail_cipher, version",
    "need_report": "stage, due_on, detail_cipher, version",
}


def upgrade() -> None:
    op.create_table(
        "harm_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=False),
        sa.Column("receive_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stage IN ('reported', 'received', 'closed')", name=op.f("ck_harm_report_stage")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_harm_report_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harm_report")),
    )
    op.create_table(
        "need_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stage IN ('at_township', 'at_city', 'answered')", name=op.f("ck_need_report_stage")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_need_report_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_report")),
    )
    op.create_index(
        "uq_need_report_open", "need_report", ["person_id", "need"], unique=True, postgresql_where="stage <> 'answered'"
    )
    for table, policies in POLICIES.items():
        op.create_index(
            f"ix_{table}_worklist",
            table,
            ["stage", "region_path", "id"],
            postgresql_ops={"region_path": "text_pattern_ops"},
        )
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for name, rule in policies.items():
            op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")
        op.execute(f"GRANT SELECT, INSERT ON {table} TO {SERVICE}")
        op.execute(f"GRANT UPDATE ({CHANGING[table]}) ON {table} TO {SERVICE}")
    op.execute(f"CREATE POLICY event_of_harm_added ON event FOR INSERT TO {SERVICE} WITH CHECK ({REPORTED})")


def downgrade() -> None:
    op.execute("DROP POLICY event_of_harm_added ON event")
    op.drop_table("need_report")
    op.drop_table("harm_report")
