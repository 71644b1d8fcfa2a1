"""Let cases wait at intake until a merge is confirmed: that one officer has proposed it decides nothing yet."""

from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

AT_INTAKE = """
CREATE OR REPLACE FUNCTION likeness_at_intake(key uuid) RETURNS TABLE (
    is_compared boolean, province text, clock_id uuid, duplicate_id uuid, region text, is_blocking boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT p.is_compared, split_part(p.region_path, '/', 1), p.clock_id, alike.id, alike.region_path, alike.is_blocking
FROM person p LEFT JOIN LATERAL (
    SELECT d.id, d.region_path, d.is_blocking FROM person_duplicate d
    WHERE key IN (d.person_id, d.other_id) AND d.stage IN ({stages}) ORDER BY d.is_blocking DESC, d.id LIMIT 1
) alike ON true
WHERE p.id = key AND (current_setting('yian.reach') = 'intake'
    OR (current_setting('yian.reach') = 'cases' AND (
        lies_in(key, current_setting('yian.areas')::text[]) OR key = ANY (current_setting('yian.parties')::uuid[]))))
$$
"""


def upgrade() -> None:
    op.execute(AT_INTAKE.format(stages="'open', 'merge_proposed'"))


def downgrade() -> None:
    op.execute(AT_INTAKE.format(stages="'open'"))
