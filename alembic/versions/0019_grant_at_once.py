"""Let in with an application what follows from the registers, whoever hands it in: a grant, and evidence."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
ADDED = {
    "decision": "matter = 'benefit' AND outcome = 'granted' AND decided_by IS NULL AND is_new(application_id)",
    "event": (
        "name = 'evidence.recorded' AND application_id IS NULL "
        "AND actor_id = (SELECT current_setting('yian.actor')::uuid) "
        "AND (SELECT current_setting('yian.reach')) = 'intake'"
    ),
}
"""Granted by rules, and the application was not there before this statement: a refusal passes no such door. That a
certificate on the register has become evidence is no event of the application, and the person was there before."""


def upgrade() -> None:
    for table, allowed in ADDED.items():
        op.execute(
            f"CREATE POLICY {table}_at_submission_added ON {table} FOR INSERT TO {SERVICE} WITH CHECK ({allowed})"
        )


def downgrade() -> None:
    for table in ADDED:
        op.execute(f"DROP POLICY {table}_at_submission_added ON {table}")
