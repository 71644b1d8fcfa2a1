"""Keep raters from those whom they rate: that somebody has rated is told to the person, and to no office.

An office reads bad ratings without who gave them. The event of a rating names the rating and the person, and so told
who had given which.
"""

from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
HAS_NO_AREA = "(SELECT current_setting('yian.areas')) = '{}'"


def upgrade() -> None:
    op.execute(
        f"CREATE POLICY event_of_rating_kept ON event AS RESTRICTIVE FOR SELECT TO {SERVICE} "
        f"USING ({HAS_NO_AREA} OR NOT starts_with(name, 'rating.'))"
    )


def downgrade() -> None:
    op.execute("DROP POLICY event_of_rating_kept ON event")
