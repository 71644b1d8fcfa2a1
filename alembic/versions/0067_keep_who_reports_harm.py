"""Keep who reports harm: the event of a report is seen by whoever sees the report itself, and by nobody else.

An event says who acted. In the feed of a county all its offices read who of which village had reported harm, and when.
"""

from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
SEES_IT = "(SELECT true FROM harm_report h WHERE h.id = event.subject_id LIMIT 1)"


def upgrade() -> None:
    op.execute(
        f"CREATE POLICY event_of_harm_kept ON event AS RESTRICTIVE FOR SELECT TO {SERVICE} "
        f"USING (NOT starts_with(name, 'harm_report.') OR {SEES_IT})"
    )


def downgrade() -> None:
    op.execute("DROP POLICY event_of_harm_kept ON event")
