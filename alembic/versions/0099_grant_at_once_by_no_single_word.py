"""Grant at once by no single word: a status of the household that somebody has typed in says who did.

What has no name comes of a register itself. The wall lets nobody write another's name, or none; what was typed in
before has the name that its event tells.
"""

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
NOBODY = "00000000-0000-0000-0000-000000000000"
NAMED = """
UPDATE economic_status s SET recorded_by = (e.facts ->> 'recorded_by')::uuid FROM event e
WHERE e.name = 'person.economic_status_recorded' AND e.person_id = s.person_id
  AND e.facts ->> 'source' = s.source AND (e.facts ->> 'valid_from')::date = s.valid_from
"""


def upgrade() -> None:
    op.add_column("economic_status", sa.Column("recorded_by", sa.Uuid(), nullable=True))
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute(NAMED)
    op.execute(
        f"CREATE POLICY economic_status_own_word ON economic_status AS RESTRICTIVE FOR INSERT TO {SERVICE} "
        f"WITH CHECK (recorded_by IS NOT DISTINCT FROM nullif(current_setting('yian.actor'), '{NOBODY}')::uuid)"
    )


def downgrade() -> None:
    op.execute("DROP POLICY economic_status_own_word ON economic_status")
    op.drop_column("economic_status", "recorded_by")
