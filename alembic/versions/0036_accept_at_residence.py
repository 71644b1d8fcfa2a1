"""Accept certificate business where a person lives: a case may be accepted in one place and approved in another."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AREAS = "(SELECT current_setting('yian.areas')::text[])::text[]"
IN_OFFICE = f"{CASES} AND {AREAS} <> '{{}}'"
ACCEPTED_HERE = f"accepting_path IS NOT NULL AND (accepting_path || '/') ^@ ANY ({AREAS})"
"""The case is accepted in an area that the caller holds."""


HAS_CASE_IN = """
CREATE FUNCTION has_case_in(of_application uuid, areas text[]) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM certificate_case c WHERE c.application_id = of_application
        AND c.accepting_path IS NOT NULL AND (c.accepting_path || '/') ^@ ANY (areas));
END $$
"""
"""Whether a certificate case of the application is accepted in one of the areas. The wall of `application` cannot ask
that table itself: its walls ask for the application."""
JOIN_CASE = """
CREATE FUNCTION join_case(key uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place text;
BEGIN
    SELECT c.region_path INTO place FROM certificate_case c
    WHERE c.id = key AND (c.accepting_path || '/') ^@ ANY (current_setting('yian.areas')::text[])
      AND current_setting('yian.reach') = 'cases';
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM set_config('yian.areas', (current_setting('yian.areas')::text[] || (place || '/'))::text, true);
    RETURN true;
END $$
"""
"""From here to the end of the transaction the accepting office also acts in the place of the case, and nowhere else."""
SEEN = {
    "certificate_case": f"{CASES} AND {ACCEPTED_HERE}",
    "application": f"{IN_OFFICE} AND has_case_in(application.id, {AREAS})",
    "application_item": f"{IN_OFFICE} AND has_case_in(application_item.application_id, {AREAS})",
}
"""PostgreSQL asks policies from the last name to the first: these after `_seen`, which costs less."""
FUNCTIONS = {"join_case(uuid)": JOIN_CASE, "has_case_in(uuid, text[])": HAS_CASE_IN}


def upgrade() -> None:
    op.add_column("certificate_case", sa.Column("accepting_path", sa.Text(), nullable=True))
    op.create_index(
        "ix_certificate_case_accepting",
        "certificate_case",
        ["accepting_path", "id"],
        unique=False,
        postgresql_ops={"accepting_path": "text_pattern_ops"},
        postgresql_where="accepting_path IS NOT NULL",
    )
    for function, made in FUNCTIONS.items():
        op.execute(made)
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {SERVICE}")
    for table, visible in SEEN.items():
        op.execute(f"CREATE POLICY {table}_at_residence ON {table} FOR SELECT TO {SERVICE} USING ({visible})")


def downgrade() -> None:
    for table in SEEN:
        op.execute(f"DROP POLICY {table}_at_residence ON {table}")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_index("ix_certificate_case_accepting", table_name="certificate_case")
    op.drop_column("certificate_case", "accepting_path")
