"""Complain about services: the complaint lies with the county, and the provider reads a question and nothing else.

Whoever filed it follows it by having filed it; the person by being the person. A question names no person.
"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
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
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
ASKED = f"provider_id = ANY ({PARTIES}::uuid[])"
OF_HERE = f"lies_in(person_id, {AREAS}::text[])"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
MIGRATED = f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
POLICIES = {
    "complaint": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR {SELF} OR filed_by = {ACTOR})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND filed_by = {ACTOR} AND ({SELF} OR {OF_HERE}))",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND ({IN_AREA} OR {SELF})) "
        f"WITH CHECK ({CASES} AND ({IN_AREA} OR {SELF}))",
        "merged": f"TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
        "migrated": MIGRATED,
    },
    "complaint_question": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR {ASKED})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND {IN_AREA})",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND ({IN_AREA} OR {ASKED})) "
        f"WITH CHECK ({CASES} AND ({IN_AREA} OR {ASKED}))",
        "migrated": MIGRATED,
    },
}
CHANGING = "stage, detail_cipher, version"
FILED = f"{CASES} AND name = 'complaint.filed' AND actor_id = {ACTOR} AND application_id IS NULL AND {ABOVE}"


def _tables() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("filed_by", sa.Uuid(), nullable=False),
        sa.Column("close_by", sa.Date(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stage IN ('filed', 'received', 'closed', 'withdrawn')", name=op.f("ck_complaint_stage")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_complaint_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_table(
        "complaint_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stage IN ('asked', 'answered')", name=op.f("ck_complaint_question_stage")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_question_complaint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_question")),
    )
    op.create_index("ix_complaint_person_id", "complaint", ["person_id", "id"])
    op.create_index("ix_complaint_question_provider_id", "complaint_question", ["provider_id", "id"])


def upgrade() -> None:
    _tables()
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
        op.execute(f"GRANT UPDATE ({CHANGING}) ON {table} TO {SERVICE}")
    op.execute("GRANT SELECT, UPDATE (person_id) ON complaint TO yian_gate")
    op.execute(f"CREATE POLICY event_of_complaint_added ON event FOR INSERT TO {SERVICE} WITH CHECK ({FILED})")


def downgrade() -> None:
    op.execute("DROP POLICY event_of_complaint_added ON event")
    op.drop_table("complaint_question")
    op.drop_table("complaint")
