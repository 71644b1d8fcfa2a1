"""Let referrals rest, end early and move: what rests is under way, and what was begun and ended counts as received."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

KNOWN_FACTS = """
CREATE OR REPLACE FUNCTION known_facts(of_person uuid, today date) RETURNS TABLE (
    certificate_id uuid, category smallint, grade smallint, components jsonb, needs jsonb, granted text[], served jsonb,
    household jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT held.certificate_id, held.category, held.grade, held.components,
    (SELECT coalesce(jsonb_object_agg(n.code, n.stage ORDER BY n.id), '{{}}')
     FROM need n WHERE n.person_id = of_person),
    (SELECT coalesce(array_agg(b.code), '{{}}')
     FROM benefit_case b WHERE b.person_id = of_person AND b.stage = 'granted'),
    (SELECT coalesce(
        jsonb_agg(jsonb_build_array(s.code, r.provider_id, r.stage, r.detail->'deliveries'->-1->>'on')), '[]')
     FROM referral r JOIN service s ON s.id = r.service_id
     WHERE r.person_id = of_person AND ({begun})),
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
COUNT_PLACES = """
CREATE OR REPLACE FUNCTION count_places() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone integer := 0;
    come integer := 0;
    own referral := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    by_clock uuid;
    place service_place;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.{held} THEN gone := 1; END IF;
    IF TG_OP <> 'DELETE' AND NEW.{held} THEN come := 1; END IF;
    IF gone = come THEN RETURN NULL; END IF;
    SELECT coalesce(p.clock_id, {no_clock}) INTO by_clock FROM person p WHERE p.id = own.person_id;
    INSERT INTO service_place AS there (service_id, clock_id, held)
    VALUES (own.service_id, coalesce(by_clock, {no_clock}), come)
    ON CONFLICT (service_id, clock_id) DO UPDATE SET held = greatest(0, there.held + come - gone)
    RETURNING there.* INTO place;
    IF come > gone AND place.maximum IS NOT NULL AND place.held + place.elsewhere > place.maximum THEN
        RAISE EXCEPTION 'no place is free' USING ERRCODE = '23514', CONSTRAINT = 'service_place_free';
    END IF;
    RETURN NULL;
END $$
"""
"""A service that rests keeps its place: it would else not go on."""
NO_CLOCK = "'00000000-0000-0000-0000-000000000000'"
BEFORE = "r.stage IN ('accepted', 'delivered', 'confirmed')"
NOW = """r.stage IN ('accepted', 'delivered', 'paused', 'confirmed')
      OR r.stage IN ('overridden', 'revoked', 'transferred') AND r.detail->'deliveries'->0 IS NOT NULL"""


def upgrade() -> None:
    _hold("stage IN ('offered', 'accepted', 'delivered', 'paused')", received=NOW)


def downgrade() -> None:
    _hold("stage IN ('offered', 'accepted', 'delivered')", received=BEFORE)


def _hold(under_way: str, *, received: str) -> None:
    op.execute(KNOWN_FACTS.format(begun=received))
    op.execute(COUNT_PLACES.format(held=under_way, no_clock=NO_CLOCK))
    with op.get_context().autocommit_block():
        op.execute("ALTER INDEX uq_referral_open RENAME TO uq_referral_open_before")
        op.create_index(
            "uq_referral_open",
            "referral",
            ["need_id", "service_id"],
            unique=True,
            postgresql_where=sa.text(under_way),
            postgresql_concurrently=True,
        )
        op.execute("DROP INDEX CONCURRENTLY uq_referral_open_before")
