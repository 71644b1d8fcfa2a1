"""Let a second person refuse a register, and keep whoever stands in its table from letting it in.

The dry run has the gate note which accounts stand in the table themselves, by a ward, or by somebody of their
household. The service reads none of that: it asks about those who act. What was asked for before is ordered anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
BY_ANOTHER = f"stage = 'approved' AND approved_by = {ACTOR} AND asked_by <> {ACTOR}"
REFUSED = f"stage = 'refused' AND approved_by IS NULL AND refused_by = {ACTOR} AND asked_by <> {ACTOR}"
GIVEN_UP = f"stage = 'withdrawn' AND approved_by IS NULL AND asked_by = {ACTOR}"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
STAGES = "'awaiting_approval', 'approved', 'withdrawn'"
WITH_REFUSED = "'awaiting_approval', 'approved', 'refused', 'withdrawn'"
NOTE = """
CREATE FUNCTION note_named(this_job uuid, digests bytea[], today date) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH bearer AS (SELECT DISTINCT person_id FROM person_identifier WHERE value_index = ANY (digests)),
around AS (
    SELECT person_id FROM bearer
    UNION SELECT g.guardian_id FROM guardianship g JOIN bearer USING (person_id)
        WHERE today BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity')
    UNION SELECT theirs.person_id FROM bearer
        JOIN household_member own USING (person_id) JOIN household_member theirs USING (household_id)
        WHERE today BETWEEN own.valid_from AND coalesce(own.valid_to, 'infinity')
          AND today BETWEEN theirs.valid_from AND coalesce(theirs.valid_to, 'infinity')
)
INSERT INTO register_import_named (job_id, account_id)
SELECT this_job, a.id FROM account a JOIN around ON around.person_id = a.person_id
WHERE EXISTS (SELECT FROM job j WHERE j.id = this_job AND j.kind = 'register_import'
              AND j.actor_id = current_setting('yian.actor')::uuid)
ON CONFLICT DO NOTHING
$$
"""
"""Put down whose accounts stand in a chunk of a table, themselves, by a ward or by their household."""
CARRY = """
CREATE FUNCTION carry_named(dry_run uuid, import uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
INSERT INTO register_import_named (job_id, account_id)
SELECT import, n.account_id FROM register_import_named n
WHERE n.job_id = dry_run AND (
    SELECT count(*) FROM job j
    WHERE j.id IN (dry_run, import) AND j.actor_id = current_setting('yian.actor')::uuid AND j.kind = 'register_import'
) = 2
ON CONFLICT DO NOTHING
$$
"""
"""What the dry run has found stays with the import: a dry run is forgotten long before somebody may approve."""
NAMED = """
CREATE FUNCTION named_in_register(import uuid, asked uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT coalesce(array_agg(n.account_id), '{}') FROM register_import_named n
WHERE n.job_id = import AND n.account_id = ANY (asked)
$$
"""
GIVE_UP = """
CREATE FUNCTION give_up_register_import(import uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE job SET state = 'cancelled', finished_at = now()
    WHERE id = import AND kind = 'register_import' AND state = 'awaiting_approval'
      AND current_setting('yian.reach') = 'cases'
      AND EXISTS (SELECT FROM register_import r WHERE r.id = import AND r.stage = 'refused'
                  AND r.refused_by = current_setting('yian.actor')::uuid AND r.asked_by = job.actor_id
                  AND r.refused_by <> job.actor_id);
    RETURN FOUND;
END
$$
"""
"""The other way by which another than its owner changes a job: whoever has just refused it ends it."""
RELEASE = """
CREATE OR REPLACE FUNCTION release_register_import(import uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE job SET state = 'queued'
    WHERE id = import AND kind = 'register_import' AND state = 'awaiting_approval'
      AND current_setting('yian.reach') = 'cases'
      AND EXISTS (SELECT FROM register_import r WHERE r.id = import AND r.stage = 'approved'
                  AND r.approved_by = current_setting('yian.actor')::uuid AND r.asked_by = job.actor_id
                  AND r.approved_by <> job.actor_id){unnamed};
    RETURN FOUND;
END
$$
"""
UNNAMED = """
      AND NOT EXISTS (SELECT FROM register_import_named n WHERE n.job_id = import
                      AND n.account_id IN (job.actor_id, current_setting('yian.actor')::uuid))"""
"""A second wall: neither the word of somebody in the table nor the wish of one lets it in."""
FUNCTIONS = {
    "note_named(uuid, bytea[], date)": NOTE,
    "carry_named(uuid, uuid)": CARRY,
    "named_in_register(uuid, uuid[])": NAMED,
    "give_up_register_import(uuid)": GIVE_UP,
}
IS_IMPORT = "kind = 'register_import'"
ALL = "USING (true) WITH CHECK (true)"
WITHDRAWN = """
UPDATE register_import SET stage = 'withdrawn', detail = jsonb_set(detail, '{{stage}}', '"withdrawn"')
WHERE stage = '{stage}'
"""
SEEN_FOR_THE_GATE = "CREATE POLICY job_gated ON job FOR SELECT TO yian_gate USING (true)"


def upgrade() -> None:
    op.create_table(
        "register_import_named",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_register_import_named_job_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "account_id", name=op.f("pk_register_import_named")),
    )
    op.add_column("register_import", sa.Column("refused_by", sa.Uuid(), nullable=True))
    migrated = f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
    for statement in (
        "ALTER TABLE register_import_named ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE register_import_named FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY register_import_named_gated ON register_import_named TO yian_gate {ALL}",
        f"CREATE POLICY register_import_named_migrated ON register_import_named {migrated}",
        "GRANT SELECT, INSERT ON register_import_named TO yian_gate",
        "GRANT UPDATE (finished_at) ON job TO yian_gate",
        SEEN_FOR_THE_GATE,
        f"GRANT UPDATE (refused_by) ON register_import TO {SERVICE}",
        "ALTER TABLE register_import DROP CONSTRAINT ck_register_import_stage",
        f"ALTER TABLE register_import ADD CONSTRAINT ck_register_import_stage CHECK (stage IN ({WITH_REFUSED}))",
        *_changed(f"({BY_ANOTHER}) OR ({REFUSED}) OR ({GIVEN_UP})"),
        RELEASE.format(unnamed=UNNAMED),
        *_begun_anew(),
    ):
        op.execute(statement)
    for signature, function in FUNCTIONS.items():
        op.execute(function)
        op.execute(f"ALTER FUNCTION {signature} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {SERVICE}")


def _changed(written: str) -> tuple[str, ...]:
    return (
        "DROP POLICY register_import_changed ON register_import",
        (
            f"CREATE POLICY register_import_changed ON register_import FOR UPDATE TO {SERVICE} "
            f"USING ({CASES} AND {IN_AREA} AND stage = 'awaiting_approval') "
            f"WITH CHECK ({CASES} AND {IN_AREA} AND ({written}))"
        ),
    )


def _begun_anew() -> tuple[str, ...]:
    """Nobody has looked who stands in the tables of before: those that wait are given up, and run dry once more."""
    return (
        "SELECT set_config('yian.reach', 'migration', true)",
        WITHDRAWN.format(stage="awaiting_approval"),
        f"UPDATE job SET state = 'cancelled', finished_at = now() WHERE {IS_IMPORT} AND state = 'awaiting_approval'",
        f"UPDATE job SET detail = jsonb_set(detail, '{{fingerprint}}', 'null') WHERE {IS_IMPORT}",
        "SELECT set_config('yian.reach', '', true)",
    )


def downgrade() -> None:
    for signature in FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    for statement in (
        "SELECT set_config('yian.reach', 'migration', true)",
        WITHDRAWN.format(stage="refused"),
        RELEASE.format(unnamed=""),
        *_changed(f"({BY_ANOTHER}) OR ({GIVEN_UP})"),
        "ALTER TABLE register_import DROP CONSTRAINT ck_register_import_stage",
        f"ALTER TABLE register_import ADD CONSTRAINT ck_register_import_stage CHECK (stage IN ({STAGES}))",
        "DROP POLICY job_gated ON job",
        "REVOKE UPDATE (finished_at) ON job FROM yian_gate",
        "DROP TABLE register_import_named",
    ):
        op.execute(statement)
    op.drop_column("register_import", "refused_by")
