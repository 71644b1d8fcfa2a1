"""Remember with a kept answer whom it shows, so that a repetition is written down, and asked about, like the first.

Answers kept before name nobody: they are repeated as they were until they are thirty days old.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("idempotency_key", sa.Column("person_ids", postgresql.ARRAY(sa.Uuid()), nullable=True))
    op.add_column("idempotency_key", sa.Column("disclosed", postgresql.ARRAY(sa.Text()), nullable=True))
    op.execute("GRANT UPDATE (person_ids, disclosed) ON idempotency_key TO yian_app, yian_worker")


def downgrade() -> None:
    op.drop_column("idempotency_key", "disclosed")
    op.drop_column("idempotency_key", "person_ids")
