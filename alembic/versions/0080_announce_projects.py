"""Announce projects: terms, what is taken of them, and the dated list of who benefits, each behind its walls.

The database counts places and money as beneficiaries come and leave, over everybody, and refuses whoever would exceed
them: no step can forget it, whatever was read before. Nobody is on one list twice in the same days.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
AROUND = f"(SELECT true FROM unnest({AREAS}::text[]) own WHERE own ^@ (region_path || '/') LIMIT 1)"
"""The project is for an area of the caller's, and for more."""
IN_IT = "(SELECT true FROM beneficiary b WHERE b.project_id = project.id LIMIT 1)"
"""Somebody is in it whom the caller sees, by the wall of the beneficiaries."""
OWN = f"person_id = ANY ({PARTIES}::uuid[])"
KEPT = f"{CASES} AND {IN_AREA}"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
AT_WORK = "coalesce(current_setting('yian.reach', true), '') <> ''"
"""The owner of the tables is in `yian_gate` too: a back-fill that forgets to say so must still change nothing."""
MIGRATED = f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
GATED = f"TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})"
POLICIES = {
    "project": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR (stage <> 'draft' AND {AROUND}) OR {IN_IT})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({KEPT})",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({KEPT}) WITH CHECK ({KEPT})",
        "gated": GATED,
        "migrated": MIGRATED,
    },
    "project_account": {
        "seen": f"FOR SELECT TO {SERVICE} USING (true)",
        "counted": GATED,
        "migrated": MIGRATED,
    },
    "beneficiary": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR {OWN})",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({KEPT} AND lies_in(person_id, {AREAS}::text[]))",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({KEPT}) WITH CHECK ({KEPT})",
        "merged": GATED,
        "migrated": MIGRATED,
    },
}
GRANTS = (
    f"GRANT SELECT, INSERT, UPDATE (stage, detail, version) ON project TO {SERVICE}",
    "GRANT SELECT, UPDATE (version) ON project TO yian_gate",
    f"GRANT SELECT ON project_account TO {SERVICE}",
    "GRANT SELECT, INSERT, UPDATE (places_held, held_fen) ON project_account TO yian_gate",
    f"GRANT SELECT, INSERT ON beneficiary TO {SERVICE}",
    f"GRANT UPDATE (stage, spent_fen, has_benefited, ended_on, detail_cipher, version) ON beneficiary TO {SERVICE}",
    "GRANT SELECT, UPDATE (person_id) ON beneficiary TO yian_gate",
)
"""The gate holds a project while it counts, so that none is closed meanwhile: that takes a right to change it."""
ONCE = """
ALTER TABLE beneficiary ADD CONSTRAINT ex_beneficiary_once EXCLUDE USING gist (
    project_id WITH =, person_id WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
WHERE (stage IN ('proposed', 'enrolled'))
"""
NO_CLOCK = "'00000000-0000-0000-0000-000000000000'"
COUNT = f"""
CREATE FUNCTION count_beneficiaries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    places integer := 0;
    fen bigint := 0;
    own beneficiary := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    by_clock uuid;
    of_project project;
    account project_account;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        places := places - (OLD.stage = 'enrolled')::integer;
        fen := fen - CASE OLD.stage WHEN 'enrolled' THEN OLD.amount_fen WHEN 'ended' THEN OLD.spent_fen ELSE 0 END;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        places := places + (NEW.stage = 'enrolled')::integer;
        fen := fen + CASE NEW.stage WHEN 'enrolled' THEN NEW.amount_fen WHEN 'ended' THEN NEW.spent_fen ELSE 0 END;
    END IF;
    IF places = 0 AND fen = 0 THEN RETURN NULL; END IF;
    SELECT * INTO of_project FROM project p WHERE p.id = own.project_id FOR SHARE;
    IF places > 0 AND of_project.stage <> 'open' THEN
        RAISE EXCEPTION 'the project is not open' USING ERRCODE = '23514', CONSTRAINT = 'project_open';
    END IF;
    SELECT p.clock_id INTO by_clock FROM person p WHERE p.id = own.person_id;
    INSERT INTO project_account AS there (project_id, clock_id, places_held, held_fen)
    VALUES (own.project_id, coalesce(by_clock, {NO_CLOCK}), greatest(0, places), greatest(0, fen))
    ON CONFLICT (project_id, clock_id) DO UPDATE
        SET places_held = greatest(0, there.places_held + places), held_fen = greatest(0, there.held_fen + fen)
    RETURNING there.* INTO account;
    IF places > 0 AND account.places_held > of_project.quota THEN
        RAISE EXCEPTION 'no place is left' USING ERRCODE = '23514', CONSTRAINT = 'project_quota_left';
    END IF;
    IF fen > 0 AND account.held_fen > of_project.budget_fen THEN
        RAISE EXCEPTION 'the money is not enough' USING ERRCODE = '23514', CONSTRAINT = 'project_budget_left';
    END IF;
    RETURN NULL;
END $$
"""
RECEIVED_SIGNATURE = "benefits_received(uuid)"
RECEIVED = """
CREATE FUNCTION benefits_received(of_person uuid) RETURNS TABLE (
    as_what text, id uuid, codes text[], since date, until date, project_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT received.* FROM (
    SELECT 'project', b.id, p.services, b.valid_from,
        CASE b.stage WHEN 'ended' THEN greatest(b.valid_from, b.ended_on) ELSE b.valid_to END, p.id, p.name
    FROM beneficiary b JOIN project p ON p.id = b.project_id
    WHERE b.person_id = of_person AND b.has_benefited
    UNION ALL
    SELECT 'benefit', c.id, ARRAY[c.code],
        coalesce((c.detail->'granted'->>'first_month')::date, (c.submitted_at AT TIME ZONE 'Asia/Shanghai')::date),
        ((c.detail->'granted'->>'last_month')::date + interval '1 month' - interval '1 day')::date, NULL, ''
    FROM benefit_case c WHERE c.person_id = of_person AND c.stage = 'granted'
    UNION ALL
    SELECT 'service', r.id, ARRAY[s.code],
        coalesce((r.detail->>'begins_on')::date, (r.detail->'deliveries'->0->>'on')::date,
            (r.offered_at AT TIME ZONE 'Asia/Shanghai')::date),
        CASE WHEN r.stage NOT IN ('accepted', 'delivered', 'paused') THEN
            coalesce((r.detail->'deliveries'->-1->>'on')::date, (r.detail->>'begins_on')::date,
                (r.offered_at AT TIME ZONE 'Asia/Shanghai')::date) END,
        NULL, ''
    FROM referral r JOIN service s ON s.id = r.service_id
    WHERE r.person_id = of_person AND (r.stage IN ('accepted', 'delivered', 'paused', 'confirmed')
        OR r.stage IN ('overridden', 'revoked', 'transferred') AND r.detail->'deliveries'->0 IS NOT NULL)
) received
WHERE current_setting('yian.reach') = 'cases' AND lies_in(of_person, current_setting('yian.areas')::text[])
$$
"""
"""What somebody has or had, wherever it was given: whoever looks after the person may know of it, and nobody else."""
MERGING = """
DO $do$ BEGIN EXECUTE replace(
    pg_get_functiondef('merge_persons(uuid, uuid, uuid)'::regprocedure), 'EXCEPTION WHEN {before} THEN',
    'EXCEPTION WHEN {after} THEN'); END $do$
"""
ON_ONE = "unique_violation"
ON_BOTH = "unique_violation OR exclusion_violation"
"""Two records that are on one list in the same days are not merged before somebody has ended one of them."""


def _tables() -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("services", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("runs_from", sa.Date(), nullable=False),
        sa.Column("runs_to", sa.Date(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("budget_fen", sa.BigInteger(), nullable=False),
        sa.Column("detail", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stage IN ('draft', 'open', 'suspended', 'closed')", name=op.f("ck_project_stage")),
        sa.CheckConstraint("quota > 0", name=op.f("ck_project_quota")),
        sa.CheckConstraint("amount_fen BETWEEN 0 AND budget_fen", name=op.f("ck_project_budget_fen")),
        sa.CheckConstraint("runs_from <= runs_to", name=op.f("ck_project_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_table(
        "project_account",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("places_held", sa.Integer(), server_default="0", nullable=False),
        sa.Column("held_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("places_held >= 0", name=op.f("ck_project_account_places_held")),
        sa.CheckConstraint("held_fen >= 0", name=op.f("ck_project_account_held_fen")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_account_project_id")),
        sa.PrimaryKeyConstraint("project_id", "clock_id", name=op.f("pk_project_account")),
    )
    op.create_table(
        "beneficiary",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("spent_fen", sa.BigInteger(), nullable=True),
        sa.Column("has_benefited", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stage IN ('proposed', 'enrolled', 'ended')", name=op.f("ck_beneficiary_stage")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_beneficiary_validity")),
        sa.CheckConstraint("amount_fen >= 0", name=op.f("ck_beneficiary_amount_fen")),
        sa.CheckConstraint("spent_fen BETWEEN 0 AND amount_fen", name=op.f("ck_beneficiary_spent_fen")),
        sa.CheckConstraint(
            "(stage = 'ended') = (ended_on IS NOT NULL AND spent_fen IS NOT NULL)", name=op.f("ck_beneficiary_ended")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_beneficiary_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_beneficiary_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beneficiary")),
    )
    op.execute(ONCE)


def _indexes() -> None:
    for table in ("project", "beneficiary"):
        op.create_index(
            f"ix_{table}_worklist",
            table,
            ["stage", "region_path", "id"],
            postgresql_ops={"region_path": "text_pattern_ops"},
        )
    op.create_index("ix_beneficiary_project_id", "beneficiary", ["project_id", "stage", "id"])
    op.create_index("ix_beneficiary_person_id", "beneficiary", ["person_id", "id"])


def upgrade() -> None:
    _tables()
    _indexes()
    for table, policies in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for name, rule in policies.items():
            op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")
    for grant in GRANTS:
        op.execute(grant)
    for function, made in {"count_beneficiaries()": COUNT, RECEIVED_SIGNATURE: RECEIVED}.items():
        op.execute(made)
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {RECEIVED_SIGNATURE} TO {SERVICE}")
    op.execute(
        "CREATE TRIGGER beneficiary_takes AFTER INSERT OR UPDATE OF stage, spent_fen OR DELETE ON beneficiary "
        "FOR EACH ROW EXECUTE FUNCTION count_beneficiaries()"
    )
    op.execute(MERGING.format(before=ON_ONE, after=ON_BOTH))


def downgrade() -> None:
    op.execute(MERGING.format(before=ON_BOTH, after=ON_ONE))
    op.execute(f"DROP FUNCTION {RECEIVED_SIGNATURE}")
    op.execute("DROP POLICY project_seen ON project")
    op.drop_table("beneficiary")
    op.execute("DROP FUNCTION count_beneficiaries()")
    op.drop_table("project_account")
    op.drop_table("project")
