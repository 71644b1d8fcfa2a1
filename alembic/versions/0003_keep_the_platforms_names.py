"""Keep the platform's names: matter code, number and owner's code of each item, the digest of what was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SUBMITTED_ON = "((submitted_at AT TIME ZONE 'Asia/Shanghai')::date)"
NAMES = ("matter_code", "source_number", "owner_code")
INDEXES = (
    ("ix_application_source_number", "application", "(source_number)"),
    ("ix_application_day", "application", f"({SUBMITTED_ON}, source_id, id)"),
)
UNIQUE_INDEXES = (
    ("uq_application_item_source", "(source_number, source_id) WHERE source_number IS NOT NULL"),
    ("uq_application_item_matter", "(matter_code, application_id) WHERE matter_code IS NOT NULL"),
)
BACK_FILL = """
UPDATE application_item i SET owner_code = o.code FROM organisation o WHERE o.id = i.owner_id AND o.code IS NOT NULL
"""


def upgrade() -> None:
    op.add_column("application", sa.Column("digest_cipher", sa.LargeBinary(), nullable=True))
    op.add_column("application_item", sa.Column("source_id", sa.Uuid(), nullable=True))
    for name in NAMES:
        op.add_column("application_item", sa.Column(name, sa.Text(), nullable=True))
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute(BACK_FILL)
    op.execute("SET LOCAL yian.reach = ''")
    with op.get_context().autocommit_block():
        for name, table, columns in INDEXES:
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {table} {columns}")
        for name, columns in UNIQUE_INDEXES:
            op.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON application_item {columns}")


def downgrade() -> None:
    for name, *_ in (*INDEXES, *UNIQUE_INDEXES):
        op.execute(f"DROP INDEX {name}")
    for name in (*NAMES, "source_id"):
        op.drop_column("application_item", name)
    op.drop_column("application", "digest_cipher")
