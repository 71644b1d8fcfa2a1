"""Merge two records by two persons' words: one officer proposes it, and the gate moves nothing but for another.

Whoever proposes writes it in the own name alone. The function that merges asks for a proposal of somebody else, so that
no statement of the service makes one word of two.
"""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
BOTH_OF_HERE = f"{CASES} AND lies_in(person_id, {AREAS}::text[]) AND lies_in(other_id, {AREAS}::text[])"
OWN_WORD = (
    f"CASE stage WHEN 'merge_proposed' THEN proposed_by = {ACTOR} "
    f"WHEN 'merged' THEN proposed_by <> {ACTOR} ELSE proposed_by IS NULL END"
)
LIKENESS_OF = """
CREATE OR REPLACE FUNCTION likeness_of(key uuid) RETURNS TABLE (duplicate_id uuid, region text, is_blocking boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT d.id, d.region_path, d.is_blocking FROM person_duplicate d
WHERE key IN (d.person_id, d.other_id) AND d.stage IN ({stages})
  AND current_setting('yian.reach') = 'cases' AND lies_in(key, current_setting('yian.areas')::text[])
ORDER BY d.is_blocking DESC, d.id LIMIT 1
$$
"""
MERGE = """
CREATE OR REPLACE FUNCTION merge_persons(pair uuid, kept uuid, gone uuid) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place record;
    rows_of_one text[];
    moved text[];
    taken text;
BEGIN
    IF current_setting('yian.reach') <> 'cases'
       OR NOT lies_in(kept, current_setting('yian.areas')::text[])
       OR NOT lies_in(gone, current_setting('yian.areas')::text[])
       OR NOT EXISTS (SELECT FROM person_duplicate d WHERE d.id = pair AND {is_to_be_merged}
                      AND (d.person_id, d.other_id) IN ((kept, gone), (gone, kept))) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM guardianship g WHERE (g.person_id, g.guardian_id) IN ((kept, gone), (gone, kept))) THEN
        RETURN ARRAY['conflict|guardianship'];
    END IF;
    SELECT array_agg('roster||' || to_jsonb(r)::text) INTO moved FROM roster r WHERE r.person_id = gone;
    moved := coalesce(moved, '{{}}');
    UPDATE person SET merged_into = kept WHERE id = gone AND merged_into IS NULL
        AND EXISTS (SELECT FROM person p WHERE p.id = kept AND p.merged_into IS NULL);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    FOR place IN SELECT * FROM what_names_a_person() LOOP
        EXECUTE format(
            'WITH moved AS (UPDATE public.%1$I SET %2$I = $1 WHERE %2$I = $2 RETURNING %3$s::text AS key) '
            'SELECT array_agg(%4$L || key) FROM moved',
            place.named, place.by_column, place.its_key, place.named || '|' || place.by_column || '|')
        USING kept, gone INTO rows_of_one;
        moved := moved || coalesce(rows_of_one, '{{}}');
    END LOOP;
    PERFORM keep_on_roster(kept);
    RETURN moved;
EXCEPTION WHEN unique_violation OR exclusion_violation THEN
    GET STACKED DIAGNOSTICS taken = TABLE_NAME;
    RETURN ARRAY['conflict|' || taken];
END $$
"""
BY_ONE = "d.stage = 'open'"
BY_ANOTHER = "d.stage = 'merge_proposed' AND d.proposed_by <> current_setting('yian.actor')::uuid"
CHANGED = (
    f"CREATE POLICY person_duplicate_changed ON person_duplicate FOR UPDATE TO {SERVICE} "
    f"USING ({CASES} AND {IN_AREA}) WITH CHECK ({IN_AREA} AND {BOTH_OF_HERE}"
)


def upgrade() -> None:
    op.add_column("person_duplicate", sa.Column("proposed_by", sa.Uuid(), nullable=True))
    for statement in (
        f"GRANT UPDATE (proposed_by) ON person_duplicate TO {SERVICE}",
        "DROP POLICY person_duplicate_changed ON person_duplicate",
        f"{CHANGED} AND {OWN_WORD})",
        LIKENESS_OF.format(stages="'open', 'merge_proposed'"),
        MERGE.format(is_to_be_merged=BY_ANOTHER),
    ):
        op.execute(statement)


def downgrade() -> None:
    for statement in (
        "SELECT set_config('yian.reach', 'migration', true)",
        "UPDATE person_duplicate SET stage = 'open' WHERE stage = 'merge_proposed'",
        "DROP POLICY person_duplicate_changed ON person_duplicate",
        f"{CHANGED})",
        LIKENESS_OF.format(stages="'open'"),
        MERGE.format(is_to_be_merged=BY_ONE),
    ):
        op.execute(statement)
    op.drop_column("person_duplicate", "proposed_by")
