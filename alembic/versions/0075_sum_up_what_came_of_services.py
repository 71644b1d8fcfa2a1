"""Sum up what came of the work of providers by people's plans: made anew each night, and no person stands in it."""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
BY_ITSELF = (
    "(SELECT current_setting('yian.reach')) = 'cases' "
    "AND (SELECT current_setting('yian.actor')) = '00000000-0000-0000-0000-000000000000' "
    "AND (region_path || '/') ^@ ANY ((SELECT current_setting('yian.areas')::text[])::text[])"
)
"""Written where nobody acts, in the place that was looked at: an officer could else better the figures."""
POLICIES = {
    "seen": "FOR SELECT TO {0} USING (true)",
    "added": "FOR INSERT TO {0} WITH CHECK ({1})",
    "forgotten": "FOR DELETE TO {0} USING ({1})",
}


def upgrade() -> None:
    op.create_table(
        "provider_outcome",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("hard", sa.Integer(), nullable=False),
        sa.Column("hard_total", sa.Integer(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_provider_outcome_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "clock_id", "region_path", name=op.f("pk_provider_outcome")),
    )
    op.execute("ALTER TABLE provider_outcome ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE provider_outcome FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY provider_outcome_{name} ON provider_outcome {rule.format(SERVICE, BY_ITSELF)}")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON provider_outcome TO {SERVICE}")


def downgrade() -> None:
    op.drop_table("provider_outcome")
