"""Survey in rounds: rounds of an area, and everybody who is listed in them, with their walls.

A round is also seen by whoever sees somebody in it: who asks people in a village works in a round of the county.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
AROUND = f"(SELECT true FROM unnest({AREAS}::text[]) own WHERE own ^@ (region_path || '/') LIMIT 1)"
"""The round covers an area of the caller's."""
IN_IT = "(SELECT true FROM survey_entry e WHERE e.round_id = survey_round.id LIMIT 1)"
"""Somebody is in it whom the caller sees, by the wall of the entries."""
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
KEPT = f"{CASES} AND {IN_AREA}"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
POLICIES = {
    "survey_round": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR ({AROUND} AND {IN_IT}))",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({KEPT})",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({KEPT}) WITH CHECK ({KEPT})",
        "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    },
    "survey_entry": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR {SELF})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({KEPT} AND lies_in(person_id, {AREAS}::text[]))",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({KEPT}) WITH CHECK ({KEPT})",
        "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    },
}
CHANGING = {
    "survey_round": "stage, detail, version",
    "survey_entry": "owner_id, stage, difference, detail, version",
}


def upgrade() -> None:
    op.create_table(
        "survey_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("population", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("detail", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_round")),
    )
    op.create_index(
        "uq_survey_round_open",
        "survey_round",
        ["region_path", "population"],
        unique=True,
        postgresql_where="stage = 'open'",
    )
    op.create_index(
        "ix_survey_round_place",
        "survey_round",
        ["region_path", "population", "id"],
        unique=False,
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.create_table(
        "survey_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("population", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("difference", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_round.id"], name=op.f("fk_survey_entry_round_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_survey_entry_person_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_survey_entry_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_entry")),
    )
    op.create_index("uq_survey_entry_person", "survey_entry", ["round_id", "person_id"], unique=True)
    op.create_index("ix_survey_entry_person_id", "survey_entry", ["person_id"], unique=False)
    op.create_index("ix_survey_entry_worklist", "survey_entry", ["round_id", "stage", "id"], unique=False)
    for table, policies in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for name, rule in policies.items():
            op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")
        op.execute(f"GRANT SELECT, INSERT ON {table} TO {SERVICE}")
        op.execute(f"GRANT UPDATE ({CHANGING[table]}) ON {table} TO {SERVICE}")


def downgrade() -> None:
    op.execute("DROP POLICY survey_round_seen ON survey_round")
    op.drop_table("survey_entry")
    op.drop_table("survey_round")
