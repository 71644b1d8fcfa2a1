"""Hold deliveries to one another: each as a row of its own, and what does not fit as a question to a human.

A provider may add what it delivered to its own referrals and does not read the rows: they would tell it of others.
Where nobody acts, in the place of a delivery, they are compared; a finding is seen by the offices of the place alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
LOOKING = "(SELECT current_setting('yian.reach')) = 'clocks'"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
OWN = f"p.case_id = delivery.referral_id AND p.party_id = ANY ({PARTIES}::uuid[])"
OF_PARTY = f"(SELECT true FROM party p WHERE {OWN} LIMIT 1)"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
OF_ALL = {
    "merged": f"TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
POLICIES = {
    "delivery": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({CASES} AND {IN_AREA})",
        "kept": f"FOR SELECT TO {SERVICE} USING ({LOOKING} AND NOT is_checked)",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND {OF_PARTY})",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND {IN_AREA}) WITH CHECK ({CASES} AND {IN_AREA})",
        **OF_ALL,
    },
    "delivery_finding": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({CASES} AND {IN_AREA})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND {IN_AREA})",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND {IN_AREA}) WITH CHECK ({CASES} AND {IN_AREA})",
        **OF_ALL,
    },
}
CHANGING = {"delivery": "is_checked", "delivery_finding": "stage, detail_cipher, version"}
THOSE_BEFORE = """
INSERT INTO delivery (id, referral_id, person_id, region_path, service_id, provider_id, delivered_on, amount, unit,
    is_checked)
SELECT gen_random_uuid(), r.id, r.person_id, r.region_path, r.service_id, r.provider_id, (d->>'on')::date,
    (d->'quantity'->>'amount')::bigint, d->'quantity'->>'unit', true
FROM referral r, jsonb_array_elements(r.detail->'deliveries') d
"""


def _tables() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_delivery_referral_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delivery_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index("ix_delivery_person_times", "delivery", ["person_id", "starts_at"])
    op.create_index(
        "ix_delivery_worker_times",
        "delivery",
        ["provider_id", "worker", "starts_at"],
        postgresql_where="worker IS NOT NULL",
    )
    op.create_index("ix_delivery_unchecked", "delivery", ["referral_id"], postgresql_where="NOT is_checked")
    op.create_index(
        "ix_delivery_month",
        "delivery",
        ["region_path", "delivered_on"],
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.create_table(
        "delivery_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stage IN ('open', 'settled')", name=op.f("ck_delivery_finding_stage")),
        sa.CheckConstraint(
            "kind IN ('overlap_person', 'overlap_worker', 'more_than_planned', 'outside_period', 'while_paused')",
            name=op.f("ck_delivery_finding_kind"),
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_delivery_finding_referral_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delivery_finding_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_finding")),
    )
    op.create_index(
        "ix_delivery_finding_worklist",
        "delivery_finding",
        ["stage", "region_path", "id"],
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.create_index("ix_delivery_finding_referral_id", "delivery_finding", ["referral_id"])
    op.create_index("ix_delivery_finding_person_id", "delivery_finding", ["person_id"])


def upgrade() -> None:
    _tables()
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute(THOSE_BEFORE)
    for table, policies in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for name, rule in policies.items():
            op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")
        op.execute(f"GRANT SELECT, INSERT ON {table} TO {SERVICE}")
        op.execute(f"GRANT UPDATE ({CHANGING[table]}) ON {table} TO {SERVICE}")
        op.execute(f"GRANT SELECT, UPDATE (person_id) ON {table} TO yian_gate")


def downgrade() -> None:
    op.drop_table("delivery_finding")
    op.drop_table("delivery")
