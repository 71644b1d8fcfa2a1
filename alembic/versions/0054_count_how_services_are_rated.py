"""Count how services are rated: a sum for each, in which no person stands and nobody's rating can be read."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
COUNT_THOSE_GIVEN = """
INSERT INTO service_rating (service_id, clock_id, count, total)
SELECT r.service_id, coalesce(p.clock_id, '00000000-0000-0000-0000-000000000000'), count(*),
    sum((r.detail->'confirmation'->>'satisfaction')::integer)
FROM referral r JOIN person p ON p.id = r.person_id
WHERE r.detail->'confirmation'->>'satisfaction' IS NOT NULL
GROUP BY 1, 2
"""


def upgrade() -> None:
    op.create_table(
        "service_rating",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_rating_service_id_service")),
        sa.PrimaryKeyConstraint("service_id", "clock_id", name=op.f("pk_service_rating")),
    )
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute(COUNT_THOSE_GIVEN)
    op.execute(f"GRANT SELECT, INSERT ON service_rating TO {SERVICE}")
    op.execute(f"GRANT UPDATE (count, total) ON service_rating TO {SERVICE}")


def downgrade() -> None:
    op.drop_table("service_rating")
