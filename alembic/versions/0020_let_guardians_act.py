"""Let guardians act: the gate says for whom the caller's person may act today, and opens what is theirs.

The gate gets an argument more, in which capacities the operation may be done for another person. The function without
it stays for programs of the version before, and opens nothing new.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ENTER = """
CREATE FUNCTION enter(
    subject uuid, client uuid, token text, wanted text[], by_area text[], reach text, acting text[]
)
RETURNS TABLE (
    person_id uuid, clock_id uuid, clock_offset bigint, revision bigint, memberships jsonb, wards jsonb
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today constant date := (now() AT TIME ZONE 'Asia/Shanghai')::date;
    business_day date;
    for_whom uuid[] := '{}';
BEGIN
    SELECT a.person_id, c.clock_id, coalesce(k.offset_seconds, 0)
    INTO person_id, clock_id, clock_offset
    FROM account a
    JOIN client c ON c.id = client AND c.disabled_at IS NULL
    LEFT JOIN clock k ON k.id = c.clock_id
    WHERE a.id = subject AND a.disabled_at IS NULL
      AND NOT EXISTS (SELECT FROM revocation r WHERE r.token_id = token);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    business_day := ((now() + make_interval(secs => clock_offset)) AT TIME ZONE 'Asia/Shanghai')::date;

    wards := '[]';
    IF person_id IS NOT NULL THEN
        SELECT coalesce(jsonb_agg(g.person_id), '[]'),
               coalesce(array_agg(g.person_id) FILTER (
                   WHERE g.scope = ANY (acting) AND g.proof IN ('authority', 'counter') AND 'citizen' = ANY (wanted)),
                   '{}')
        INTO wards, for_whom
        FROM guardianship g
        WHERE g.guardian_id = enter.person_id
          AND g.valid_from <= business_day AND (g.valid_to IS NULL OR g.valid_to >= business_day);
    END IF;

    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'organisation_id', m.organisation_id, 'role', m.role, 'region', m.region_path,
               'valid_from', m.valid_from, 'valid_to', m.valid_to)), '[]'),
           set_config('yian.areas', coalesce(
               array_agg(m.region_path || '/') FILTER (WHERE m.role = ANY (by_area)), '{}')::text, true),
           set_config('yian.parties', (
               array_remove(ARRAY[subject, person_id], NULL) || for_whom
               || coalesce(array_agg(m.organisation_id) FILTER (WHERE NOT m.role = ANY (by_area)), '{}'))::text, true)
    INTO memberships
    FROM membership m
    WHERE m.account_id = subject AND m.role = ANY (wanted)
      AND m.valid_from <= today AND (m.valid_to IS NULL OR m.valid_to >= today);

    PERFORM set_config('yian.actor', subject::text, true), set_config('yian.reach', reach, true),
        set_config('yian.client', client::text, true), set_config('yian.today', business_day::text, true);
    wards := jsonb_build_object('all', wards, 'acts_for', to_jsonb(for_whom));
    revision := (SELECT max(id) FROM rule);
    RETURN NEXT;
END $$
"""
SIGNATURE = "enter(uuid, uuid, text, text[], text[], text, text[])"
STATEMENTS = (
    ENTER,
    f"ALTER FUNCTION {SIGNATURE} OWNER TO yian_gate",
    f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO yian_app, yian_worker",
    "GRANT SELECT ON guardianship TO yian_gate",
    "CREATE POLICY guardianship_gated ON guardianship FOR SELECT TO yian_gate USING (true)",
    "ALTER TABLE guardianship ADD CONSTRAINT ck_guardianship_scope CHECK (scope IN ('guardian', 'agent')) NOT VALID",
    "ALTER TABLE guardianship VALIDATE CONSTRAINT ck_guardianship_scope",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("ALTER TABLE guardianship DROP CONSTRAINT ck_guardianship_scope")
    op.execute("DROP POLICY guardianship_gated ON guardianship")
    op.execute("REVOKE SELECT ON guardianship FROM yian_gate")
    op.execute(f"DROP FUNCTION {SIGNATURE}")
