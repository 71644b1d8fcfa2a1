"""Forget whom nobody needs: who has left the ledger, and of whom nothing else is on record, leaves the register."""

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
OWN_FACTS = (
    "person_name",
    "person_identifier",
    "person_contact",
    "economic_status",
    "household_member",
    "guardianship",
)
"""What a person bears, and nobody else needs."""
FORGET_PERSON = f"""
CREATE FUNCTION forget_person(key uuid) RETURNS boolean
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
        {" ".join(f"DELETE FROM {table} WHERE person_id = key;" for table in OWN_FACTS)}
        DELETE FROM person WHERE id = key;
        RETURN FOUND;
    EXCEPTION WHEN foreign_key_violation THEN
        RETURN false;
    END;
END $$
"""
"""The one way to forget a person: by an office of the place, or by the own word. Whatever names the person keeps all of
it; the foreign keys say so, and of tables that have none these three."""
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
"""The owner of the tables is in `yian_gate` too: a back-fill that forgets to say so must still change nothing."""
SEEN = ("draft", "person_name", "person_identifier", "person_contact", "economic_status")
"""Tables that the gate has not looked at so far."""


def upgrade() -> None:
    op.execute(FORGET_PERSON)
    op.execute("ALTER FUNCTION forget_person(uuid) OWNER TO yian_gate")
    op.execute("REVOKE ALL ON FUNCTION forget_person(uuid) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION forget_person(uuid) TO {SERVICE}")
    for table in SEEN:
        op.execute(f"GRANT SELECT ON {table} TO yian_gate")
        op.execute(f"CREATE POLICY {table}_gated ON {table} FOR SELECT TO yian_gate USING (true)")
    for table in ("person", *OWN_FACTS):
        op.execute(f"GRANT DELETE ON {table} TO yian_gate")
        op.execute(f"CREATE POLICY {table}_forgotten ON {table} FOR DELETE TO yian_gate USING ({AT_WORK})")


def downgrade() -> None:
    for table in ("person", *OWN_FACTS):
        op.execute(f"DROP POLICY {table}_forgotten ON {table}")
        op.execute(f"REVOKE DELETE ON {table} FROM yian_gate")
    for table in SEEN:
        op.execute(f"DROP POLICY {table}_gated ON {table}")
        op.execute(f"REVOKE SELECT ON {table} FROM yian_gate")
    op.execute("DROP FUNCTION forget_person(uuid)")
