"""Keep any earlier draw that can be kept, and answer for cases of the caller's areas alone.

Where the last draw alone was asked for, applying once elsewhere made all draws of before forgotten.
"""

from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

HERE = """
    current_setting('yian.reach') = 'cases' AND (
        (this.region_path || '/') ^@ ANY (current_setting('yian.areas')::text[])
        OR (this.accepting_path || '/') ^@ ANY (current_setting('yian.areas')::text[]))
"""
"""The case is one that an office of the caller's areas decides on or has accepted."""
ANYWHERE = "current_setting('yian.reach') = 'cases'"
FOUND = """
    SELECT (detail -> 'choice' ->> 'draw_id')::uuid, id, (detail -> 'institution' ->> 'id')::uuid,
        ARRAY(SELECT jsonb_array_elements_text(detail -> 'choice' -> 'doctors')::uuid),
        ARRAY(SELECT jsonb_array_elements_text(turn -> 'doctors')::uuid
              FROM jsonb_array_elements(coalesce(detail -> 'turns', '[]')) AS turn)
"""
EARLIER = f"""
CREATE OR REPLACE FUNCTION earlier_draw(this_case uuid, since date)
RETURNS TABLE (draw_id uuid, case_id uuid, institution_id uuid, doctors uuid[], declined uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH drawn AS (
    SELECT c.id, c.stage, c.detail, (c.detail -> 'done' -> -1 ->> 'on')::date AS ended_on, row_number() OVER (
        ORDER BY (c.detail -> 'done' -> -1 ->> 'on')::date DESC, c.submitted_at DESC, c.id DESC) AS place
    FROM certificate_case this
    JOIN certificate_case c ON c.person_id = this.person_id AND c.business = this.business AND c.id <> this.id
    WHERE this.id = this_case AND {HERE}
      AND c.stage IN ('withdrawn', 'refused', 'issued', 'cancelled')
      AND c.detail -> 'choice' ->> 'draw_id' IS NOT NULL
)
{FOUND}
FROM drawn WHERE stage IN ('withdrawn', 'refused') AND ended_on >= since
    AND NOT EXISTS (SELECT FROM drawn later WHERE later.place < drawn.place AND later.stage IN ('issued', 'cancelled'))
ORDER BY place LIMIT 20
$$
"""
"""Who was drawn for cases of the same business since a day, the latest first, up to the last certificate."""
LAST = f"""
CREATE OR REPLACE FUNCTION earlier_draw(this_case uuid, since date)
RETURNS TABLE (draw_id uuid, case_id uuid, institution_id uuid, doctors uuid[], declined uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH last_drawn AS (
    SELECT c.id, c.stage, c.detail, (c.detail -> 'done' -> -1 ->> 'on')::date AS ended_on
    FROM certificate_case this
    JOIN certificate_case c ON c.person_id = this.person_id AND c.business = this.business AND c.id <> this.id
    WHERE this.id = this_case AND {ANYWHERE}
      AND c.stage IN ('withdrawn', 'refused', 'issued', 'cancelled')
      AND c.detail -> 'choice' ->> 'draw_id' IS NOT NULL
    ORDER BY ended_on DESC, c.submitted_at DESC, c.id DESC LIMIT 1
)
{FOUND}
FROM last_drawn WHERE stage IN ('withdrawn', 'refused') AND ended_on >= since
$$
"""
TAKE = """
CREATE OR REPLACE FUNCTION take_draws_over(this_case uuid, earlier uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO draw_takeover (case_id, draw_id, earlier_id, taken_at)
    SELECT this.id, own.draw_id, before.id, now()
    FROM certificate_case this
    JOIN certificate_case before ON before.id = earlier AND before.id <> this.id
        AND before.person_id = this.person_id AND before.business = this.business
        AND before.stage IN ('withdrawn', 'refused')
    CROSS JOIN LATERAL (
        SELECT d.id AS draw_id FROM draw d WHERE d.case_id = before.id
        UNION SELECT t.draw_id FROM draw_takeover t WHERE t.case_id = before.id
    ) own
    WHERE this.id = this_case AND this.stage = 'accepted' AND %s;
    RETURN FOUND;
END
$$
"""


def upgrade() -> None:
    op.execute(EARLIER)
    op.execute(TAKE.replace("%s", HERE))


def downgrade() -> None:
    op.execute(TAKE.replace("%s", ANYWHERE))
    op.execute(LAST)
