"""Carry out what a review has decided where the case is, by one function instead of a policy for each table."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])::uuid[]"
CARRY_OUT = """
CREATE FUNCTION carry_out_review(key uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place text;
BEGIN
    SELECT r.region_path INTO place FROM review r
    WHERE r.id = key AND r.stage IN ('changed', 'sent_back') AND r.xmin = pg_current_xact_id()::xid
      AND r.body_id = ANY (current_setting('yian.parties')::uuid[]);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM set_config('yian.areas', ARRAY[place || '/']::text, true), set_config('yian.reach', 'cases', true);
    RETURN true;
END $$
"""
"""From here to the end of the transaction the body acts in the place of the case: what it has decided is carried out
there, and only together with that decision, in one transaction."""


def reviewed(condition: str) -> str:
    """The caller's body reviews what the condition says."""
    return f"EXISTS (SELECT FROM review r WHERE r.body_id = ANY ({PARTIES}) AND {condition})"


DECIDING = "(SELECT current_setting('yian.reach')) = 'review'"
MOVED = {
    "application": reviewed("r.application_id = application.id"),
    "application_item": reviewed("r.application_id = application_item.application_id"),
    "certificate_case": reviewed("r.case_id = certificate_case.id"),
    "benefit_case": reviewed("r.case_id = benefit_case.id"),
}
"""What had policies of its own, and would have needed another with every new table that follows a case."""


def upgrade() -> None:
    for table in MOVED:
        op.execute(f"DROP POLICY {table}_reviewed_changed ON {table}")
        op.execute(f"DROP POLICY {table}_reviewed ON {table}")
    op.execute(CARRY_OUT)
    op.execute("ALTER FUNCTION carry_out_review(uuid) OWNER TO yian_gate")
    op.execute("REVOKE ALL ON FUNCTION carry_out_review(uuid) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION carry_out_review(uuid) TO {SERVICE}")
    op.execute("GRANT SELECT ON review TO yian_gate")
    op.execute("CREATE POLICY review_gated ON review FOR SELECT TO yian_gate USING (true)")


def downgrade() -> None:
    op.execute("DROP POLICY review_gated ON review")
    op.execute("REVOKE SELECT ON review FROM yian_gate")
    op.execute("DROP FUNCTION carry_out_review(uuid)")
    for table, reviewed_here in MOVED.items():
        own = f"{DECIDING} AND {reviewed_here}"
        op.execute(f"CREATE POLICY {table}_reviewed ON {table} FOR SELECT TO {SERVICE} USING ({own})")
        op.execute(
            f"CREATE POLICY {table}_reviewed_changed ON {table} FOR UPDATE TO {SERVICE} "
            f"USING ({own}) WITH CHECK ({own})"
        )
