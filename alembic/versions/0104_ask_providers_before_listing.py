"""Ask providers before a service is offered in their name: it waits for their word, and no office says it for them.

What is there already counts as confirmed. The database holds it too: where a provider has accounts of its own, an
office adds services that wait, and the stage that follows is the provider's to say.
"""

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
IN_AREA = "(region_path || '/') ^@ ANY ((SELECT current_setting('yian.areas')::text[])::text[])"
OWN = f"{CASES} AND organisation_id = ANY ({PARTIES}::uuid[])"
SPEAKS = """
CREATE FUNCTION speaks_for_itself(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM organisation o
        JOIN membership m ON m.organisation_id = o.id AND m.role = 'provider'
        JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL
        WHERE o.id = asked AND o.kind = 'provider'
          AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity'))
$$
"""
KEEP = """
CREATE FUNCTION keep_word_of_provider() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('yian.reach', true), '') = 'cases'
        AND NOT OLD.organisation_id = ANY (current_setting('yian.parties')::uuid[])
        AND speaks_for_itself(OLD.organisation_id)
    THEN
        RAISE EXCEPTION 'only its provider says this of a service' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$
"""
ADDED = f"{CASES} AND {IN_AREA}"
ANSWERED = (
    f"{CASES} AND name IN ('catalogue.service_confirmed', 'catalogue.service_declined') AND actor_id = {ACTOR} "
    f"AND person_id IS NULL AND application_id IS NULL "
    f"AND (SELECT true FROM service s WHERE s.id = subject_id AND s.organisation_id = ANY ({PARTIES}::uuid[]) LIMIT 1)"
)


def upgrade() -> None:
    op.add_column("service", sa.Column("stage", sa.Text(), server_default="confirmed", nullable=False))
    op.execute(
        "ALTER TABLE service ADD CONSTRAINT ck_service_stage "
        "CHECK (stage IN ('proposed', 'confirmed', 'declined')) NOT VALID"
    )
    op.execute("ALTER TABLE service VALIDATE CONSTRAINT ck_service_stage")
    op.create_index(
        "ix_service_worklist",
        "service",
        ["stage", "region_path", "id"],
        postgresql_ops={"region_path": "text_pattern_ops"},
        postgresql_where=sa.text("stage <> 'confirmed'"),
    )
    op.execute("CREATE INDEX ix_membership_organisation_id ON membership (organisation_id)")
    op.execute(SPEAKS)
    op.execute("GRANT SELECT ON organisation TO yian_gate")
    op.execute("ALTER FUNCTION speaks_for_itself(uuid) OWNER TO yian_gate")
    op.execute("REVOKE ALL ON FUNCTION speaks_for_itself(uuid) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION speaks_for_itself(uuid) TO {SERVICE}")
    op.execute(KEEP)
    op.execute(
        "CREATE TRIGGER service_keeps_word BEFORE UPDATE OF stage ON service FOR EACH ROW "
        "WHEN (NEW.stage <> OLD.stage AND NEW.stage <> 'proposed') EXECUTE FUNCTION keep_word_of_provider()"
    )
    op.execute(f"GRANT UPDATE (stage) ON service TO {SERVICE}")
    waits = "stage = 'proposed' OR NOT speaks_for_itself(organisation_id)"
    op.execute(f"ALTER POLICY service_added ON service WITH CHECK ({ADDED} AND ({waits}))")
    op.execute(f"CREATE POLICY service_answered ON service FOR UPDATE TO {SERVICE} USING ({OWN}) WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY event_of_listing_added ON event FOR INSERT TO {SERVICE} WITH CHECK ({ANSWERED})")


def downgrade() -> None:
    op.execute("DROP POLICY event_of_listing_added ON event")
    op.execute("DROP POLICY service_answered ON service")
    op.execute(f"ALTER POLICY service_added ON service WITH CHECK ({ADDED})")
    op.execute("DROP TRIGGER service_keeps_word ON service")
    op.execute("DROP FUNCTION keep_word_of_provider()")
    op.execute("DROP FUNCTION speaks_for_itself(uuid)")
    op.execute("DROP INDEX ix_membership_organisation_id")
    op.execute("UPDATE service SET status = 'inactive' WHERE stage <> 'confirmed'")
    op.drop_index("ix_service_worklist", "service")
    op.drop_column("service", "stage")
