"""Count the ways that people have for their applications, as those record it who saw them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])::uuid[]"
VISIBLE = f"""
(region_path || '/') ^@ ANY ((SELECT current_setting('yian.areas')::text[])::text[])
OR person_id = ANY ({PARTIES})
OR EXISTS (SELECT FROM party p WHERE p.case_id = visit.application_id AND p.party_id = ANY ({PARTIES}))
"""
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
WALLS = (
    "ALTER TABLE visit ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE visit FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY visit_seen ON visit FOR SELECT TO {SERVICE} USING ({VISIBLE})",
    f"CREATE POLICY visit_added ON visit FOR INSERT TO {SERVICE} WITH CHECK ({VISIBLE})",
    f"CREATE POLICY visit_migrated ON visit TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    f"GRANT SELECT, INSERT ON visit TO {SERVICE}",
)


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_visit_application_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_visit_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_application_id"), "visit", ["application_id"])
    op.create_index(op.f("ix_visit_person_id"), "visit", ["person_id"])
    for statement in WALLS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("visit")
