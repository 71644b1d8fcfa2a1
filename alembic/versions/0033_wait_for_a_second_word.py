"""Wait for a second person's word: confirmations with their walls, and the household that may be asked.

A household member who is asked is a party to the confirmation and to nothing else. Whoever says yes or no has the case
go on, or taken back, where it is: by one function, in the transaction of that word.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
FOLLOWER = (
    f"(SELECT true FROM party p WHERE p.case_id = application_id AND p.role <> 'evaluator' "
    f"AND p.party_id = ANY ({PARTIES}::uuid[]) LIMIT 1)"
)
"""The caller is a party to the whole application, other than as an institution."""
ASKED = (
    f"(SELECT true FROM party p WHERE p.case_id = confirmation.id AND p.role = 'citizen' "
    f"AND p.party_id = ANY ({PARTIES}::uuid[]) LIMIT 1)"
)
"""The caller is of the household, and is asked."""
SEEN = f"{IN_AREA} OR {SELF} OR {FOLLOWER} OR {ASKED}"
OF_OPEN = (
    "(SELECT true FROM application whole WHERE whole.id = confirmation.application_id AND NOT whole.is_finished "
    "AND whole.person_id = confirmation.person_id AND whole.region_path = confirmation.region_path LIMIT 1)"
)
ADDED = (
    f"({REACH} IN ('cases', 'intake') AND ({IN_AREA} OR {SELF})) OR ({REACH} = 'cases' AND {FOLLOWER} AND {OF_OPEN}) "
    f"OR ({REACH} = 'intake' AND {AREAS} = '{{}}' AND is_new(application_id))"
)
"""A portal takes somebody in, who may live anywhere, or lets what it follows grow; an office does so in its areas."""
CHANGED = f"{REACH} = 'cases' AND ({SEEN})"
SAID = f"{REACH} = 'cases' AND ({IN_AREA} OR {SELF} OR {ASKED} OR (stage = 'closed' AND {FOLLOWER}))"
"""A portal that follows says nobody's second word: all that it may bring about is that nobody is asked any more."""
LET_IN = f"{REACH} IN ('cases', 'intake') AND role = 'citizen' AND person_id IS NULL AND names_nothing(case_id)"
"""Whoever hands in lets those be asked whose word is needed, and only to what comes in with this very statement."""
MIGRATING = "current_setting('yian.reach', true) = 'migration'"

WALLS = (
    "ALTER TABLE confirmation ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE confirmation FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY confirmation_seen ON confirmation FOR SELECT TO {SERVICE} USING ({SEEN})",
    f"CREATE POLICY confirmation_added ON confirmation FOR INSERT TO {SERVICE} WITH CHECK ({ADDED})",
    f"CREATE POLICY confirmation_changed ON confirmation FOR UPDATE TO {SERVICE} USING ({CHANGED}) WITH CHECK ({SAID})",
    f"CREATE POLICY confirmation_migrated ON confirmation TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
    f"GRANT SELECT, INSERT ON confirmation TO {SERVICE}",
    f"GRANT UPDATE (case_id, stage, detail_cipher, version) ON confirmation TO {SERVICE}",
    f"CREATE POLICY party_asked_added ON party FOR INSERT TO {SERVICE} WITH CHECK ({LET_IN})",
    "GRANT SELECT ON confirmation TO yian_gate",
    "CREATE POLICY confirmation_gated ON confirmation FOR SELECT TO yian_gate USING (true)",
)
NAMES_NOTHING = """
CREATE FUNCTION names_nothing(key uuid) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN is_new(key)
        AND NOT EXISTS (SELECT FROM benefit_case b WHERE b.id = key)
        AND NOT EXISTS (SELECT FROM confirmation c WHERE c.id = key);
END $$
"""
"""Whether there was nothing of this id before this statement that a party might be let in to, seen or not."""
CARRY_OUT = """
CREATE FUNCTION carry_out_confirmation(key uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place text;
BEGIN
    SELECT c.region_path INTO place FROM confirmation c
    WHERE c.id = key AND c.stage IN ('confirmed', 'declined') AND c.xmin = pg_current_xact_id()::xid
      AND EXISTS (SELECT FROM party p WHERE p.case_id = key AND p.role = 'citizen'
                  AND p.party_id = ANY (current_setting('yian.parties')::uuid[]));
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM set_config('yian.areas', ARRAY[place || '/']::text, true), set_config('yian.reach', 'cases', true);
    RETURN true;
END $$
"""
"""From here to the end of the transaction who was asked acts in the place of the case: what follows from the word is
done there, and only together with it, in one transaction."""
HOUSEHOLD = """
CREATE FUNCTION grown_in_household(of_person uuid, today date, born_by date) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT coalesce(array_agg(DISTINCT other.person_id ORDER BY other.person_id), '{}')
FROM household_member own
JOIN household_member other ON other.household_id = own.household_id AND other.person_id <> of_person
JOIN person p ON p.id = other.person_id AND p.merged_into IS NULL AND p.birth_date <= born_by
WHERE own.person_id = of_person AND today BETWEEN own.valid_from AND coalesce(own.valid_to, 'infinity')
  AND today BETWEEN other.valid_from AND coalesce(other.valid_to, 'infinity')
$$
"""
"""Who of age lives with a person: what is needed of them does not depend on who hands in."""
FUNCTIONS = ("names_nothing(uuid)", "carry_out_confirmation(uuid)", "grown_in_household(uuid, date, date)")


def upgrade() -> None:
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('asked', 'confirmed', 'declined', 'lapsed', 'closed')", name=op.f("ck_confirmation_stage")
        ),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_confirmation_application_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_confirmation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
    )
    is_open = "stage IN ('asked', 'lapsed')"
    op.create_index(op.f("ix_confirmation_application_id"), "confirmation", ["application_id"], unique=False)
    op.create_index("ix_confirmation_person_id", "confirmation", ["person_id", "id"], unique=False)
    op.create_index("ix_confirmation_queue", "confirmation", ["stage", "region_path", "id"], unique=False)
    op.create_index("uq_confirmation_open", "confirmation", ["case_id"], unique=True, postgresql_where=is_open)
    for statement in (NAMES_NOTHING, CARRY_OUT, HOUSEHOLD):
        op.execute(statement)
    for function in FUNCTIONS:
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {SERVICE}")
    for statement in WALLS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP POLICY party_asked_added ON party")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("confirmation")
