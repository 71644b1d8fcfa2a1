"""Know who is related: digests of how staff are reached, and whether somebody shares one, or a home, with a person.

No service reads or writes the digests: the operator enters them, and the gate alone compares. It tells who is related,
and neither how nor by what.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
RELATED = """
CREATE FUNCTION related_accounts(of_person uuid, asked uuid[], today date) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH own AS (
    SELECT c.kind, c.value_index FROM person_contact c
    WHERE c.person_id = of_person AND today BETWEEN c.valid_from AND coalesce(c.valid_to, 'infinity')
)
SELECT coalesce(array_agg(a.id ORDER BY a.id), '{}') FROM account a
WHERE a.id = ANY (asked) AND a.person_id IS DISTINCT FROM of_person AND coalesce(
    (SELECT true FROM staff_contact s JOIN own USING (kind, value_index) WHERE s.account_id = a.id LIMIT 1),
    (SELECT true FROM person_contact c JOIN own USING (kind, value_index)
     WHERE c.person_id = a.person_id AND today BETWEEN c.valid_from AND coalesce(c.valid_to, 'infinity') LIMIT 1),
    (SELECT true FROM household_member theirs JOIN household_member own_home USING (household_id)
     WHERE theirs.person_id = a.person_id AND own_home.person_id = of_person
       AND today BETWEEN theirs.valid_from AND coalesce(theirs.valid_to, 'infinity')
       AND today BETWEEN own_home.valid_from AND coalesce(own_home.valid_to, 'infinity') LIMIT 1),
    false)
$$
"""
"""Which of some accounts share a telephone, an address or a home with a person on a day."""
COLLEAGUES = """
CREATE FUNCTION colleagues_of(caller uuid, place text) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT coalesce(array_agg(DISTINCT other.account_id), '{}')
FROM membership own
JOIN membership other ON other.organisation_id = own.organisation_id AND other.role = own.role
JOIN account a ON a.id = other.account_id AND a.disabled_at IS NULL
WHERE own.account_id = caller AND other.account_id <> caller
  AND (place || '/') ^@ (other.region_path || '/')
  AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN own.valid_from AND coalesce(own.valid_to, 'infinity')
  AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN other.valid_from AND coalesce(other.valid_to, 'infinity')
$$
"""
"""Who serves the caller's organisations in the same role for a place: to them a case can be passed on."""
FUNCTIONS = ("related_accounts(uuid, uuid[], date)", "colleagues_of(uuid, text)")


def upgrade() -> None:
    op.create_table(
        "staff_contact",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value_index", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_staff_contact_account_id")),
        sa.PrimaryKeyConstraint("account_id", "kind", "value_index", name=op.f("pk_staff_contact")),
    )
    op.execute("ALTER TABLE staff_contact ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE staff_contact FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY staff_contact_migrated ON staff_contact TO yian_owner USING ({MIGRATING}) "
        f"WITH CHECK ({MIGRATING})"
    )
    op.execute("GRANT SELECT ON staff_contact TO yian_gate")
    op.execute("CREATE POLICY staff_contact_gated ON staff_contact FOR SELECT TO yian_gate USING (true)")
    op.execute(RELATED)
    op.execute(COLLEAGUES)
    for function in FUNCTIONS:
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {SERVICE}")


def downgrade() -> None:
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("staff_contact")
