"""Do all certificate business: since when and why a certificate stands as it does."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"


def upgrade() -> None:
    op.add_column("certificate_version", sa.Column("status_since", sa.Date(), nullable=True))
    op.add_column("certificate_version", sa.Column("status_reason", sa.Text(), nullable=True))
    op.create_index(
        "uq_certificate_case_cancellation",
        "certificate_case",
        ["person_id"],
        unique=True,
        postgresql_where="business = 'cancellation' AND stage NOT IN ('cancelled', 'refused', 'withdrawn')",
    )
    op.execute(f"GRANT UPDATE (status_since, status_reason) ON certificate_version TO {SERVICE}")


def downgrade() -> None:
    op.drop_index("uq_certificate_case_cancellation", table_name="certificate_case")
    op.drop_column("certificate_version", "status_reason")
    op.drop_column("certificate_version", "status_since")
