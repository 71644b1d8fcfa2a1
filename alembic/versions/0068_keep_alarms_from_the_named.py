"""Keep the events of alarms from whoever is named in them: an event is seen by whoever sees the alarm itself.

An alarm is not there for who is named in one. Its event was, with its id: who read of an alarm in the feed of the area,
and found none under its id, knew whom it was about.
"""

from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
SEES_IT = "(SELECT true FROM integrity_alarm a WHERE a.id = event.subject_id LIMIT 1)"


def upgrade() -> None:
    op.execute(
        f"CREATE POLICY event_of_alarm_kept ON event AS RESTRICTIVE FOR SELECT TO {SERVICE} "
        f"USING (NOT starts_with(name, 'integrity_alarm.') OR {SEES_IT})"
    )


def downgrade() -> None:
    op.execute("DROP POLICY event_of_alarm_kept ON event")
