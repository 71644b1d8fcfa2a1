"""Keep accounts of visits at home from whoever is close to the person: staff of a village are neighbours and kin.

Who that is is asked once for a statement, and not for each row: archives and reports look at the visits of a county.
"""

from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
APART = f"{IN_AREA} AND person_id <> ALL ((SELECT close_persons())::uuid[])"
ADDED = f"{CASES} AND {{seen}} AND lies_in(person_id, {AREAS}::text[])"
VALID = "BETWEEN {0}.valid_from AND coalesce({0}.valid_to, 'infinity')"
CLOSE_PERSONS = f"""
CREATE FUNCTION close_persons() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH me AS (
    SELECT a.id, a.person_id, current_setting('yian.today')::date AS today FROM account a
    WHERE a.id = nullif(current_setting('yian.actor'), '')::uuid),
mine AS (
    SELECT s.kind, s.value_index, me.today FROM staff_contact s JOIN me ON s.account_id = me.id
    UNION SELECT c.kind, c.value_index, me.today FROM person_contact c JOIN me ON c.person_id = me.person_id
    WHERE me.today {VALID.format("c")})
SELECT coalesce(array_agg(DISTINCT close.who), '{{}}') FROM (
    SELECT person_id AS who FROM me WHERE person_id IS NOT NULL
    UNION ALL SELECT g.person_id FROM guardianship g JOIN me ON g.guardian_id = me.person_id
    WHERE me.today {VALID.format("g")}
    UNION ALL SELECT g.guardian_id FROM guardianship g JOIN me ON g.person_id = me.person_id
    WHERE me.today {VALID.format("g")}
    UNION ALL SELECT c.person_id FROM person_contact c JOIN mine ON c.value_index = mine.value_index
        AND c.kind = mine.kind WHERE mine.today {VALID.format("c")}
    UNION ALL SELECT home.person_id FROM me JOIN household_member own ON own.person_id = me.person_id
        AND me.today {VALID.format("own")}
        JOIN household_member home ON home.household_id = own.household_id AND me.today {VALID.format("home")}
) close
$$
"""
"""Whom the caller, and nobody else, is close to: as `is_close_to` says it of one person; neither how nor by what."""
SIGNATURE = "close_persons()"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_person_contact_value_index",
            "person_contact",
            ["value_index"],
            postgresql_concurrently=True,
            if_not_exists=True,
        )
    op.execute(CLOSE_PERSONS)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO yian_gate")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {SERVICE}")
    _hold(APART)


def downgrade() -> None:
    _hold(IN_AREA)
    op.execute(f"DROP FUNCTION {SIGNATURE}")
    op.drop_index("ix_person_contact_value_index", table_name="person_contact")


def _hold(seen: str) -> None:
    op.execute(f"ALTER POLICY home_visit_seen ON home_visit USING ({seen})")
    op.execute(f"ALTER POLICY home_visit_added ON home_visit WITH CHECK ({ADDED.format(seen=seen)})")
    op.execute(
        f"ALTER POLICY home_visit_changed ON home_visit USING ({CASES} AND {seen}) WITH CHECK ({CASES} AND {seen})"
    )
