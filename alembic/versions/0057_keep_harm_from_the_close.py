"""Keep reports of harm from whoever is close to the person: an officer of the county may be family of the victim.

Close is the person's own account, a guardian or ward of today, and who shares a home, a telephone or an address with
the person. Whoever has reported reads the own report, close or not.
"""

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
FOR_THE_BODY = f"{IN_AREA} AND NOT is_close_to(person_id)"
IS_CLOSE_TO = """
CREATE FUNCTION is_close_to(of_person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT coalesce((
    SELECT true FROM account a CROSS JOIN (SELECT current_setting('yian.today')::date AS day) today
    WHERE a.id = current_setting('yian.actor')::uuid AND (
        a.person_id = of_person
        OR EXISTS (
            SELECT FROM guardianship g
            WHERE (g.person_id, g.guardian_id) IN ((of_person, a.person_id), (a.person_id, of_person))
              AND today.day BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity'))
        OR a.id = ANY (related_accounts(of_person, ARRAY[a.id], today.day)))
    LIMIT 1), false)
$$
"""
"""Whether the caller, and nobody else, is close to a person; neither how nor by what."""
SIGNATURE = "is_close_to(uuid)"


def upgrade() -> None:
    op.execute(IS_CLOSE_TO)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO yian_gate")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {SERVICE}")
    op.execute(f"ALTER POLICY harm_report_seen ON harm_report USING (({FOR_THE_BODY}) OR reported_by = {ACTOR})")
    op.execute(
        f"ALTER POLICY harm_report_changed ON harm_report USING ({CASES} AND {FOR_THE_BODY}) "
        f"WITH CHECK ({CASES} AND {FOR_THE_BODY})"
    )


def downgrade() -> None:
    op.execute(f"ALTER POLICY harm_report_seen ON harm_report USING ({IN_AREA} OR reported_by = {ACTOR})")
    op.execute(
        f"ALTER POLICY harm_report_changed ON harm_report USING ({CASES} AND ({IN_AREA})) "
        f"WITH CHECK ({CASES} AND ({IN_AREA}))"
    )
    op.execute(f"DROP FUNCTION {SIGNATURE}")
