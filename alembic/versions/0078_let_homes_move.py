"""Let homes move: dated moves of residence, and what follows a person to where the old office sees nothing.

The place that is left records a move. The roster, the person's file and what is under way for the person go along in
the same transaction; cases stay with the office that has accepted them. Columns alone are moved: aggregates take where
they lie from the column, as they take whom they are about.
"""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
"""The owner of the tables is in `yian_gate` too: a back-fill that forgets to say so must still change nothing."""
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ((region_path || '/') ^@ ANY ({AREAS}::text[]) "
    f"OR (left_path || '/') ^@ ANY ({AREAS}::text[]) OR person_id = ANY ({PARTIES}::uuid[]))",
    "written": f"TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
"""Who has lived where is known to the person, and each move to its two places, not to the next one."""
ARRIVED = (
    f"{CASES} AND name = 'person.resident_arrived' AND actor_id = {ACTOR} AND application_id IS NULL "
    "AND (SELECT true FROM residence_move m WHERE m.person_id = event.person_id AND m.region_path = event.region_path "
    f"AND m.recorded_by = {ACTOR} LIMIT 1)"
)
"""Whoever has recorded a move tells the new place, where that office may tell nothing else."""
UNDER_WAY = "('offered', 'accepted', 'delivered', 'paused')"
OF_REFERRAL = f"referral_id IN (SELECT r.id FROM referral r WHERE r.person_id = key AND r.stage IN {UNDER_WAY})"
FOLLOWS = {
    "assessment": "",
    "need": "",
    "plan": "",
    "home_visit": "",
    "delivery": f" AND {OF_REFERRAL}",
    "delivery_finding": f" AND stage = 'open' AND {OF_REFERRAL}",
    "referral": f" AND stage IN {UNDER_WAY}",
    "waiting_entry": " AND stage = 'waiting'",
    "need_report": " AND stage <> 'answered'",
}
"""What goes along, and which of it: the file of the person, and what is under way for the person."""
GO_ALONG = "\n    ".join(
    f"UPDATE {table} SET region_path = place WHERE person_id = key{which};" for table, which in FOLLOWS.items()
)
SERVES = """
    m.role = 'commissioner' AND (place || '/') ^@ (m.region_path || '/')
    AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
"""
COMMISSIONERS_AT = f"""
CREATE FUNCTION commissioners_at(place text, key uuid, on_day date)
RETURNS TABLE (account_id uuid, load integer, is_absent boolean, holds boolean, stands_in boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT a.id,
    (SELECT coalesce(sum(r.weight), 0)::integer FROM roster r WHERE r.commissioner_id = a.id AND r.person_id <> key),
    EXISTS (SELECT FROM roster r WHERE r.commissioner_id = a.id AND r.absent_until >= on_day),
    EXISTS (SELECT FROM roster r WHERE r.person_id = key AND r.commissioner_id = a.id),
    EXISTS (SELECT FROM roster r WHERE r.person_id = key AND r.deputy_id = a.id AND r.absent_until >= on_day)
FROM account a
WHERE a.disabled_at IS NULL AND EXISTS (SELECT FROM membership m WHERE m.account_id = a.id AND {SERVES})
  AND {AT_WORK} AND lies_in(key, current_setting('yian.areas')::text[])
$$
"""
"""Who could answer for somebody at a place, and what weighs on them; of the people whom they hold it tells nothing."""
IS_KNOWN_DEAD = f"""
CREATE FUNCTION is_known_dead(key uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT {AT_WORK} AND lies_in(key, current_setting('yian.areas')::text[]) AND (
    EXISTS (SELECT FROM certificate_case c WHERE c.person_id = key AND c.business = 'cancellation'
            AND c.stage = 'cancelled' AND c.detail->>'ground' = 'death')
    OR coalesce((
        SELECT e.stage = 'dead' FROM survey_entry e JOIN survey_round r ON r.id = e.round_id
        WHERE e.person_id = key AND e.stage NOT IN ('listed', 'unreachable')
        ORDER BY r.opens_on DESC, r.id DESC LIMIT 1), false))
$$
"""
"""A certificate was cancelled by reason of death, or the last survey that found anything out has found that."""
MOVE = f"""
CREATE FUNCTION move_residence(key uuid, read_version integer, place text, since date, known_by text, move_id uuid,
    on_day date, holder uuid, standing_in uuid, why jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moved integer;
    left_place text;
BEGIN
    SELECT region_path INTO left_place FROM person WHERE id = key AND version = read_version AND merged_into IS NULL
        AND {AT_WORK} AND (region_path || '/') ^@ ANY (current_setting('yian.areas')::text[]) FOR UPDATE;
    IF left_place IS NULL OR (holder IS NOT NULL
        AND NOT EXISTS (SELECT FROM commissioners_at(place, key, on_day) c WHERE c.account_id = holder)) THEN
        RETURN NULL;
    END IF;
    INSERT INTO residence_move (id, person_id, left_path, region_path, moved_on, source, recorded_by, recorded_on)
    VALUES (move_id, key, left_place, place, since, known_by, current_setting('yian.actor')::uuid, on_day);
    UPDATE person SET region_path = place, residence_since = since, version = version + 1 WHERE id = key
    RETURNING version INTO moved;
    UPDATE roster r SET commissioner_id = holder, deputy_id = standing_in,
        absent_until = CASE WHEN r.commissioner_id = holder THEN r.absent_until END,
        reason = CASE WHEN r.commissioner_id = holder THEN r.reason ELSE why END,
        placed_by = current_setting('yian.actor')::uuid, placed_on = on_day, version = r.version + 1
    WHERE r.person_id = key
      AND (r.commissioner_id IS DISTINCT FROM holder OR r.deputy_id IS DISTINCT FROM standing_in);
    {GO_ALONG}
    UPDATE uncertified_entry e SET region_path = place, owner_id = coalesce((
        SELECT m.organisation_id FROM membership m WHERE m.account_id = holder AND {SERVES} LIMIT 1), e.owner_id)
    WHERE e.person_id = key AND e.stage = 'open';
    UPDATE survey_finding SET region_path = place, owner_id = NULL WHERE person_id = key AND stage = 'open';
    PERFORM move_in_surveys(key, place, on_day);
    RETURN moved;
END $$
"""
"""The one way to move a home: by an office of the place that is left, of a row as it was read, all or nothing."""
MOVE_IN_SURVEYS = """
CREATE FUNCTION move_in_surveys(key uuid, place text, on_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE survey_entry e SET stage = 'moved', difference = 'moved', version = e.version + 1,
        detail = e.detail || jsonb_build_object('stage', 'moved', 'difference', 'moved', 'recorded_on', on_day,
            'done', coalesce(e.detail->'done', '[]') || jsonb_build_object('action', 'find_moved', 'stage', 'moved',
                'on', on_day, 'by', current_setting('yian.actor')))
    FROM survey_round r
    WHERE r.id = e.round_id AND r.stage = 'open' AND NOT (place || '/') ^@ (r.region_path || '/')
      AND e.person_id = key AND e.stage IN ('listed', 'unreachable');
    UPDATE survey_entry e SET region_path = place, owner_id = NULL, version = e.version + 1,
        stage = CASE e.stage WHEN 'moved' THEN 'listed' ELSE e.stage END,
        difference = CASE e.stage WHEN 'moved' THEN NULL ELSE e.difference END,
        detail = e.detail || jsonb_build_object('region', place, 'owner_id', NULL)
            || CASE e.stage WHEN 'moved' THEN '{"stage": "listed", "difference": null, "recorded_on": null}'::jsonb
               ELSE '{}'::jsonb END
    FROM survey_round r
    WHERE r.id = e.round_id AND r.stage = 'open' AND (place || '/') ^@ (r.region_path || '/')
      AND e.person_id = key AND e.stage IN ('listed', 'unreachable', 'moved');
    INSERT INTO survey_entry (id, round_id, person_id, region_path, population, stage, detail, version)
    SELECT w.id, r.id, key, place, r.population, 'listed', jsonb_build_object('id', w.id, 'round_id', r.id,
        'person_id', key, 'region', place, 'population', r.population), 1
    FROM survey_round r CROSS JOIN LATERAL (SELECT gen_random_uuid() AS id WHERE r.id IS NOT NULL) w
    WHERE r.stage = 'open' AND (place || '/') ^@ (r.region_path || '/') AND CASE r.population
        WHEN 'holders' THEN EXISTS (SELECT FROM certificate_version v WHERE v.person_id = key AND v.is_current
            AND v.status = 'in_force' AND v.issued_on <= on_day AND v.valid_until >= on_day)
        ELSE EXISTS (SELECT FROM uncertified_entry u WHERE u.person_id = key AND u.stage = 'open') END
    ON CONFLICT (round_id, person_id) DO NOTHING;
END $$
"""
"""Whoever leaves the area of a round has moved; whoever stays is asked at the new home; a round there takes in."""
FUNCTIONS = {
    "commissioners_at(text, uuid, date)": COMMISSIONERS_AT,
    "is_known_dead(uuid)": IS_KNOWN_DEAD,
    "move_in_surveys(uuid, text, date)": MOVE_IN_SURVEYS,
    "move_residence(uuid, integer, text, date, text, uuid, date, uuid, uuid, jsonb)": MOVE,
}
INNER = "move_in_surveys(uuid, text, date)"
ENTRY_COLUMNS = "region_path, owner_id, stage, difference, detail, version"
SURVEYED = {
    "survey_round_gated": "survey_round FOR SELECT TO yian_gate USING (true)",
    "survey_entry_gated": f"survey_entry TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
}


def upgrade() -> None:
    op.add_column("person", sa.Column("residence_since", sa.Date(), nullable=True))
    op.create_table(
        "residence_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("left_path", sa.Text(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_residence_move_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residence_move")),
    )
    op.create_index("ix_residence_move_person_id", "residence_move", ["person_id", "id"])
    op.execute("ALTER TABLE residence_move ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE residence_move FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY residence_move_{name} ON residence_move {rule}")
    op.execute(f"GRANT SELECT ON residence_move TO {SERVICE}")
    op.execute("GRANT SELECT, INSERT, UPDATE (person_id) ON residence_move TO yian_gate")
    op.execute("GRANT UPDATE (region_path, residence_since) ON person TO yian_gate")
    for table in FOLLOWS:
        op.execute(f"GRANT UPDATE (region_path) ON {table} TO yian_gate")
    op.execute("GRANT UPDATE (region_path, owner_id) ON uncertified_entry, survey_finding TO yian_gate")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ({ENTRY_COLUMNS}) ON survey_entry TO yian_gate")
    op.execute("GRANT SELECT ON survey_round TO yian_gate")
    for name, rule in SURVEYED.items():
        op.execute(f"CREATE POLICY {name} ON {rule}")
    for function, made in FUNCTIONS.items():
        op.execute(made)
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        if function != INNER:
            op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {SERVICE}")
    op.execute(f"CREATE POLICY event_of_arrival_added ON event FOR INSERT TO {SERVICE} WITH CHECK ({ARRIVED})")


def downgrade() -> None:
    op.execute("DROP POLICY event_of_arrival_added ON event")
    for function in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {function}")
    for name, rule in SURVEYED.items():
        op.execute(f"DROP POLICY {name} ON {rule.partition(' ')[0]}")
    op.execute("REVOKE SELECT ON survey_round FROM yian_gate")
    op.execute(f"REVOKE SELECT, INSERT, UPDATE ({ENTRY_COLUMNS}) ON survey_entry FROM yian_gate")
    op.execute("REVOKE UPDATE (region_path, owner_id) ON uncertified_entry, survey_finding FROM yian_gate")
    for table in FOLLOWS:
        op.execute(f"REVOKE UPDATE (region_path) ON {table} FROM yian_gate")
    op.execute("REVOKE UPDATE (region_path, residence_since) ON person FROM yian_gate")
    op.drop_table("residence_move")
    op.drop_column("person", "residence_since")
