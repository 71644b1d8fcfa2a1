"""Offer what is due to people who have not asked: offers with their walls; the person is shown what was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[]) AND sent_on IS NOT NULL"
"""The person, or whoever acts for the person, once an office has looked."""
LOOKING = f"{REACH} = 'clocks' AND stage IN ('made', 'sent')"
SEEN = f"{IN_AREA} OR ({SELF})"
CHANGED = f"{REACH} = 'cases' AND ({SEEN})"
ADDED = f"{REACH} = 'cases' AND ({IN_AREA})"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({SEEN})",
    "kept": f"FOR SELECT TO {SERVICE} USING ({LOOKING})",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({ADDED})",
    "changed": f"FOR UPDATE TO {SERVICE} USING ({CHANGED}) WITH CHECK ({CHANGED})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
OPEN = "stage IN ('made', 'sent')"


def upgrade() -> None:
    op.create_table(
        "offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=True),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_offer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index("uq_offer_open", "offer", ["person_id", "item"], unique=True, postgresql_where=OPEN)
    op.create_index("ix_offer_person_id", "offer", ["person_id", "id"], unique=False)
    op.create_index(
        "ix_offer_queue",
        "offer",
        ["stage", "region_path", "id"],
        unique=False,
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.create_index("ix_offer_due", "offer", ["expires_on", "id"], unique=False, postgresql_where=OPEN)
    op.execute("ALTER TABLE offer ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE offer FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY offer_{name} ON offer {rule}")
    op.execute(f"GRANT SELECT, INSERT ON offer TO {SERVICE}")
    op.execute(
        f"GRANT UPDATE (item, stage, sent_on, expires_on, clock_id, detail_cipher, version) ON offer TO {SERVICE}"
    )


def downgrade() -> None:
    op.drop_table("offer")
