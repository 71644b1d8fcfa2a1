"""Say who is to be surveyed: the people of a population in the caller's areas, by one narrow function.

The walls of certificates ask the walls of persons, which ask those of parties, consents and reviews: over a county
a planner without good statistics asks all of that of each pair of a certificate and a person. Who belongs to a
population is a list of ids in the caller's own areas, and nothing else of anybody comes out of it.
"""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
POPULATION_OF = """
CREATE FUNCTION population_of(places text[], which text, on_day date) RETURNS TABLE (person_id uuid, region_path text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
    mine constant text[] := current_setting('yian.areas')::text[];
    place text;
BEGIN
    IF current_setting('yian.reach') <> 'cases' THEN
        RETURN;
    END IF;
    FOREACH place IN ARRAY places LOOP
        RETURN QUERY SELECT p.id, p.region_path FROM person p
        WHERE (p.region_path = place OR (p.region_path ~>=~ (place || '/') AND p.region_path ~<~ (place || '0')))
          AND (p.region_path || '/') ^@ ANY (mine) AND p.merged_into IS NULL
          AND CASE which
              WHEN 'holders' THEN EXISTS (
                  SELECT FROM certificate_version v WHERE v.person_id = p.id AND v.is_current
                  AND v.status = 'in_force' AND v.issued_on <= on_day AND v.valid_until >= on_day)
              ELSE EXISTS (SELECT FROM uncertified_entry u WHERE u.person_id = p.id AND u.stage = 'open') END;
    END LOOP;
END $$
"""


def upgrade() -> None:
    op.execute(POPULATION_OF)
    op.execute("ALTER FUNCTION population_of(text[], text, date) OWNER TO yian_gate")
    op.execute("REVOKE ALL ON FUNCTION population_of(text[], text, date) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION population_of(text[], text, date) TO {SERVICE}")


def downgrade() -> None:
    op.execute("DROP FUNCTION population_of(text[], text, date)")
