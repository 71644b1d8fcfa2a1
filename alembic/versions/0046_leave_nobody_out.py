"""Leave nobody out: a roster that the registers themselves keep, with a commissioner, a plan and groups, and its walls.

Whoever comes to a certificate or onto the ledger of the uncertified stands on the roster in the same transaction, once,
and whoever leaves both leaves it: triggers see to it, so that no program can forget anybody. One row has one column for
the commissioner who answers, so nobody has two; where it is empty, that is a gap with a name.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
KEPT = f"{REACH} = 'cases' AND ({IN_AREA})"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
POLICIES = {
    "roster": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR {SELF})",
        "changed": f"FOR UPDATE TO {SERVICE} USING ({KEPT}) WITH CHECK ({KEPT})",
        "gated": "TO yian_gate USING (true) WITH CHECK (true)",
        "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    },
    "roster_cell": {
        "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA})",
        "gated": "TO yian_gate USING (true) WITH CHECK (true)",
        "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    },
    "person_group": {
        "seen": f"FOR SELECT TO {SERVICE} USING (true)",
        "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({KEPT})",
        "left": f"FOR DELETE TO {SERVICE} USING ({KEPT})",
        "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    },
}
"""Only the registers put anybody on the roster or take anybody off it. Cells and groups name nobody."""
CHANGING = (
    "commissioner_id, reason, placed_by, placed_on, absent_until, deputy_id, flags, weight, every_days, visited_on, "
    "due_on, rule_versions, planned_on, version"
)
KEEP = """
CREATE FUNCTION keep_on_roster(who uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today constant date := (now() AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
    INSERT INTO roster (person_id, region_path, category, grade, listed_on, due_on)
    SELECT p.id, p.region_path, held.category, held.grade, today, today
    FROM person p LEFT JOIN certificate_version held
        ON held.person_id = p.id AND held.is_current AND held.status IN ('in_force', 'frozen')
    WHERE p.id = who AND p.merged_into IS NULL AND (held.category IS NOT NULL
        OR EXISTS (SELECT FROM uncertified_entry e WHERE e.person_id = p.id AND e.stage = 'open'))
    ON CONFLICT (person_id) DO UPDATE
        SET region_path = excluded.region_path, category = excluded.category, grade = excluded.grade;
    IF NOT FOUND THEN
        DELETE FROM roster r WHERE r.person_id = who;
    END IF;
END $$
"""
"""A certificate that has run out keeps its holder on the roster: that is who is to be visited. Only a cancelled one
takes somebody off."""
OF_ROW = """
CREATE FUNCTION keep_row_on_roster() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM keep_on_roster(CASE TG_OP WHEN 'DELETE' THEN OLD.person_id ELSE NEW.person_id END);
    RETURN NULL;
END $$
"""
OF_PERSON = """
CREATE FUNCTION keep_person_on_roster() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM keep_on_roster(NEW.id);
    RETURN NULL;
END $$
"""
CELL = (
    "region_path || '/' || coalesce(category::text, '') || '/' || coalesce(commissioner_id::text, '') || '/' "
    "|| coalesce((absent_until - '2000-01-01'::date)::text, '') || '/' || coalesce(deputy_id::text, '')"
)
"""All on which it depends whether somebody lacks a commissioner or a group, in one text that an index finds."""
KEY = "cell, region_path, category, commissioner_id, absent_until, deputy_id"
COUNT = f"""
CREATE FUNCTION count_roster() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    CASE TG_OP
    WHEN 'INSERT' THEN
        INSERT INTO roster_cell ({KEY}, people)
        SELECT {KEY}, count(*) FROM rows_after GROUP BY {KEY} ORDER BY cell
        ON CONFLICT (cell) DO UPDATE SET people = roster_cell.people + excluded.people;
    WHEN 'DELETE' THEN
        UPDATE roster_cell c SET people = c.people - gone.people
        FROM (SELECT cell, count(*) AS people FROM rows_before GROUP BY cell) gone WHERE c.cell = gone.cell;
    ELSE
        INSERT INTO roster_cell ({KEY}, people)
        SELECT {KEY}, sum(one) FROM (
            SELECT {KEY}, 1 AS one FROM rows_after UNION ALL SELECT {KEY}, -1 FROM rows_before) moved
        GROUP BY {KEY} HAVING sum(one) <> 0 ORDER BY cell
        ON CONFLICT (cell) DO UPDATE SET people = roster_cell.people + excluded.people;
    END CASE;
    RETURN NULL;
END $$
"""
"""How many stand in each cell: what would be counted over a whole county each time somebody asks for its gaps."""
COUNTED = {
    "INSERT": "NEW TABLE AS rows_after",
    "UPDATE": "OLD TABLE AS rows_before NEW TABLE AS rows_after",
    "DELETE": "OLD TABLE AS rows_before",
}
FUNCTIONS = {
    "count_roster()": COUNT,
    "keep_on_roster(uuid)": KEEP,
    "keep_row_on_roster()": OF_ROW,
    "keep_person_on_roster()": OF_PERSON,
}
TRIGGERS = {
    "certificate_version": ("INSERT OR UPDATE OF status, is_current, category, grade", "keep_row_on_roster"),
    "uncertified_entry": ("INSERT OR UPDATE OF stage OR DELETE", "keep_row_on_roster"),
    "person": ("UPDATE OF region_path, merged_into", "keep_person_on_roster"),
}
FILLED = """
INSERT INTO roster (person_id, region_path, category, grade, listed_on, due_on)
SELECT p.id, p.region_path, held.category, held.grade, current_date, current_date
FROM person p LEFT JOIN certificate_version held
    ON held.person_id = p.id AND held.is_current AND held.status IN ('in_force', 'frozen')
WHERE p.merged_into IS NULL AND (held.category IS NOT NULL
    OR EXISTS (SELECT FROM uncertified_entry e WHERE e.person_id = p.id AND e.stage = 'open'))
ON CONFLICT DO NOTHING
"""


def upgrade() -> None:
    op.create_table(
        "roster",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("category", sa.SmallInteger(), nullable=True),
        sa.Column("grade", sa.SmallInteger(), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("commissioner_id", sa.Uuid(), nullable=True),
        sa.Column("reason", postgresql.JSONB(), nullable=True),
        sa.Column("placed_by", sa.Uuid(), nullable=True),
        sa.Column("placed_on", sa.Date(), nullable=True),
        sa.Column("absent_until", sa.Date(), nullable=True),
        sa.Column("deputy_id", sa.Uuid(), nullable=True),
        sa.Column("flags", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"),
        sa.Column("weight", sa.SmallInteger(), nullable=False, server_default="1"),
        sa.Column("every_days", sa.Integer(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("rule_versions", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("cell", sa.Text(), sa.Computed(CELL, persisted=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roster_person_id")),
        sa.ForeignKeyConstraint(["commissioner_id"], ["account.id"], name=op.f("fk_roster_commissioner_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["account.id"], name=op.f("fk_roster_deputy_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_roster")),
    )
    op.create_index(
        "ix_roster_region_path",
        "roster",
        ["region_path", "person_id"],
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.create_index("ix_roster_cell", "roster", ["cell", "person_id"])
    op.create_table(
        "roster_cell",
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("category", sa.SmallInteger(), nullable=True),
        sa.Column("commissioner_id", sa.Uuid(), nullable=True),
        sa.Column("absent_until", sa.Date(), nullable=True),
        sa.Column("deputy_id", sa.Uuid(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("cell", name=op.f("pk_roster_cell")),
    )
    op.create_index("ix_roster_commissioner_id", "roster", ["commissioner_id", "due_on"])
    op.create_index("ix_roster_deputy_id", "roster", ["deputy_id"], postgresql_where="deputy_id IS NOT NULL")
    op.create_table(
        "person_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("category", sa.SmallInteger(), nullable=True),
        sa.Column("adopted_by", sa.Uuid(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.CheckConstraint("kind IN ('area', 'category')", name=op.f("ck_person_group_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_group")),
    )
    op.create_index(
        "ix_person_group_region_path",
        "person_group",
        ["region_path", "id"],
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    for table, policies in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for name, rule in policies.items():
            op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")
    op.execute(f"GRANT SELECT ON roster, roster_cell TO {SERVICE}")
    op.execute(f"GRANT UPDATE ({CHANGING}) ON roster TO {SERVICE}")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON roster TO yian_gate")
    op.execute("GRANT SELECT, INSERT, UPDATE ON roster_cell TO yian_gate")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON person_group TO {SERVICE}")
    op.execute("GRANT SELECT ON uncertified_entry TO yian_gate")
    op.execute("CREATE POLICY uncertified_entry_gated ON uncertified_entry FOR SELECT TO yian_gate USING (true)")
    for function, made in FUNCTIONS.items():
        op.execute(made)
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    for event, tables in COUNTED.items():
        op.execute(
            f"CREATE TRIGGER roster_{event.lower()}_counted AFTER {event} ON roster REFERENCING {tables} "
            "FOR EACH STATEMENT EXECUTE FUNCTION count_roster()"
        )
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute(FILLED)
    for table, (events, function) in TRIGGERS.items():
        op.execute(
            f"CREATE TRIGGER {table}_keeps_roster AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
        )


def downgrade() -> None:
    for table in TRIGGERS:
        op.execute(f"DROP TRIGGER {table}_keeps_roster ON {table}")
    for event in COUNTED:
        op.execute(f"DROP TRIGGER roster_{event.lower()}_counted ON roster")
    for function in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP POLICY uncertified_entry_gated ON uncertified_entry")
    op.execute("REVOKE SELECT ON uncertified_entry FROM yian_gate")
    op.drop_table("person_group")
    op.drop_table("roster_cell")
    op.drop_table("roster")
