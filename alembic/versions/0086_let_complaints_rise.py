"""Let complaints rise to the next level when nobody has taken them in or answered them in time.

When one is to be taken in is sealed: those from before rise after the day by which they were to be closed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
LOOKING = "(SELECT current_setting('yian.reach')) = 'clocks'"


def upgrade() -> None:
    op.add_column("complaint", sa.Column("rises_after", sa.Date(), nullable=True))
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute("UPDATE complaint SET rises_after = close_by WHERE stage IN ('filed', 'received')")
    op.create_index("ix_complaint_rises_after", "complaint", ["id"], postgresql_where="rises_after IS NOT NULL")
    op.execute(f"GRANT UPDATE (rises_after) ON complaint TO {SERVICE}")
    op.execute(
        f"CREATE POLICY complaint_kept ON complaint FOR SELECT TO {SERVICE} "
        f"USING ({LOOKING} AND rises_after IS NOT NULL)"
    )


def downgrade() -> None:
    op.execute("DROP POLICY complaint_kept ON complaint")
    op.drop_column("complaint", "rises_after")
