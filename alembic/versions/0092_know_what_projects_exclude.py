"""Know what the projects exclude that somebody is in: which of two came first must decide nothing."""

from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
SIGNATURE = "benefits_received(uuid)"
RECEIVED = """
CREATE FUNCTION benefits_received(of_person uuid) RETURNS TABLE (
    as_what text, id uuid, codes text[], since date, until date, project_id uuid, name text{column})
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT received.* FROM (
    SELECT 'project', b.id, p.services, b.valid_from,
        CASE b.stage WHEN 'ended' THEN greatest(b.valid_from, b.ended_on) ELSE b.valid_to END, p.id, p.name{of_project}
    FROM beneficiary b JOIN project p ON p.id = b.project_id
    WHERE b.person_id = of_person AND b.has_benefited
    UNION ALL
    SELECT 'benefit', c.id, ARRAY[c.code],
        coalesce((c.detail->'granted'->>'first_month')::date, (c.submitted_at AT TIME ZONE 'Asia/Shanghai')::date),
        ((c.detail->'granted'->>'last_month')::date + interval '1 month' - interval '1 day')::date, NULL, ''{of_other}
    FROM benefit_case c WHERE c.person_id = of_person AND c.stage = 'granted'
    UNION ALL
    SELECT 'service', r.id, ARRAY[s.code],
        coalesce((r.detail->>'begins_on')::date, (r.detail->'deliveries'->0->>'on')::date,
            (r.offered_at AT TIME ZONE 'Asia/Shanghai')::date),
        CASE WHEN r.stage NOT IN ('accepted', 'delivered', 'paused') THEN
            coalesce((r.detail->'deliveries'->-1->>'on')::date, (r.detail->>'begins_on')::date,
                (r.offered_at AT TIME ZONE 'Asia/Shanghai')::date) END,
        NULL, ''{of_other}
    FROM referral r JOIN service s ON s.id = r.service_id
    WHERE r.person_id = of_person AND (r.stage IN ('accepted', 'delivered', 'paused', 'confirmed')
        OR r.stage IN ('overridden', 'revoked', 'transferred') AND r.detail->'deliveries'->0 IS NOT NULL)
) received
WHERE current_setting('yian.reach') = 'cases' AND lies_in(of_person, current_setting('yian.areas')::text[])
$$
"""
EXCLUDES = """,
        ARRAY(SELECT coalesce(one ->> 'project_id', one ->> 'code')
              FROM jsonb_array_elements(p.detail #> '{terms,exclusions}') one)"""
"""By the ids of projects and the codes of services and benefits, as the terms name them."""
KNOWING = {"column": ", excludes text[]", "of_project": EXCLUDES, "of_other": ", '{}'::text[]"}
BEFORE = dict.fromkeys(KNOWING, "")


def upgrade() -> None:
    _make(KNOWING)


def downgrade() -> None:
    _make(BEFORE)


def _make(parts: dict[str, str]) -> None:
    op.execute(f"DROP FUNCTION IF EXISTS {SIGNATURE}")
    op.execute(RECEIVED.format(**parts))
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO yian_gate")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {SERVICE}")
