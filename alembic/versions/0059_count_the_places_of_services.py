"""Count the places of services: what providers say of them, and what referrals hold, counted as they come and end.

A counter, and not a look at all referrals: whoever asks whether a place is free sees only some of them. The database
counts, so that no step of a referral can forget to; and it refuses the offer that would take a place that is not there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AT_WORK = "coalesce(current_setting('yian.reach', true), '') <> ''"
"""The owner of the tables is in `yian_gate` too: a back-fill that forgets to say so must still change nothing."""
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
NO_CLOCK = "'00000000-0000-0000-0000-000000000000'"
UNDER_WAY = "('offered', 'accepted', 'delivered')"
OWN = f"(SELECT true FROM service s WHERE s.id = service_id AND s.organisation_id = ANY ({PARTIES}::uuid[]) LIMIT 1)"
"""The organisation for which the caller acts offers the service."""
COUNT = f"""
CREATE FUNCTION count_places() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone integer := 0;
    come integer := 0;
    own referral := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    by_clock uuid;
    place service_place;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.stage IN {UNDER_WAY} THEN gone := 1; END IF;
    IF TG_OP <> 'DELETE' AND NEW.stage IN {UNDER_WAY} THEN come := 1; END IF;
    IF gone = come THEN RETURN NULL; END IF;
    SELECT coalesce(p.clock_id, {NO_CLOCK}) INTO by_clock FROM person p WHERE p.id = own.person_id;
    INSERT INTO service_place AS there (service_id, clock_id, held)
    VALUES (own.service_id, coalesce(by_clock, {NO_CLOCK}), come)
    ON CONFLICT (service_id, clock_id) DO UPDATE SET held = greatest(0, there.held + come - gone)
    RETURNING there.* INTO place;
    IF come > gone AND place.maximum IS NOT NULL AND place.held + place.elsewhere > place.maximum THEN
        RAISE EXCEPTION 'no place is free' USING ERRCODE = '23514', CONSTRAINT = 'service_place_free';
    END IF;
    RETURN NULL;
END $$
"""
HELD = f"""
INSERT INTO service_place (service_id, clock_id, held)
SELECT r.service_id, coalesce(p.clock_id, {NO_CLOCK}), count(*)
FROM referral r JOIN person p ON p.id = r.person_id WHERE r.stage IN {UNDER_WAY} GROUP BY 1, 2
"""
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING (true)",
    "stated": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND {OWN})",
    "stated_anew": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND {OWN}) WITH CHECK ({CASES} AND {OWN})",
    "counted": f"TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
SAID = "unit, maximum, elsewhere, stated_on, stated_at"
STATED = (
    f"{CASES} AND name = 'capacity.stated' AND actor_id = {ACTOR} AND person_id IS NULL AND application_id IS NULL "
    f"AND (SELECT true FROM service s WHERE s.id = subject_id AND s.organisation_id = ANY ({PARTIES}::uuid[]) LIMIT 1)"
)


def upgrade() -> None:
    op.create_table(
        "service_place",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("held", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.Column("elsewhere", sa.Integer(), nullable=True),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("unit IN ('place', 'bed', 'household', 'device')", name=op.f("ck_service_place_unit")),
        sa.CheckConstraint("held >= 0", name=op.f("ck_service_place_held")),
        sa.CheckConstraint("elsewhere BETWEEN 0 AND maximum", name=op.f("ck_service_place_elsewhere")),
        sa.CheckConstraint(
            "num_nulls(unit, maximum, elsewhere, stated_on, stated_at) IN (0, 5)", name=op.f("ck_service_place_stated")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_place_service_id")),
        sa.PrimaryKeyConstraint("service_id", "clock_id", name=op.f("pk_service_place")),
    )
    op.execute("ALTER TABLE service_place ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE service_place FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY service_place_{name} ON service_place {rule}")
    op.execute(f"GRANT SELECT, INSERT (service_id, clock_id, {SAID}), UPDATE ({SAID}) ON service_place TO {SERVICE}")
    op.execute("GRANT SELECT, INSERT, UPDATE (held) ON service_place TO yian_gate")
    op.execute(COUNT)
    op.execute("ALTER FUNCTION count_places() OWNER TO yian_gate")
    op.execute("REVOKE ALL ON FUNCTION count_places() FROM PUBLIC")
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute(HELD)
    op.execute(
        "CREATE TRIGGER referral_holds_place AFTER INSERT OR UPDATE OF stage OR DELETE ON referral "
        "FOR EACH ROW EXECUTE FUNCTION count_places()"
    )
    op.execute(f"CREATE POLICY event_of_capacity_added ON event FOR INSERT TO {SERVICE} WITH CHECK ({STATED})")


def downgrade() -> None:
    op.execute("DROP POLICY event_of_capacity_added ON event")
    op.execute("DROP TRIGGER referral_holds_place ON referral")
    op.execute("DROP FUNCTION count_places()")
    op.drop_table("service_place")
