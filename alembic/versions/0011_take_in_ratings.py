"""Take in how people say they were served. Staff see nothing of it before the application is finished."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
AREAS = "(SELECT current_setting('yian.areas')::text[])::text[]"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])::uuid[]"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
GIVER = f"""
person_id = ANY ({PARTIES})
OR EXISTS (SELECT FROM party p WHERE p.case_id = rating.application_id AND p.role <> 'evaluator'
           AND p.party_id = ANY ({PARTIES}))
"""
CLOSED = "EXISTS (SELECT FROM application a WHERE a.id = rating.application_id AND a.is_finished)"
SEEN = f"{GIVER} OR ((region_path || '/') ^@ ANY ({AREAS}) AND {CLOSED})"
MUTABLE = "satisfaction, is_bad, is_answered, detail, words_cipher, answer_cipher, version"
WALLS = (
    "ALTER TABLE rating ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE rating FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY rating_seen ON rating FOR SELECT TO {SERVICE} USING ({SEEN})",
    f"CREATE POLICY rating_added ON rating FOR INSERT TO {SERVICE} WITH CHECK ({GIVER})",
    f"CREATE POLICY rating_changed ON rating FOR UPDATE TO {SERVICE} USING ({SEEN}) WITH CHECK ({SEEN})",
    f"CREATE POLICY rating_migrated ON rating TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    f"GRANT SELECT, INSERT ON rating TO {SERVICE}",
    f"GRANT UPDATE ({MUTABLE}) ON rating TO {SERVICE}",
)


def upgrade() -> None:
    op.create_table(
        "rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("satisfaction", sa.Text(), nullable=False),
        sa.Column("is_bad", sa.Boolean(), nullable=False),
        sa.Column("is_answered", sa.Boolean(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("words_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("answer_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_rating_application_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_rating_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rating_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
    )
    op.create_index("uq_rating_item", "rating", ["application_id", "item"], unique=True)
    op.create_index("ix_rating_owner_id", "rating", ["owner_id", "id"])
    op.create_index("ix_rating_rated_on", "rating", ["rated_on"])
    op.create_index(op.f("ix_rating_person_id"), "rating", ["person_id"])
    for statement in WALLS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("rating")
