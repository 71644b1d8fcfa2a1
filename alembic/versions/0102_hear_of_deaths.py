"""Hear of deaths: nothing is due to whoever is reported dead, until the certificate is cancelled or that proves wrong.

What says so is on record already: rechecks, surveys, and from now on visits at home. The roster says since when it is
told, kept by triggers on those records in the transaction that changes them, as it keeps who is on it. An officer may
take a report back; that is a row of its own, and the word of an officer among the others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
IN_AREAS = "lies_in(person_id, current_setting('yian.areas')::text[])"
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ((region_path || '/') ^@ ANY ({AREAS}::text[]))",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND {IN_AREAS})",
    "gated": "TO yian_gate USING (true) WITH CHECK (true)",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
TOLD_OF = """
CREATE FUNCTION told_of(key uuid)
RETURNS TABLE (told_by text, record_id uuid, told_on date, is_dead boolean, took_back uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT 'recheck', c.id, c.looked_on, c.stage <> 'confirmed', '{}'::uuid[] FROM recheck c
WHERE c.person_id = key AND c.trigger = 'death' AND c.stage IN ('open', 'stopped', 'confirmed')
UNION ALL
SELECT 'survey', e.id, coalesce((e.detail->>'recorded_on')::date, r.opens_on), e.stage = 'dead', '{}'
FROM survey_entry e JOIN survey_round r ON r.id = e.round_id
WHERE e.person_id = key AND e.stage NOT IN ('listed', 'unreachable')
UNION ALL
SELECT 'home_visit', v.id, v.found_dead_on, true, '{}' FROM home_visit v
WHERE v.person_id = key AND v.found_dead_on IS NOT NULL
UNION ALL
SELECT 'home_visit', v.id, v.seen_on, false, '{}' FROM home_visit v
WHERE v.person_id = key AND v.seen_on IS NOT NULL
UNION ALL
SELECT 'officer', b.id, b.taken_back_on, false, b.records FROM death_taken_back b WHERE b.person_id = key
$$
"""
"""All on record that says that somebody has died, or lives. Months put right say nothing of the person."""
REPORTED = """
CREATE FUNCTION reported_death(key uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH said AS MATERIALIZED (SELECT * FROM told_of(key)),
lived AS (SELECT coalesce(max(told_on), '-infinity') AS until FROM said WHERE NOT is_dead)
SELECT min(one.told_on) FROM said one, lived
WHERE one.is_dead AND one.told_on >= lived.until AND NOT EXISTS (
    SELECT FROM said back WHERE one.record_id = ANY (back.took_back) AND one.told_on <= back.told_on)
$$
"""
"""Since when a death is told: what was taken back counts no more; of the rest the latest word does, and of one day the
one that says that the person has died. It is `reported` of the domain."""
KEEP = """
CREATE FUNCTION keep_reported_death(who uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before date;
    told date;
BEGIN
    SELECT r.reported_dead_on INTO before FROM roster r WHERE r.person_id = who FOR UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    told := reported_death(who);
    IF told IS NOT DISTINCT FROM before THEN RETURN; END IF;
    UPDATE roster r SET reported_dead_on = told, version = r.version + 1 WHERE r.person_id = who;
    IF told IS NOT NULL THEN RETURN; END IF;
    UPDATE survey_entry e SET stage = 'listed', difference = NULL, version = e.version + 1,
        detail = e.detail || jsonb_build_object('stage', 'listed', 'difference', NULL, 'recorded_on', NULL,
            'done', coalesce(e.detail->'done', '[]') || jsonb_build_object('action', 'find_living',
                'stage', 'listed', 'on', current_setting('yian.today')::date))
    FROM survey_round r
    WHERE r.id = e.round_id AND r.stage = 'open' AND e.person_id = who AND e.stage = 'dead';
END $$
"""
"""Whoever is found to live is to be surveyed again, in the rounds that go on."""
HEAR = """
CREATE FUNCTION hear_of_death() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.person_id <> NEW.person_id THEN
        PERFORM keep_reported_death(OLD.person_id);
    END IF;
    IF TG_ARGV[0] = 'died'
        OR EXISTS (SELECT FROM roster r WHERE r.person_id = NEW.person_id AND r.reported_dead_on IS NOT NULL) THEN
        PERFORM keep_reported_death(NEW.person_id);
    END IF;
    RETURN NULL;
END $$
"""
"""Whoever comes onto the roster may have been told to be dead before. That somebody lives is said of a county in a day,
and means something only of whoever is reported dead."""
WORDS = """
CREATE FUNCTION words_of_death(keys uuid[])
RETURNS TABLE (person_id uuid, told_by text, record_id uuid, told_on date, is_dead boolean, took_back uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT asked.key, t.* FROM unnest(keys) AS asked (key) CROSS JOIN LATERAL told_of(asked.key) t
WHERE current_setting('yian.reach', true) = 'cases' AND (
    lies_in(asked.key, current_setting('yian.areas')::text[])
    OR EXISTS (SELECT FROM certificate c WHERE c.person_id = asked.key
               AND (c.region_path || '/') ^@ ANY (current_setting('yian.areas')::text[])))
$$
"""
"""What is told of people of the caller's areas, or whose certificates are managed there: which records, and no more."""
HOLDERS = """
CREATE FUNCTION holders_reported_dead() RETURNS TABLE (person_id uuid, told_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT r.person_id, r.reported_dead_on FROM roster r
WHERE r.reported_dead_on IS NOT NULL AND current_setting('yian.reach', true) = 'cases' AND EXISTS (
    SELECT FROM certificate c WHERE c.person_id = r.person_id
    AND (c.region_path || '/') ^@ ANY (current_setting('yian.areas')::text[]))
$$
"""
"""Who is reported dead and whose certificate is managed in the caller's areas, wherever they live."""
TODAY = "(now() AT TIME ZONE 'Asia/Shanghai')::date"
OFFICERS = f"""
CREATE FUNCTION officers_apart(certificates uuid[], known_role text)
RETURNS TABLE (certificate_id uuid, account_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH able AS MATERIALIZED (
    SELECT c.id, c.person_id, array_agg(DISTINCT a.id) AS accounts FROM certificate c
    JOIN membership m ON m.role = known_role AND (c.region_path || '/') ^@ (m.region_path || '/')
        AND {TODAY} BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL AND a.person_id IS DISTINCT FROM c.person_id
        AND NOT EXISTS (SELECT FROM guardianship g
            WHERE (g.person_id, g.guardian_id) IN ((c.person_id, a.person_id), (a.person_id, c.person_id))
              AND {TODAY} BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity'))
    WHERE c.id = ANY (certificates) AND current_setting('yian.reach', true) = 'cases'
      AND (c.region_path || '/') ^@ ANY (current_setting('yian.areas')::text[])
    GROUP BY c.id, c.person_id)
SELECT able.id, a.id, a.name FROM able JOIN account a ON a.id = ANY (able.accounts)
WHERE a.id <> ALL (related_accounts(able.person_id, able.accounts, {TODAY}))
$$
"""
"""Who serves the place of a certificate in a role and is neither its holder nor close to the holder."""
IS_KNOWN_DEAD = """
CREATE OR REPLACE FUNCTION is_known_dead(key uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT current_setting('yian.reach', true) = 'cases' AND lies_in(key, current_setting('yian.areas')::text[]) AND (
    EXISTS (SELECT FROM certificate_case c WHERE c.person_id = key AND c.business = 'cancellation'
            AND c.stage = 'cancelled' AND c.detail->>'ground' = 'death')
    OR {said})
$$
"""
BY_WORDS = "reported_death(key) IS NOT NULL"
BY_SURVEYS_AND_RECHECKS = """coalesce((
        SELECT said.is_dead FROM (
            SELECT looked_on AS on_day, stage <> 'confirmed' AS is_dead FROM recheck
            WHERE person_id = key AND trigger = 'death' AND stage IN ('open', 'stopped', 'confirmed')
            UNION ALL
            SELECT coalesce((e.detail->>'recorded_on')::date, r.opens_on), e.stage = 'dead'
            FROM survey_entry e JOIN survey_round r ON r.id = e.round_id
            WHERE e.person_id = key AND e.stage NOT IN ('listed', 'unreachable')) said
        ORDER BY said.on_day DESC, said.is_dead DESC LIMIT 1), false)"""
KEY = "cell, region_path, category, commissioner_id, absent_until, deputy_id"
COUNT = """
CREATE OR REPLACE FUNCTION count_roster() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    CASE TG_OP
    WHEN 'INSERT' THEN
        INSERT INTO roster_cell ({key}, people)
        SELECT {key}, count(*) FROM rows_after {counted} GROUP BY {key} ORDER BY cell
        ON CONFLICT (cell) DO UPDATE SET people = roster_cell.people + excluded.people;
    WHEN 'DELETE' THEN
        UPDATE roster_cell c SET people = c.people - gone.people
        FROM (SELECT cell, count(*) AS people FROM rows_before {counted} GROUP BY cell) gone WHERE c.cell = gone.cell;
    ELSE
        INSERT INTO roster_cell ({key}, people)
        SELECT {key}, sum(one) FROM (
            SELECT {key}, 1 AS one FROM rows_after {counted}
            UNION ALL SELECT {key}, -1 FROM rows_before {counted}) moved
        GROUP BY {key} HAVING sum(one) <> 0 ORDER BY cell
        ON CONFLICT (cell) DO UPDATE SET people = roster_cell.people + excluded.people;
    END CASE;
    RETURN NULL;
END $$
"""
"""How many of whom nobody tells that they have died: those lack neither a commissioner nor a group."""
OPEN_TO_SERVICE = {
    "words_of_death(uuid[])": WORDS,
    "holders_reported_dead()": HOLDERS,
    "officers_apart(uuid[], text)": OFFICERS,
}
FUNCTIONS = {
    "told_of(uuid)": TOLD_OF,
    "reported_death(uuid)": REPORTED,
    "keep_reported_death(uuid)": KEEP,
    "hear_of_death()": HEAR,
    **OPEN_TO_SERVICE,
}
TRIGGERS = {
    "recheck_tells_death": (
        "recheck",
        "INSERT OR UPDATE OF stage, looked_on, person_id",
        "WHEN (NEW.trigger = 'death') EXECUTE FUNCTION hear_of_death('died')",
    ),
    "survey_entry_tells_death": (
        "survey_entry",
        "INSERT OR UPDATE OF stage",
        "WHEN (NEW.stage = 'dead') EXECUTE FUNCTION hear_of_death('died')",
    ),
    "survey_entry_tells_life": (
        "survey_entry",
        "INSERT OR UPDATE OF stage",
        "WHEN (NEW.stage NOT IN ('listed', 'unreachable', 'dead')) EXECUTE FUNCTION hear_of_death('lives')",
    ),
    "home_visit_tells_death": (
        "home_visit",
        "INSERT OR UPDATE OF found_dead_on, seen_on, person_id",
        "WHEN (NEW.found_dead_on IS NOT NULL) EXECUTE FUNCTION hear_of_death('died')",
    ),
    "home_visit_tells_life": (
        "home_visit",
        "INSERT OR UPDATE OF found_dead_on, seen_on, person_id",
        "WHEN (NEW.found_dead_on IS NULL) EXECUTE FUNCTION hear_of_death('lives')",
    ),
    "death_is_taken_back": (
        "death_taken_back",
        "INSERT OR UPDATE OF person_id",
        "EXECUTE FUNCTION hear_of_death('died')",
    ),
    "roster_knows_of_death": ("roster", "INSERT", "EXECUTE FUNCTION hear_of_death('died')"),
}
TOLD_BEFORE = """
SELECT keep_reported_death(told.person_id) FROM (
    SELECT person_id FROM recheck WHERE trigger = 'death' AND stage IN ('open', 'stopped')
    UNION SELECT person_id FROM survey_entry WHERE stage = 'dead') told
"""


def upgrade() -> None:
    op.add_column("roster", sa.Column("reported_dead_on", sa.Date(), nullable=True))
    op.add_column("home_visit", sa.Column("found_dead_on", sa.Date(), nullable=True))
    op.create_table(
        "death_taken_back",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("records", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("taken_back_on", sa.Date(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_death_taken_back_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_death_taken_back")),
    )
    op.create_index("ix_death_taken_back_person_id", "death_taken_back", ["person_id", "id"])
    op.execute("ALTER TABLE death_taken_back ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE death_taken_back FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY death_taken_back_{name} ON death_taken_back {rule}")
    op.execute(f"GRANT SELECT, INSERT ON death_taken_back TO {SERVICE}")
    op.execute("GRANT SELECT, UPDATE (person_id) ON death_taken_back TO yian_gate")
    op.execute(f"GRANT UPDATE (found_dead_on) ON home_visit TO {SERVICE}")
    for function, made in FUNCTIONS.items():
        op.execute(made)
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    for function in OPEN_TO_SERVICE:
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {SERVICE}")
    op.execute(IS_KNOWN_DEAD.format(said=BY_WORDS))
    op.execute(COUNT.format(key=KEY, counted="WHERE reported_dead_on IS NULL"))
    for name, (table, events, what) in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} AFTER {events} ON {table} FOR EACH ROW {what}")
    op.execute("SET LOCAL yian.reach = 'cases'")
    op.execute(TOLD_BEFORE)
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_roster_reported_dead",
            "roster",
            ["region_path", "person_id"],
            postgresql_ops={"region_path": "text_pattern_ops"},
            postgresql_where="reported_dead_on IS NOT NULL",
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute("UPDATE roster SET reported_dead_on = NULL WHERE reported_dead_on IS NOT NULL")
    op.execute(COUNT.format(key=KEY, counted=""))
    op.execute(IS_KNOWN_DEAD.format(said=BY_SURVEYS_AND_RECHECKS))
    for name, (table, _, _) in TRIGGERS.items():
        op.execute(f"DROP TRIGGER {name} ON {table}")
    for function in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("death_taken_back")
    op.drop_index("ix_roster_reported_dead", table_name="roster")
    op.drop_column("home_visit", "found_dead_on")
    op.drop_column("roster", "reported_dead_on")
