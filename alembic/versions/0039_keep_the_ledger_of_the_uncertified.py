"""Keep the ledger of disabled people without a certificate, with its walls; at a person's word an entry is erased.

The event that says so names nobody. Its writer may be the person, who has no area: it is let in where the entry still
stands before the statement that erases it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
SEEN = f"{IN_AREA} OR {SELF}"
"""The offices of the place, of which the owner is one, and the person or a guardian."""
KEPT = f"{REACH} = 'cases' AND ({IN_AREA})"
"""Offices keep the ledger; nobody writes about oneself there."""
ADDED = f"{KEPT} AND lies_in(person_id, {AREAS}::text[])"
"""The entry is of somebody who belongs to the area."""
LEFT = f"{REACH} = 'cases' AND ({SEEN})"
"""The person leaves it by the own word, or an office takes the word down."""
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({SEEN})",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({ADDED})",
    "changed": f"FOR UPDATE TO {SERVICE} USING ({KEPT}) WITH CHECK ({KEPT})",
    "left": f"FOR DELETE TO {SERVICE} USING ({LEFT})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
TAKEN_OFF = (
    f"{REACH} = 'cases' AND name = 'uncertified_entry.taken_off' AND actor_id = {ACTOR} AND person_id IS NULL "
    "AND application_id IS NULL AND (SELECT true FROM uncertified_entry e WHERE e.id = event.subject_id "
    "AND e.region_path = event.region_path LIMIT 1)"
)
CHANGING = "owner_id, reason, stage, next_contact_on, closed_on, detail_cipher, version"


def upgrade() -> None:
    op.create_table(
        "uncertified_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("next_contact_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_uncertified_entry_person_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_uncertified_entry_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uncertified_entry")),
    )
    op.create_index(
        "uq_uncertified_entry_open", "uncertified_entry", ["person_id"], unique=True, postgresql_where="stage = 'open'"
    )
    op.create_index("ix_uncertified_entry_person_id", "uncertified_entry", ["person_id", "id"], unique=False)
    op.create_index(
        "ix_uncertified_entry_worklist",
        "uncertified_entry",
        ["stage", "region_path", "id"],
        unique=False,
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.create_index("ix_uncertified_entry_owner_id", "uncertified_entry", ["owner_id", "id"], unique=False)
    op.execute("ALTER TABLE uncertified_entry ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE uncertified_entry FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY uncertified_entry_{name} ON uncertified_entry {rule}")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON uncertified_entry TO {SERVICE}")
    op.execute(f"GRANT UPDATE ({CHANGING}) ON uncertified_entry TO {SERVICE}")
    op.execute(f"CREATE POLICY event_of_leaving_added ON event FOR INSERT TO {SERVICE} WITH CHECK ({TAKEN_OFF})")


def downgrade() -> None:
    op.execute("DROP POLICY event_of_leaving_added ON event")
    op.drop_table("uncertified_entry")
