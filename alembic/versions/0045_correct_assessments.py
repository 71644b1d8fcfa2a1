"""Correct an assessment once: the new one names the old, in whose place it stands."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessment", sa.Column("corrects", sa.Uuid(), nullable=True))
    with op.get_context().autocommit_block():
        op.create_index(
            "uq_assessment_corrects",
            "assessment",
            ["corrects"],
            unique=True,
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    op.drop_column("assessment", "corrects")
