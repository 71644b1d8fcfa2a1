"""Promise a last day for each item of an application.

Applications that are there already are promised nothing in retrospect: the column stays empty.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("application_item", sa.Column("promised_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("application_item", "promised_until")
