"""Keep the roster of each day: from when to when somebody stood on it, where and of which category, with its walls.

Triggers on the roster write it, in the transaction that changes it. It begins on the day of this migration, and that
day is kept: of the days before, the roster can only be reconstructed. Of whoever leaves the ledger of the uncertified
at their own word nothing stays here either, and a person who is forgotten is forgotten here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA})",
    "gated": "TO yian_gate USING (true) WITH CHECK (true)",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
TODAY = "(now() AT TIME ZONE 'Asia/Shanghai')::date"
KEEP = f"""
CREATE FUNCTION keep_roster_span() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today constant date := {TODAY};
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM roster_span s WHERE s.person_id = OLD.person_id AND s.since = today;
        UPDATE roster_span s SET until = today - 1 WHERE s.person_id = OLD.person_id AND s.until IS NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO roster_span (person_id, since, region_path, category, grade)
        VALUES (NEW.person_id, today, NEW.region_path, NEW.category, NEW.grade);
    END IF;
    RETURN NULL;
END $$
"""
"""What is so at the end of a day is what the day says."""
ERASE = """
CREATE FUNCTION erase_roster_span() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM roster_span s WHERE s.person_id = OLD.person_id AND s.category IS NULL;
    RETURN NULL;
END $$
"""
FUNCTIONS = {"keep_roster_span()": KEEP, "erase_roster_span()": ERASE}
TRIGGERS = {
    "roster_span_kept": "AFTER INSERT OR DELETE ON roster FOR EACH ROW EXECUTE FUNCTION keep_roster_span()",
    "roster_span_changed": (
        "AFTER UPDATE OF region_path, category, grade ON roster FOR EACH ROW "
        "WHEN ((OLD.region_path, OLD.category, OLD.grade) IS DISTINCT FROM (NEW.region_path, NEW.category, NEW.grade)) "
        "EXECUTE FUNCTION keep_roster_span()"
    ),
    "uncertified_entry_leaves_no_span": (
        "AFTER DELETE ON uncertified_entry FOR EACH ROW EXECUTE FUNCTION erase_roster_span()"
    ),
}
STAYS, STAYS_TOO = "('roster', 'person_id'),", "('roster', 'person_id'), ('roster_span', 'person_id'),"
"""What a merge of two persons leaves where it is: on which days a record stood on the roster is so, also afterwards."""


def _rewrite(before: str, after: str) -> None:
    connection = op.get_bind()
    written = connection.exec_driver_sql(
        "SELECT pg_get_functiondef('what_names_a_person()'::regprocedure)"
    ).scalar_one()
    if before not in written:
        raise RuntimeError("what_names_a_person() is not as this migration knows it.")
    connection.exec_driver_sql(written.replace(before, after))


def upgrade() -> None:
    op.create_table(
        "roster_span",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("category", sa.SmallInteger(), nullable=True),
        sa.Column("grade", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_roster_span_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "since", name=op.f("pk_roster_span")),
    )
    op.create_index(
        "ix_roster_span_region_path",
        "roster_span",
        ["region_path", "person_id"],
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.create_table(
        "roster_kept",
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("since", name=op.f("pk_roster_kept")),
    )
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute(f"INSERT INTO roster_kept (since) VALUES ({TODAY})")
    op.execute(
        "INSERT INTO roster_span (person_id, since, region_path, category, grade) "
        f"SELECT person_id, {TODAY}, region_path, category, grade FROM roster"
    )
    op.execute("ALTER TABLE roster_span ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE roster_span FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY roster_span_{name} ON roster_span {rule}")
    op.execute(f"GRANT SELECT ON roster_span, roster_kept TO {SERVICE}")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON roster_span TO yian_gate")
    for function, made in FUNCTIONS.items():
        op.execute(made)
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    for name, made in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {made}")
    _rewrite(STAYS, STAYS_TOO)


def downgrade() -> None:
    _rewrite(STAYS_TOO, STAYS)
    for name, made in TRIGGERS.items():
        table = "uncertified_entry" if "ON uncertified_entry" in made else "roster"
        op.execute(f"DROP TRIGGER {name} ON {table}")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("roster_kept")
    op.drop_table("roster_span")
