"""Know of deaths from rechecks: reported and not yet looked at, or found so, unless somebody has found otherwise since.

Until now a cancelled certificate and the last survey alone were asked.
"""

from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None

KNOWN_DEAD = """
CREATE OR REPLACE FUNCTION is_known_dead(key uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT current_setting('yian.reach', true) = 'cases' AND lies_in(key, current_setting('yian.areas')::text[]) AND (
    EXISTS (SELECT FROM certificate_case c WHERE c.person_id = key AND c.business = 'cancellation'
            AND c.stage = 'cancelled' AND c.detail->>'ground' = 'death')
    OR coalesce({said}, false))
$$
"""
BY_SURVEYS = """(
        SELECT e.stage = 'dead' FROM survey_entry e JOIN survey_round r ON r.id = e.round_id
        WHERE e.person_id = key AND e.stage NOT IN ('listed', 'unreachable')
        ORDER BY r.opens_on DESC, r.id DESC LIMIT 1)"""
BY_SURVEYS_AND_RECHECKS = """(
        SELECT said.is_dead FROM (
            SELECT looked_on AS on_day, stage <> 'confirmed' AS is_dead FROM recheck
            WHERE person_id = key AND trigger = 'death' AND stage IN ('open', 'stopped', 'confirmed')
            UNION ALL
            SELECT coalesce((e.detail->>'recorded_on')::date, r.opens_on), e.stage = 'dead'
            FROM survey_entry e JOIN survey_round r ON r.id = e.round_id
            WHERE e.person_id = key AND e.stage NOT IN ('listed', 'unreachable')) said
        ORDER BY said.on_day DESC, said.is_dead DESC LIMIT 1)"""
"""The latest word counts, and of one day the one that stops a move. Months put right say nothing of the person."""


def upgrade() -> None:
    op.execute(KNOWN_DEAD.format(said=BY_SURVEYS_AND_RECHECKS))


def downgrade() -> None:
    op.execute(KNOWN_DEAD.format(said=BY_SURVEYS))
