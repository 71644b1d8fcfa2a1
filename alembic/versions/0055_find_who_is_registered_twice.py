"""Find who is registered twice: keys that twins share, pairs for officers, and the one way to merge and to separate.

What names a person is read from the catalogue, so that a table that comes later moves, too; it needs the grant and the
wall that `MOVED` gives here. What a merged record bears of its own, names and numbers, stays with it, and what happened
is not rewritten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
OF_HERE = f"{CASES} AND lies_in(person_id, {AREAS}::text[])"
BOTH_OF_HERE = f"{OF_HERE} AND lies_in(other_id, {AREAS}::text[])"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
"""The owner of the tables is in `yian_gate` too: a back-fill that forgets to say so must still change nothing."""
POLICIES = {
    "person_key": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({OF_HERE})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({OF_HERE})",
        "renewed": f"FOR DELETE TO {SERVICE} USING ({OF_HERE})",
        "forgotten": f"FOR DELETE TO yian_gate USING ({AT_WORK})",
        "gated": "FOR SELECT TO yian_gate USING (true)",
        "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    },
    "person_duplicate": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({CASES} AND {IN_AREA})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({IN_AREA} AND {BOTH_OF_HERE})",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND {IN_AREA}) WITH CHECK ({IN_AREA} AND {BOTH_OF_HERE})",
        "forgotten": f"FOR DELETE TO yian_gate USING ({AT_WORK})",
        "gated": "FOR SELECT TO yian_gate USING (true)",
        "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    },
}
MOVED = {
    "account": "person_id",
    "application": "person_id",
    "application_item": "person_id",
    "assessment": "person_id",
    "benefit_case": "person_id",
    "case_clock": "person_id",
    "certificate": "person_id",
    "certificate_case": "person_id",
    "certificate_version": "person_id",
    "confirmation": "person_id",
    "consent": "person_id",
    "correction": "person_id",
    "decision": "person_id",
    "draft": "person_id",
    "draw": "person_id",
    "economic_status": "person_id",
    "evidence": "person_id",
    "evidence_request": "person_id",
    "guardianship": "person_id, guardian_id",
    "harm_report": "person_id",
    "home_visit": "person_id",
    "household_member": "person_id",
    "need": "person_id",
    "need_report": "person_id",
    "offer": "person_id",
    "party": "person_id, party_id",
    "payment_line": "person_id",
    "person_contact": "person_id",
    "plan": "person_id",
    "rating": "person_id",
    "recheck": "person_id",
    "referral": "person_id",
    "register_discrepancy": "person_id",
    "review": "person_id",
    "uncertified_entry": "person_id",
    "visit": "person_id",
}
"""What names a person, and which of its columns do."""
KNOWN_BEFORE = (
    *("account", "application", "certificate_case", "person", "referral", "party", "benefit_case", "certificate"),
    *("certificate_version", "household_member", "need", "decision", "guardianship", "draft", "person_contact"),
    *("economic_status", "uncertified_entry", "plan"),
)
"""What the gate has looked at so far."""

WHAT_NAMES = """
CREATE FUNCTION what_names_a_person() RETURNS TABLE (named text, by_column text, its_key text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT c.relname::text, a.attname::text,
    'jsonb_build_object(' || (
        SELECT string_agg(quote_literal(k.attname) || ', ' || quote_ident(k.attname), ', ' ORDER BY k.attnum)
        FROM pg_index i JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey)
        WHERE i.indrelid = c.oid AND i.indisprimary) || ')'
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND a.atttypid = 'uuid'::regtype
  AND (a.attname IN ('person_id', 'party_id', 'guardian_id') OR EXISTS (
      SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.confrelid = 'person'::regclass
      AND f.conkey = ARRAY[a.attnum]))
  AND (c.relname, a.attname) NOT IN (
      ('event', 'person_id'), ('person', 'merged_into'), ('person_name', 'person_id'),
      ('person_identifier', 'person_id'), ('person_key', 'person_id'), ('person_facts', 'person_id'),
      ('roster', 'person_id'), ('survey_entry', 'person_id'),
      ('person_duplicate', 'person_id'), ('person_duplicate', 'other_id'))
ORDER BY c.relname, a.attname
$$
"""
"""All that names a person, but for what stays: what happened, what a record bears of its own, what is made of it by
itself (its place on the roster, the facts that are laid side by side), the lists of surveys, and the pairs."""

PLACED = (
    "commissioner_id, reason, placed_by, placed_on, absent_until, deputy_id, flags, weight, every_days, visited_on, "
    "due_on, rule_versions, planned_on, version"
)
WAS_PLACED = ", ".join(f"was.{column}" for column in PLACED.split(", "))
"""What humans and visits have made of a place on the roster; where it is and of which category, the registers say."""
IS_OF_PAIR = """
    IF current_setting('yian.reach') <> 'cases'
       OR NOT lies_in(kept, current_setting('yian.areas')::text[])
       OR NOT lies_in(gone, current_setting('yian.areas')::text[])
       OR NOT EXISTS (SELECT FROM person_duplicate d WHERE d.id = pair AND d.stage = '{stage}'
                      AND (d.person_id, d.other_id) IN ((kept, gone), (gone, kept))) THEN
        RETURN {nothing};
    END IF;
"""
MERGE = f"""
CREATE FUNCTION merge_persons(pair uuid, kept uuid, gone uuid) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place record;
    rows_of_one text[];
    moved text[];
    taken text;
BEGIN
    {IS_OF_PAIR.format(stage="open", nothing="NULL")}
    IF EXISTS (SELECT FROM guardianship g WHERE (g.person_id, g.guardian_id) IN ((kept, gone), (gone, kept))) THEN
        RETURN ARRAY['conflict|guardianship'];
    END IF;
    SELECT array_agg('roster||' || to_jsonb(r)::text) INTO moved FROM roster r WHERE r.person_id = gone;
    moved := coalesce(moved, '{{}}');
    UPDATE person SET merged_into = kept WHERE id = gone AND merged_into IS NULL
        AND EXISTS (SELECT FROM person p WHERE p.id = kept AND p.merged_into IS NULL);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    FOR place IN SELECT * FROM what_names_a_person() LOOP
        EXECUTE format(
            'WITH moved AS (UPDATE public.%1$I SET %2$I = $1 WHERE %2$I = $2 RETURNING %3$s::text AS key) '
            'SELECT array_agg(%4$L || key) FROM moved',
            place.named, place.by_column, place.its_key, place.named || '|' || place.by_column || '|')
        USING kept, gone INTO rows_of_one;
        moved := moved || coalesce(rows_of_one, '{{}}');
    END LOOP;
    PERFORM keep_on_roster(kept);
    RETURN moved;
EXCEPTION WHEN unique_violation THEN
    GET STACKED DIAGNOSTICS taken = TABLE_NAME;
    RETURN ARRAY['conflict|' || taken];
END $$
"""
"""The one way to merge: by an office of both places, of a pair that was put down, all or nothing."""
SEPARATE = f"""
CREATE FUNCTION separate_persons(pair uuid, kept uuid, gone uuid, moved text[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place record;
BEGIN
    {IS_OF_PAIR.format(stage="merged", nothing="false")}
    FOR place IN SELECT * FROM what_names_a_person() ORDER BY named DESC, by_column DESC LOOP
        EXECUTE format(
            'UPDATE public.%1$I SET %2$I = $1 WHERE %2$I = $2 AND %4$L || %3$s::text = ANY ($3)',
            place.named, place.by_column, place.its_key, place.named || '|' || place.by_column || '|')
        USING gone, kept, moved;
    END LOOP;
    UPDATE person SET merged_into = NULL WHERE id = gone AND merged_into = kept;
    PERFORM keep_on_roster(kept);
    PERFORM keep_on_roster(gone);
    UPDATE roster r SET (listed_on, {PLACED}) = (SELECT was.listed_on, {WAS_PLACED} FROM unnest(moved) AS one,
        jsonb_populate_record(NULL::roster, substr(one, 9)::jsonb) AS was WHERE one ^@ 'roster||')
    WHERE r.person_id = gone AND EXISTS (SELECT FROM unnest(moved) AS one WHERE one ^@ 'roster||');
    RETURN true;
END $$
"""
"""The one way back: what a merge has moved, and nothing else."""
FORGET_PERSON = """
CREATE OR REPLACE FUNCTION forget_person(key uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_setting('yian.reach') <> 'cases'
       OR NOT (key = ANY (current_setting('yian.parties')::uuid[])
               OR lies_in(key, current_setting('yian.areas')::text[]))
       OR EXISTS (SELECT FROM account a WHERE a.person_id = key)
       OR EXISTS (SELECT FROM draft d WHERE d.person_id = key)
       OR EXISTS (SELECT FROM party p WHERE key IN (p.party_id, p.person_id)) THEN
        RETURN false;
    END IF;
    BEGIN
        {more}DELETE FROM person_name WHERE person_id = key; DELETE FROM person_identifier WHERE person_id = key;
        DELETE FROM person_contact WHERE person_id = key; DELETE FROM economic_status WHERE person_id = key;
        DELETE FROM household_member WHERE person_id = key; DELETE FROM guardianship WHERE person_id = key;
        DELETE FROM person WHERE id = key;
        RETURN FOUND;
    EXCEPTION WHEN foreign_key_violation THEN
        RETURN false;
    END;
END $$
"""
WITH_PAIRS = (
    "DELETE FROM person_key WHERE person_id = key; "
    "DELETE FROM person_duplicate WHERE key IN (person_id, other_id) AND stage <> 'merged'; "
)
"""That somebody may be registered twice keeps nobody on record."""
FUNCTIONS = {
    "what_names_a_person()": WHAT_NAMES,
    "merge_persons(uuid, uuid, uuid)": MERGE,
    "separate_persons(uuid, uuid, uuid, text[])": SEPARATE,
}


def _tables() -> None:
    op.create_table(
        "person_key",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key_index", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_key_person_id")),
        sa.PrimaryKeyConstraint("person_id", "key_index", name=op.f("pk_person_key")),
    )
    op.create_index("ix_person_key_index", "person_key", ["key_index", "person_id"], unique=False)
    op.create_table(
        "person_duplicate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_duplicate_person_id")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_person_duplicate_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_duplicate")),
    )
    op.create_index("uq_person_duplicate_pair", "person_duplicate", ["person_id", "other_id"], unique=True)
    op.create_index("ix_person_duplicate_other_id", "person_duplicate", ["other_id"], unique=False)
    op.create_index(
        "ix_person_duplicate_queue",
        "person_duplicate",
        ["stage", "region_path", "id"],
        unique=False,
        postgresql_ops={"region_path": "text_pattern_ops"},
    )


def upgrade() -> None:
    op.add_column("person", sa.Column("is_compared", sa.Boolean(), server_default="false", nullable=False))
    op.create_index("ix_person_uncompared", "person", ["id"], unique=False, postgresql_where="NOT is_compared")
    _tables()
    for table, policies in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for name, rule in policies.items():
            op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON person_key TO {SERVICE}")
    op.execute(f"GRANT SELECT, INSERT ON person_duplicate TO {SERVICE}")
    op.execute(f"GRANT UPDATE (stage, detail_cipher, version) ON person_duplicate TO {SERVICE}")
    op.execute(f"GRANT UPDATE (is_compared) ON person TO {SERVICE}")
    op.execute("GRANT SELECT, DELETE ON person_key TO yian_gate")
    op.execute("GRANT SELECT, DELETE ON person_duplicate TO yian_gate")
    op.execute("GRANT UPDATE (merged_into) ON person TO yian_gate")
    for table, columns in MOVED.items():
        op.execute(f"GRANT SELECT, UPDATE ({columns}) ON {table} TO yian_gate")
        if table != "account":
            op.execute(f"CREATE POLICY {table}_merged ON {table} TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})")
    op.execute(FORGET_PERSON.format(more=WITH_PAIRS))
    for function, made in FUNCTIONS.items():
        op.execute(made)
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {SERVICE}")


def downgrade() -> None:
    for function in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {function}")
    for table, columns in MOVED.items():
        if table != "account":
            op.execute(f"DROP POLICY {table}_merged ON {table}")
        op.execute(f"REVOKE UPDATE ({columns}) ON {table} FROM yian_gate")
        if table not in KNOWN_BEFORE:
            op.execute(f"REVOKE SELECT ON {table} FROM yian_gate")
    op.execute(FORGET_PERSON.format(more=""))
    op.execute("REVOKE UPDATE (merged_into) ON person FROM yian_gate")
    op.drop_table("person_duplicate")
    op.drop_table("person_key")
    op.drop_index("ix_person_uncompared", table_name="person")
    op.drop_column("person", "is_compared")
