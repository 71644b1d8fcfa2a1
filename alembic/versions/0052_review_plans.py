"""Review plans: the day on which somebody is to look, which what happens in a person's life brings forward."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CALL_FOR_REVIEW = """
CREATE FUNCTION call_for_review(of_person uuid, event_name text, life_event text, today date) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE plan SET review_due_on = least(review_due_on, today), version = version + 1,
        called_for = called_for || life_event
    WHERE person_id = of_person AND stage = 'active' AND NOT life_event = ANY (called_for)
      AND (SELECT true FROM event e WHERE e.person_id = of_person AND e.transaction_id = pg_current_xact_id()
           AND e.name = event_name LIMIT 1)
$$
"""
"""The one way to bring a review forward: by an event of this very transaction, whoever records it, and wherever."""
SIGNATURE = "call_for_review(uuid, text, text, date)"
CALLED = "review_due_on, called_for"
AT_WORK = "current_setting('yian.reach', true) IN ('cases', 'intake', 'review')"
"""The owner of the tables is in `yian_gate` too: a back-fill that forgets to say so must still change nothing."""
BACK_FILL = """
UPDATE plan SET review_due_on = (detail->'content'->>'review_on')::date WHERE stage = 'active'
"""
DUE = "review_due_on IS NOT NULL"


def upgrade() -> None:
    op.add_column("plan", sa.Column("review_due_on", sa.Date(), nullable=True))
    op.add_column("plan", sa.Column("called_for", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False))
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute(BACK_FILL)
    op.execute(CALL_FOR_REVIEW)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO yian_gate")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {SERVICE}")
    op.execute(f"GRANT SELECT, UPDATE ({CALLED}, version) ON plan TO yian_gate")
    op.execute(f"CREATE POLICY plan_called ON plan TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})")
    op.execute(f"GRANT UPDATE ({CALLED}) ON plan TO {SERVICE}")
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_plan_review_due",
            "plan",
            ["region_path", "review_due_on", "id"],
            postgresql_ops={"region_path": "text_pattern_ops"},
            postgresql_where=DUE,
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    op.execute("DROP POLICY plan_called ON plan")
    op.execute(f"REVOKE SELECT, UPDATE ({CALLED}, version) ON plan FROM yian_gate")
    op.execute(f"DROP FUNCTION {SIGNATURE}")
    op.drop_column("plan", "called_for")
    op.drop_column("plan", "review_due_on")
