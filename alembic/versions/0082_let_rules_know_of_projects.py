"""Let rules know of projects: where places are left, and what somebody has or had of a project, as facts of rules.

What is true of a person does not depend on who asks, so it is read behind the walls like the other facts.
"""

from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
NO_CLOCK = "'00000000-0000-0000-0000-000000000000'"
SIGNATURE = "project_facts(uuid, text, uuid, date)"
PROJECT_FACTS = f"""
CREATE FUNCTION project_facts(of_person uuid, of_region text, of_clock uuid, today date)
RETURNS TABLE (places jsonb, projects jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT
    (SELECT coalesce(jsonb_object_agg(open.code, open.is_left), '{{}}') FROM (
        SELECT code, bool_or(coalesce(a.places_held, 0) < p.quota
            AND coalesce(a.held_fen, 0) + p.amount_fen <= p.budget_fen) AS is_left
        FROM project p
        LEFT JOIN project_account a ON a.project_id = p.id AND a.clock_id = coalesce(of_clock, {NO_CLOCK})
        CROSS JOIN unnest(p.services) AS code
        WHERE p.stage = 'open' AND today BETWEEN p.runs_from AND p.runs_to
          AND (of_region || '/') ^@ (p.region_path || '/')
        GROUP BY code) open),
    (SELECT coalesce(jsonb_agg(jsonb_build_array(p.services, b.valid_from,
            CASE b.stage WHEN 'ended' THEN greatest(b.valid_from, b.ended_on) ELSE b.valid_to END)), '[]')
     FROM beneficiary b JOIN project p ON p.id = b.project_id
     WHERE b.person_id = of_person AND b.has_benefited AND b.valid_from <= today)
$$
"""
"""A place is left where one more could get the full amount; of a service without an open project nobody can say."""


def upgrade() -> None:
    op.execute(PROJECT_FACTS)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO yian_gate")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {SERVICE}")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SIGNATURE}")
