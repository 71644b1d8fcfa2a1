"""Compare before cases are taken on: say at intake whether a person was compared, and what came of it.

As `likeness_of`, it says whether there is a pair, how weighty it is and whose to decide, and not who the other is.
Where somebody applies it says so of the person who is applied for, so that nothing is granted at once to a twin.
"""

from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
AT_INTAKE = """
CREATE FUNCTION likeness_at_intake(key uuid) RETURNS TABLE (
    is_compared boolean, province text, clock_id uuid, duplicate_id uuid, region text, is_blocking boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT p.is_compared, split_part(p.region_path, '/', 1), p.clock_id, alike.id, alike.region_path, alike.is_blocking
FROM person p LEFT JOIN LATERAL (
    SELECT d.id, d.region_path, d.is_blocking FROM person_duplicate d
    WHERE key IN (d.person_id, d.other_id) AND d.stage = 'open' ORDER BY d.is_blocking DESC, d.id LIMIT 1) alike ON true
WHERE p.id = key AND (current_setting('yian.reach') = 'intake'
    OR (current_setting('yian.reach') = 'cases' AND (
        lies_in(key, current_setting('yian.areas')::text[]) OR key = ANY (current_setting('yian.parties')::uuid[]))))
$$
"""
SIGNATURE = "likeness_at_intake(uuid)"


def upgrade() -> None:
    op.execute(AT_INTAKE)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO yian_gate")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {SERVICE}")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SIGNATURE}")
