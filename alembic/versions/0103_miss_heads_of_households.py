"""Miss heads of households: the roster says who lives with others and around nobody, in the transaction of the move.

A household is on record around one person. Where that one moves away, or others move away from that one, those who are
left together have nobody until an officer records who it is. Triggers on who lives with whom keep it, as the roster is
kept in all else; whoever is not on it, and somebody who lives alone, lacks nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

KEEP = """
CREATE FUNCTION keep_heads(home uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    lacks boolean;
BEGIN
    SELECT count(*) > 1 AND NOT bool_or(m.relation = 'head') INTO lacks FROM household_member m
    WHERE m.household_id = home AND m.valid_to IS NULL;
    UPDATE roster r SET lacks_head = lacks, version = r.version + 1 FROM household_member m
    WHERE m.household_id = home AND m.valid_to IS NULL AND r.person_id = m.person_id AND r.lacks_head <> lacks;
END $$
"""
"""It is `lacks_head` of the domain, of all who live there, whoever may know of them."""
OF_MEMBER = """
CREATE FUNCTION keep_heads_of_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    changed constant household_member := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE roster r SET lacks_head = false, version = r.version + 1 WHERE r.person_id = OLD.person_id
            AND r.lacks_head AND NOT EXISTS (
                SELECT FROM household_member m WHERE m.person_id = OLD.person_id AND m.valid_to IS NULL);
    END IF;
    PERFORM keep_heads(changed.household_id);
    RETURN NULL;
END $$
"""
OF_NEWCOMER = """
CREATE FUNCTION keep_heads_of_newcomer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM keep_heads(m.household_id) FROM household_member m WHERE m.person_id = NEW.person_id AND m.valid_to IS NULL;
    RETURN NULL;
END $$
"""
FUNCTIONS = {
    "keep_heads(uuid)": KEEP,
    "keep_heads_of_row()": OF_MEMBER,
    "keep_heads_of_newcomer()": OF_NEWCOMER,
}
TRIGGERS = {
    "household_member_keeps_heads": (
        "household_member",
        "INSERT OR UPDATE OF valid_to, relation, person_id OR DELETE",
        "keep_heads_of_row",
    ),
    "roster_knows_of_head": ("roster", "INSERT", "keep_heads_of_newcomer"),
}
SO_FAR = """
UPDATE roster r SET lacks_head = true FROM household_member own
WHERE own.person_id = r.person_id AND own.valid_to IS NULL AND own.household_id IN (
    SELECT m.household_id FROM household_member m WHERE m.valid_to IS NULL
    GROUP BY m.household_id HAVING count(*) > 1 AND NOT bool_or(m.relation = 'head'))
"""


def upgrade() -> None:
    op.add_column("roster", sa.Column("lacks_head", sa.Boolean(), nullable=False, server_default=sa.false()))
    for function, made in FUNCTIONS.items():
        op.execute(made)
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    for name, (table, events, function) in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()")
    op.execute("SET LOCAL yian.reach = 'cases'")
    op.execute(SO_FAR)
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_roster_lacks_head",
            "roster",
            ["region_path", "person_id"],
            postgresql_ops={"region_path": "text_pattern_ops"},
            postgresql_where="lacks_head",
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    for name, (table, _, _) in TRIGGERS.items():
        op.execute(f"DROP TRIGGER {name} ON {table}")
    for function in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_index("ix_roster_lacks_head", table_name="roster")
    op.drop_column("roster", "lacks_head")
