"""Keep consents with their walls, and show a person by consent only while one is in force.

A party that sees a person by the person's consent names the purpose (`party.consent_purpose`). The wall of `person`
asks for the consent itself, so that nothing has to be carried along when it is taken back or runs out.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
TODAY = "(SELECT current_setting('yian.today')::date)"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"

IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
SEEN = f"{IN_AREA} OR {SELF} OR receiver_id = ANY ({PARTIES}::uuid[])"
"""The receiver reads what it was allowed, and no more of the person by that."""
WRITTEN = f"{REACH} = 'cases' AND ({IN_AREA} OR {SELF})"
"""The person and who acts for the person, and the offices of the place, which take it down."""

WALLS = (
    "ALTER TABLE consent ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE consent FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY consent_seen ON consent FOR SELECT TO {SERVICE} USING ({SEEN})",
    f"CREATE POLICY consent_added ON consent FOR INSERT TO {SERVICE} WITH CHECK ({WRITTEN})",
    f"CREATE POLICY consent_changed ON consent FOR UPDATE TO {SERVICE} USING ({WRITTEN}) WITH CHECK ({WRITTEN})",
    f"CREATE POLICY consent_migrated ON consent TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    f"GRANT SELECT, INSERT ON consent TO {SERVICE}",
    f"GRANT UPDATE (stage, detail, version) ON consent TO {SERVICE}",
)
ONE_A_DAY = """
ALTER TABLE consent ADD CONSTRAINT ex_consent_validity EXCLUDE USING gist (
    person_id WITH =, receiver_id WITH =, purpose WITH =, daterange(valid_from, valid_to, '[]') WITH &&
) WHERE (stage = 'given')
"""

HERE = " OR ".join(f"(person.{path} || '/') ^@ ANY ({AREAS}::text[])" for path in ("region_path", "registration_path"))
CONSENTED = (
    "(SELECT true AS found FROM consent c WHERE c.person_id = p.person_id AND c.receiver_id = p.party_id "
    f"AND c.purpose = p.consent_purpose AND c.stage = 'given' AND {TODAY} BETWEEN c.valid_from AND c.valid_to LIMIT 1)"
)
PARTY = (
    f"p.person_id = person.id AND p.party_id = ANY ({PARTIES}::uuid[]) "
    f"AND (p.person_to IS NULL OR {TODAY} <= p.person_to)"
)


def show_person(party: str) -> None:
    """Say who sees a person: the offices here, the person, intake, and a party."""
    found = f"(SELECT true AS found FROM party p WHERE {party} LIMIT 1)"
    seen = f"{HERE} OR id = ANY ({PARTIES}::uuid[]) OR {REACH} = 'intake' OR {found}"
    op.execute(f"ALTER POLICY person_seen ON person USING ({seen})")


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["organisation.id"], name=op.f("fk_consent_receiver_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_sharing", "consent", ["person_id", "receiver_id", "purpose"], unique=False)
    op.create_index("ix_consent_receiver_id", "consent", ["receiver_id", "id"], unique=False)
    op.execute(ONE_A_DAY)
    for statement in WALLS:
        op.execute(statement)
    op.add_column("party", sa.Column("consent_purpose", sa.Text(), nullable=True))
    show_person(f"{PARTY} AND (p.consent_purpose IS NULL OR {CONSENTED})")


def downgrade() -> None:
    show_person(PARTY)
    op.drop_column("party", "consent_purpose")
    op.drop_table("consent")
