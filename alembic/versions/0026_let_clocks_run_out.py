"""Let clocks run out: what is due may be looked for in all places, and a review that reopens a case sets clocks off."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])::uuid[]"
REVIEWED = (
    f"{REACH} = 'review' AND EXISTS (SELECT FROM review r WHERE r.body_id = ANY ({PARTIES}) "
    "AND r.case_id = case_clock.case_id)"
)
"""The caller's body decides on a review of the case, and what it decides moves the case and its clocks."""
POLICIES = {
    "case_clock_kept": f"FOR SELECT TO {SERVICE} USING ({REACH} = 'clocks')",
    "case_clock_reviewed": f"FOR SELECT TO {SERVICE} USING ({REVIEWED})",
    "case_clock_reviewed_added": f"FOR INSERT TO {SERVICE} WITH CHECK ({REVIEWED})",
    "case_clock_reviewed_changed": f"FOR UPDATE TO {SERVICE} USING ({REVIEWED}) WITH CHECK ({REVIEWED})",
}


def upgrade() -> None:
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY {name} ON case_clock {rule}")


def downgrade() -> None:
    for name in POLICIES:
        op.execute(f"DROP POLICY {name} ON case_clock")
