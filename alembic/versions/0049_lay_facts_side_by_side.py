"""Lay the facts of people side by side, for one question about all of a place; with their walls."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
OF_AREA = f"(SELECT path FROM region WHERE (path || '/') ^@ ANY ({AREAS}::text[]))"
"""The places of the caller's areas, gathered once a statement, so that a million rows are looked up in them."""
IN_AREA = f"region_path IN {OF_AREA} OR registration_path IN {OF_AREA}"
OF_HERE = f"lies_in(person_id, {AREAS}::text[])"
"""The person belongs to an area of the caller's, wherever the row still says that the person lives."""
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA})",
    "kept": f"FOR SELECT TO {SERVICE} USING ({CASES} AND {OF_HERE})",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND {OF_HERE})",
    "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND {OF_HERE}) WITH CHECK ({CASES} AND {OF_HERE})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
LISTS = ("needs", "no_needs", "receiving", "no_receiving", "flags", "no_flags", "places", "no_places")


def upgrade() -> None:
    op.create_table(
        "person_facts",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("registration_path", sa.Text(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("has_certificate", sa.Boolean(), nullable=True),
        sa.Column("categories", sa.SmallInteger(), nullable=False),
        sa.Column("grade", sa.SmallInteger(), nullable=True),
        sa.Column("economic_status", sa.Text(), nullable=True),
        sa.Column("diagnosed", sa.SmallInteger(), nullable=False),
        sa.Column("not_diagnosed", sa.SmallInteger(), nullable=False),
        *(sa.Column(name, postgresql.ARRAY(sa.Text()), nullable=False) for name in LISTS),
        sa.Column("last_received", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_facts_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_facts")),
    )
    op.create_index(
        op.f("ix_person_facts_region_path"),
        "person_facts",
        ["region_path"],
        unique=False,
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.execute("ALTER TABLE person_facts ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE person_facts FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY person_facts_{name} ON person_facts {rule}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON person_facts TO {SERVICE}")
    op.execute("ALTER FUNCTION lies_in PARALLEL SAFE")


def downgrade() -> None:
    op.execute("ALTER FUNCTION lies_in PARALLEL UNSAFE")
    op.drop_table("person_facts")
