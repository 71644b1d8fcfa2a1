"""Hold the facts that rules ask for alike, whoever asks: one function gathers them, and shows no row of anybody."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

HELD_FACTS = """
CREATE FUNCTION held_facts(of_person uuid, today date) RETURNS TABLE (
    certificate_id uuid, category smallint, grade smallint, components jsonb, needs jsonb, granted text[], served jsonb,
    holders bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT held.certificate_id, held.category, held.grade, held.components,
    (SELECT coalesce(jsonb_object_agg(n.code, n.stage ORDER BY n.id), '{}')
     FROM need n WHERE n.person_id = of_person),
    (SELECT coalesce(array_agg(b.code), '{}')
     FROM benefit_case b WHERE b.person_id = of_person AND b.stage = 'granted'),
    (SELECT coalesce(
        jsonb_agg(jsonb_build_array(s.code, r.provider_id, r.stage, r.detail->'deliveries'->-1->>'on')), '[]')
     FROM referral r JOIN service s ON s.id = r.service_id
     WHERE r.person_id = of_person AND r.stage IN ('accepted', 'delivered', 'confirmed')),
    (SELECT count(DISTINCT other.person_id)
     FROM household_member own
     JOIN household_member other ON other.household_id = own.household_id
     JOIN certificate theirs ON theirs.person_id = other.person_id
     JOIN certificate_version v ON v.certificate_id = theirs.id AND v.is_current
     WHERE own.person_id = of_person AND today BETWEEN own.valid_from AND coalesce(own.valid_to, 'infinity')
       AND today BETWEEN other.valid_from AND coalesce(other.valid_to, 'infinity')
       AND v.status = 'in_force' AND v.issued_on <= today AND v.valid_until >= today
     HAVING EXISTS (SELECT FROM household_member m WHERE m.person_id = of_person))
FROM (SELECT) AS nothing LEFT JOIN LATERAL (
    SELECT v.certificate_id, v.category, v.grade, v.components
    FROM certificate c JOIN certificate_version v ON v.certificate_id = c.id AND v.is_current
    WHERE c.person_id = of_person AND v.status = 'in_force' AND v.issued_on <= today AND v.valid_until >= today
    ORDER BY c.id DESC LIMIT 1
) held ON true
$$
"""
GATED = ("benefit_case", "certificate", "certificate_version", "household_member", "need")


def upgrade() -> None:
    op.execute(HELD_FACTS)
    op.execute("ALTER FUNCTION held_facts OWNER TO yian_gate")
    op.execute("REVOKE ALL ON FUNCTION held_facts FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION held_facts TO yian_app, yian_worker")
    op.execute("GRANT SELECT ON service TO yian_gate")
    for table in GATED:
        op.execute(f"GRANT SELECT ON {table} TO yian_gate")
        op.execute(f"CREATE POLICY {table}_gated ON {table} FOR SELECT TO yian_gate USING (true)")


def downgrade() -> None:
    op.execute("DROP FUNCTION held_facts")
    op.execute("REVOKE SELECT ON service FROM yian_gate")
    for table in GATED:
        op.execute(f"DROP POLICY {table}_gated ON {table}")
        op.execute(f"REVOKE SELECT ON {table} FROM yian_gate")
