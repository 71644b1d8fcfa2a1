"""Let reports rise to the next level when nobody has taken them up in time."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
LOOKING = "(SELECT current_setting('yian.reach')) = 'clocks'"
WAITING = {"need_report": "stage = 'at_township'", "harm_report": "stage = 'reported' AND raised_at IS NULL"}
"""What is looked for in all places; whoever looks is shown no more of them than where they lie."""


def upgrade() -> None:
    op.add_column("harm_report", sa.Column("raised_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(f"GRANT UPDATE (receive_by, raised_at) ON harm_report TO {SERVICE}")
    for table, waiting in WAITING.items():
        op.execute(f"CREATE POLICY {table}_kept ON {table} FOR SELECT TO {SERVICE} USING ({LOOKING} AND {waiting})")


def downgrade() -> None:
    for table in WAITING:
        op.execute(f"DROP POLICY {table}_kept ON {table}")
    op.execute(f"REVOKE UPDATE (receive_by) ON harm_report FROM {SERVICE}")
    op.drop_column("harm_report", "raised_at")
