"""Say who lives together: the facts that rules ask for name the household, and nobody lives in two at once.

The function without the household stays for programs of the version before.
"""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

KNOWN_FACTS = """
CREATE FUNCTION known_facts(of_person uuid, today date) RETURNS TABLE (
    certificate_id uuid, category smallint, grade smallint, components jsonb, needs jsonb, granted text[], served jsonb,
    household jsonb)
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
    (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_array(other.person_id, other.relation, p.birth_date,
            (SELECT true FROM certificate theirs
             JOIN certificate_version v ON v.certificate_id = theirs.id AND v.is_current
             WHERE theirs.person_id = other.person_id AND v.status = 'in_force' AND v.issued_on <= today
               AND v.valid_until >= today LIMIT 1) IS NOT NULL)), '[]')
     FROM household_member own
     JOIN household_member other ON other.household_id = own.household_id
     JOIN person p ON p.id = other.person_id AND p.merged_into IS NULL
     WHERE own.person_id = of_person AND today BETWEEN own.valid_from AND coalesce(own.valid_to, 'infinity')
       AND today BETWEEN other.valid_from AND coalesce(other.valid_to, 'infinity'))
FROM (SELECT) AS nothing LEFT JOIN LATERAL (
    SELECT v.certificate_id, v.category, v.grade, v.components
    FROM certificate c JOIN certificate_version v ON v.certificate_id = c.id AND v.is_current
    WHERE c.person_id = of_person AND v.status = 'in_force' AND v.issued_on <= today AND v.valid_until >= today
    ORDER BY c.id DESC LIMIT 1
) held ON true
$$
"""
"""Whoever may ask is told the same; of those at home their relation, day of birth and whether they hold a certificate
go into rules, and out to nobody."""
SIGNATURE = "known_facts(uuid, date)"


def upgrade() -> None:
    op.execute(KNOWN_FACTS)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO yian_gate")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO yian_app, yian_worker")
    with op.get_context().autocommit_block():
        op.execute(
            "CREATE UNIQUE INDEX CONCURRENTLY uq_household_member_current ON household_member (person_id) "
            "WHERE valid_to IS NULL"
        )


def downgrade() -> None:
    op.drop_index("uq_household_member_current", "household_member")
    op.execute(f"DROP FUNCTION {SIGNATURE}")
