"""Part households that move: whether anybody stays of whom the old place may not know."""

from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None

SIGNATURE = "lives_with_others(uuid, uuid[], date)"
LIVES_WITH_OTHERS = """
CREATE FUNCTION lives_with_others(key uuid, besides uuid[], today date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT current_setting('yian.reach', true) = 'cases' AND lies_in(key, current_setting('yian.areas')::text[])
    AND EXISTS (
        SELECT FROM household_member own
        JOIN household_member other ON other.household_id = own.household_id AND NOT other.person_id = ANY (besides)
        WHERE own.person_id = key AND today BETWEEN own.valid_from AND coalesce(own.valid_to, 'infinity')
          AND today BETWEEN other.valid_from AND coalesce(other.valid_to, 'infinity'))
$$
"""
"""Whether somebody lives with the person besides those who are named: not who, nor how many."""


def upgrade() -> None:
    op.execute(LIVES_WITH_OTHERS)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO yian_gate")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO yian_app, yian_worker")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SIGNATURE}")
