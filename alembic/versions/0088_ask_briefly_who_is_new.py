"""Ask by one look whether somebody is new: the wall asked a table that has a wall of its own, with all that is in it.

A submission writes sixteen tables in one statement, and the plans of their walls were most of what it cost.
"""

from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
TODAY = "(SELECT current_setting('yian.today')::date)"
IS_UNKNOWN = """
CREATE FUNCTION is_unknown(person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN NOT EXISTS (SELECT FROM person p WHERE p.id = person);
END $$
"""
"""Whether there was nobody with this id before this statement: then this statement brings whom it is about."""
OF_PERSONS = ("person_name", "person_identifier", "person_contact")
TAKES_IN = f"{REACH} = 'intake' AND {AREAS} = '{{}}'"


def in_area(column: str) -> str:
    """The row lies in an area that the caller holds."""
    return f"({column} || '/') ^@ ANY ({AREAS}::text[])"


def party(condition: str) -> str:
    """The caller is a party by this condition."""
    return f"(SELECT true AS found FROM party p WHERE {condition} AND p.party_id = ANY ({PARTIES}::uuid[]) LIMIT 1)"


def before(table: str) -> str:
    """What was asked of a row about a person."""
    lives_here = f"{in_area('whole.region_path')} OR {in_area('whole.registration_path')}"
    return f"""
    ({REACH} = 'intake' AND NOT EXISTS (SELECT FROM person whole WHERE whole.id = {table}.person_id))
    OR ({REACH} = 'cases' AND (SELECT true AS found FROM person whole WHERE whole.id = {table}.person_id
        AND ({lives_here} OR whole.id = ANY ({PARTIES}::uuid[])) LIMIT 1))
    """


NOW = f"""
({REACH} = 'intake' AND is_unknown(person_id))
OR ({REACH} = 'cases' AND (lies_in(person_id, {AREAS}::text[]) OR person_id = ANY ({PARTIES}::uuid[])))
"""
EVALUATES = (
    f"p.person_id = event.person_id AND p.role = 'evaluator' AND (p.person_to IS NULL OR {TODAY} <= p.person_to)"
)


def of_event(is_new: str) -> str:
    """What is asked of an event, whoever is to be new in it."""
    return f"""
    actor_id = {ACTOR} AND (
        ({REACH} IN ('cases', 'intake') AND (
            {in_area("region_path")} OR person_id = ANY ({PARTIES}::uuid[])
            OR {party("p.case_id = event.application_id")} OR {party("p.case_id = event.subject_id")}
            OR {party(EVALUATES)}))
        OR ({TAKES_IN} AND is_new(application_id))
        OR ({TAKES_IN} AND application_id IS NULL AND {is_new}))
    """


def upgrade() -> None:
    op.execute(IS_UNKNOWN)
    op.execute("ALTER FUNCTION is_unknown(uuid) OWNER TO yian_gate")
    op.execute("REVOKE ALL ON FUNCTION is_unknown(uuid) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION is_unknown(uuid) TO {SERVICE}")
    for table in OF_PERSONS:
        op.execute(f"ALTER POLICY {table}_added ON {table} WITH CHECK ({NOW})")
    op.execute(f"ALTER POLICY event_added ON event WITH CHECK ({of_event('is_unknown(person_id)')})")


def downgrade() -> None:
    for table in OF_PERSONS:
        op.execute(f"ALTER POLICY {table}_added ON {table} WITH CHECK ({before(table)})")
    nobody = "NOT EXISTS (SELECT FROM person whole WHERE whole.id = event.person_id)"
    op.execute(f"ALTER POLICY event_added ON event WITH CHECK ({of_event(nobody)})")
    op.execute("DROP FUNCTION is_unknown(uuid)")
