"""Pass on what is asked about the data of surveys: to another organisation, or to somebody there by name.

A move of the home takes the question along, and leaves behind who was asked.
"""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
MOVE = "move_residence(uuid, integer, text, date, text, uuid, date, uuid, uuid, jsonb)"
OWNER = "UPDATE survey_finding SET region_path = place, owner_id = NULL WHERE"
OWNER_AND_NAME = "UPDATE survey_finding SET region_path = place, owner_id = NULL, assignee_id = NULL WHERE"
TODAY = "(now() AT TIME ZONE 'Asia/Shanghai')::date"
SERVES_UNRELATED = f"""
CREATE FUNCTION may_look_at(key uuid, asked uuid, organisation uuid, known_roles text[], place text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT current_setting('yian.reach') = 'cases' AND lies_in(key, current_setting('yian.areas')::text[])
    AND EXISTS (
        SELECT FROM membership m JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL
        WHERE m.account_id = asked AND m.organisation_id = organisation AND m.role = ANY (known_roles)
          AND (place || '/') ^@ (m.region_path || '/') AND a.person_id IS DISTINCT FROM key
          AND {TODAY} BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity'))
    AND related_accounts(key, ARRAY[asked], {TODAY}) = '{{}}'
$$
"""
"""Whether somebody serves an organisation for a place and is neither the person nor related; it tells nothing else."""
SIGNATURE = "may_look_at(uuid, uuid, uuid, text[], text)"


def _rewrite(before: str, after: str) -> None:
    connection = op.get_bind()
    written = connection.exec_driver_sql(f"SELECT pg_get_functiondef('{MOVE}'::regprocedure)").scalar_one()
    if before not in written:
        raise RuntimeError("move_residence() is not as this migration knows it.")
    connection.exec_driver_sql(written.replace(before, after))


def upgrade() -> None:
    op.add_column("survey_finding", sa.Column("assignee_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_survey_finding_assignee_id"), "survey_finding", "account", ["assignee_id"], ["id"])
    op.execute(f"GRANT UPDATE (owner_id, assignee_id) ON survey_finding TO {SERVICE}")
    op.execute("GRANT UPDATE (assignee_id) ON survey_finding TO yian_gate")
    op.execute(SERVES_UNRELATED)
    op.execute(f"ALTER FUNCTION {SIGNATURE} OWNER TO yian_gate")
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {SERVICE}")
    _rewrite(OWNER, OWNER_AND_NAME)


def downgrade() -> None:
    _rewrite(OWNER_AND_NAME, OWNER)
    op.execute(f"DROP FUNCTION {SIGNATURE}")
    op.execute(f"REVOKE UPDATE (owner_id) ON survey_finding FROM {SERVICE}")
    op.drop_column("survey_finding", "assignee_id")
