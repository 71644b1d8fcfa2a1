"""Change what a project has: its money and places follow a change that one person has asked for and another allows.

No statement of the service makes one word of two, or takes from people what they have: the columns change only to what
stands asked for in the row by somebody else than the caller, and never below what is taken by any clock.
"""

from alembic import op

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
COLUMNS = "quota, budget_fen"
HOLD = """
CREATE FUNCTION hold_project_terms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked jsonb := OLD.detail -> 'change';
BEGIN
    IF current_setting('yian.reach') = 'migration' THEN RETURN NULL; END IF;
    IF asked ->> 'stage' IS DISTINCT FROM 'asked'
       OR (asked #>> '{done,0,by}')::uuid IS NOT DISTINCT FROM nullif(current_setting('yian.actor'), '')::uuid
       OR (asked #>> '{to,quota}')::integer <> NEW.quota
       OR (asked #>> '{to,budget_fen}')::bigint <> NEW.budget_fen THEN
        RAISE EXCEPTION 'nobody else has asked for this' USING ERRCODE = '42501';
    END IF;
    IF EXISTS (SELECT FROM project_account a WHERE a.project_id = NEW.id
               AND (a.places_held > NEW.quota OR a.held_fen > NEW.budget_fen)) THEN
        RAISE EXCEPTION 'so much is taken' USING ERRCODE = '23514', CONSTRAINT = 'project_committed';
    END IF;
    RETURN NULL;
END $$
"""
"""Whoever takes a place holds the project while it is counted, so what is read here is what is taken."""


def upgrade() -> None:
    op.execute(HOLD)
    op.execute("ALTER FUNCTION hold_project_terms() OWNER TO yian_gate")
    op.execute("REVOKE ALL ON FUNCTION hold_project_terms() FROM PUBLIC")
    op.execute(
        f"CREATE TRIGGER project_changes AFTER UPDATE OF {COLUMNS} ON project FOR EACH ROW "
        "WHEN (OLD.quota <> NEW.quota OR OLD.budget_fen <> NEW.budget_fen) EXECUTE FUNCTION hold_project_terms()"
    )
    op.execute(f"GRANT UPDATE ({COLUMNS}) ON project TO {SERVICE}")


def downgrade() -> None:
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute("UPDATE project SET detail = detail - 'change' WHERE detail ? 'change'")
    op.execute(f"REVOKE UPDATE ({COLUMNS}) ON project FROM {SERVICE}")
    op.execute("DROP TRIGGER project_changes ON project")
    op.execute("DROP FUNCTION hold_project_terms()")
