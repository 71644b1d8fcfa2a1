"""Let cases wait where a person is very likely on record already, and tell the office that takes them on.

The other record may lie where that office sees nothing: the function says that there is a pair, how weighty it is and
whose it is to decide, and not who the other is. Pairs that were found before hold nothing up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
LIKENESS_OF = """
CREATE FUNCTION likeness_of(key uuid) RETURNS TABLE (duplicate_id uuid, region text, is_blocking boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT d.id, d.region_path, d.is_blocking FROM person_duplicate d
WHERE key IN (d.person_id, d.other_id) AND d.stage = 'open'
  AND current_setting('yian.reach') = 'cases' AND lies_in(key, current_setting('yian.areas')::text[])
ORDER BY d.is_blocking DESC, d.id LIMIT 1
$$
"""


def upgrade() -> None:
    op.add_column("person_duplicate", sa.Column("is_blocking", sa.Boolean(), server_default="false", nullable=False))
    op.execute(f"GRANT UPDATE (is_blocking) ON person_duplicate TO {SERVICE}")
    op.execute(LIKENESS_OF)
    op.execute("ALTER FUNCTION likeness_of(uuid) OWNER TO yian_gate")
    op.execute("REVOKE ALL ON FUNCTION likeness_of(uuid) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION likeness_of(uuid) TO {SERVICE}")


def downgrade() -> None:
    op.execute("DROP FUNCTION likeness_of(uuid)")
    op.drop_column("person_duplicate", "is_blocking")
