"""Bound one party's days, and not those of all who were parties to the case in the same role."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BOUND_PARTY = """
CREATE FUNCTION bound_party({parameters}, last_day date, last_day_of_person date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    this constant xid := pg_current_xact_id()::xid;
BEGIN
    UPDATE party SET valid_to = last_day, person_to = last_day_of_person
    WHERE role = of_role AND case_id = of_case{party} AND (
        EXISTS (SELECT FROM certificate_case c WHERE of_case IN (c.id, c.application_id) AND c.xmin = this)
        OR EXISTS (SELECT FROM referral r WHERE r.id = of_case AND r.xmin = this));
END $$
"""


def write(function: str) -> None:
    """Put one form of the function in the place of the other."""
    op.execute("DROP FUNCTION bound_party")
    op.execute(function)
    op.execute("ALTER FUNCTION bound_party OWNER TO yian_gate")
    op.execute("REVOKE ALL ON FUNCTION bound_party FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION bound_party TO yian_app, yian_worker")


def upgrade() -> None:
    write(BOUND_PARTY.format(parameters="of_party uuid, of_case uuid, of_role text", party=" AND party_id = of_party"))


def downgrade() -> None:
    write(BOUND_PARTY.format(parameters="of_role text, of_case uuid", party=""))
