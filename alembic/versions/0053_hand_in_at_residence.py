"""Hand in where a person lives: the office there takes an application in that lies where the person is registered."""

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
JOIN_REGISTRATION = """
CREATE FUNCTION join_registration(of_person uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place text;
BEGIN
    SELECT p.registration_path INTO place FROM person p
    WHERE p.id = of_person AND (p.region_path || '/') ^@ ANY (current_setting('yian.areas')::text[])
      AND current_setting('yian.reach') = 'intake';
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM set_config('yian.areas', (current_setting('yian.areas')::text[] || (place || '/'))::text, true);
    RETURN true;
END $$
"""
"""From here to the end of the transaction the office where the person lives also takes in where the person is
registered, and nowhere else."""
SIGNATURE = "join_registration(uuid)"


def upgrade() -> None:
    op.execute(JOIN_REGISTRATION)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO yian_gate")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {SERVICE}")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SIGNATURE}")
