"""Let certificates follow the household registration: since when a person is registered, and who may move what."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
AREAS = "(SELECT current_setting('yian.areas')::text[])"

MOVE_REGISTRATION = """
CREATE FUNCTION move_registration(key uuid, read_version integer, place text, since date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moved integer;
BEGIN
    UPDATE person SET registration_path = place, registration_since = since, version = version + 1
    WHERE id = key AND version = read_version AND current_setting('yian.reach') = 'cases'
      AND (registration_path || '/') ^@ ANY (current_setting('yian.areas')::text[])
    RETURNING version INTO moved;
    RETURN moved;
END $$
"""
"""The one way to move a registration: by an office of the place that it leaves. The row then lies where it went."""

MIGRATE_CERTIFICATE = """
CREATE FUNCTION migrate_certificate(key uuid, of_case uuid, accepting uuid, approving uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE certificate c
    SET region_path = m.region_path, accepting_organisation_id = accepting, approving_organisation_id = approving
    FROM certificate_case m
    WHERE c.id = key AND m.id = of_case AND m.person_id = c.person_id
      AND m.business = 'migration' AND m.stage = 'approved' AND current_setting('yian.reach') = 'cases'
      AND (m.region_path || '/') ^@ ANY (current_setting('yian.areas')::text[]);
    RETURN FOUND;
END $$
"""
"""The one way to move a certificate: with a migration that the receiving place has approved, by that place."""

FUNCTIONS = ("move_registration(uuid, integer, text, date)", "migrate_certificate(uuid, uuid, uuid, uuid)")
REGISTERED_HERE = (
    "(SELECT current_setting('yian.reach')) = 'cases' AND (SELECT true AS found FROM person p "
    f"WHERE p.id = person_id AND (p.registration_path || '/') ^@ ANY ({AREAS}::text[]) LIMIT 1)"
)
"""The place of registration manages the certificate (残疾人证管理办法 art. 3), though it was not migrated yet."""
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
"""The owner of the tables is in `yian_gate` too: a back-fill that forgets to say so must still change nothing."""
MANAGED_BY = "region_path, accepting_organisation_id, approving_organisation_id"
GATED = (
    "GRANT UPDATE (registration_path, registration_since, version) ON person TO yian_gate",
    f"GRANT UPDATE ({MANAGED_BY}) ON certificate TO yian_gate",
    f"CREATE POLICY person_moved ON person FOR UPDATE TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
    f"CREATE POLICY certificate_moved ON certificate FOR UPDATE TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
    f"CREATE POLICY certificate_of_registered ON certificate FOR SELECT TO {SERVICE} USING ({REGISTERED_HERE})",
)


def upgrade() -> None:
    op.add_column("person", sa.Column("registration_since", sa.Date(), nullable=True))
    op.execute(MOVE_REGISTRATION)
    op.execute(MIGRATE_CERTIFICATE)
    for function in FUNCTIONS:
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {SERVICE}")
    for statement in GATED:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP POLICY certificate_of_registered ON certificate")
    op.execute("DROP POLICY certificate_moved ON certificate")
    op.execute("DROP POLICY person_moved ON person")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.execute(f"REVOKE UPDATE ({MANAGED_BY}) ON certificate FROM yian_gate")
    op.execute("REVOKE UPDATE (registration_path, registration_since, version) ON person FROM yian_gate")
    op.drop_column("person", "registration_since")
