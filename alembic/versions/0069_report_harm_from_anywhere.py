"""Report harm from anywhere: an office where the person is registered, and does not live, reports it as well.

The report goes to the county where the person lives, and its event lies there. The wall let it be written by offices of
that county alone, so that the report of another one came to nothing.
"""

from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
ABOVE = f"(SELECT true FROM unnest({AREAS}::text[]) AS own (area) WHERE own.area ^@ (region_path || '/') LIMIT 1)"
REPORTED = (
    f"{CASES} AND name = 'harm_report.reported' AND actor_id = {ACTOR} AND person_id IS NULL AND application_id IS NULL"
)


def upgrade() -> None:
    op.execute(f"ALTER POLICY event_of_harm_added ON event WITH CHECK ({REPORTED})")


def downgrade() -> None:
    op.execute(f"ALTER POLICY event_of_harm_added ON event WITH CHECK ({REPORTED} AND {ABOVE})")
