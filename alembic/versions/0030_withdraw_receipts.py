"""Withdraw receipts: what was overtaken shows in the status list, which is read by its places."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"


INDEXES = {
    "ix_receipt_withdrawn": "receipt (status_index) WHERE withdrawn_at IS NOT NULL",
    "ix_decision_replaces": "decision (replaces) WHERE replaces IS NOT NULL",
}


def upgrade() -> None:
    op.add_column("receipt", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(f"GRANT UPDATE (withdrawn_at) ON receipt TO {SERVICE}")
    with op.get_context().autocommit_block():
        for name, columns in INDEXES.items():
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {columns}")


def downgrade() -> None:
    for name in INDEXES:
        op.execute(f"DROP INDEX {name}")
    op.execute(f"REVOKE UPDATE (withdrawn_at) ON receipt FROM {SERVICE}")
    op.drop_column("receipt", "withdrawn_at")
