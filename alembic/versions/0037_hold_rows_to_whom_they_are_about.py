"""Hold new rows to whom they are about, changes to what may change, and withdrawn receipts to what they are.

Who says where a row lies also says whose it is: a consent, an offer and a confirmation lie where their person or their
application does. Who is asked for a second word is let in to what comes in with it, and to nothing that has a story.
"""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
OWN = f"{IN_AREA} OR {SELF}"
FOLLOWER = (
    f"(SELECT true FROM party p WHERE p.case_id = application_id AND p.role <> 'evaluator' "
    f"AND p.party_id = ANY ({PARTIES}::uuid[]) LIMIT 1)"
)
OF_WHOLE = (
    "(SELECT true FROM application whole WHERE whole.id = confirmation.application_id{open} "
    "AND whole.person_id = confirmation.person_id AND whole.region_path = confirmation.region_path LIMIT 1)"
)
"""The row is of the same person and place as the application that it names."""
OF_OPEN = OF_WHOLE.format(open=" AND NOT whole.is_finished")
ASKED_BEFORE = (
    f"({REACH} IN ('cases', 'intake') AND ({OWN})) OR ({REACH} = 'cases' AND {FOLLOWER} AND {OF_OPEN}) "
    f"OR ({REACH} = 'intake' AND {AREAS} = '{{}}' AND is_new(application_id))"
)
ASKED = (
    f"({REACH} IN ('cases', 'intake') AND ({OWN}) AND (is_new(application_id) OR {OF_WHOLE.format(open='')})) "
    f"OR ({REACH} = 'cases' AND {FOLLOWER} AND {OF_OPEN}) "
    f"OR ({REACH} = 'intake' AND {AREAS} = '{{}}' AND is_new(application_id))"
)
WRITTEN = f"{REACH} = 'cases' AND ({OWN})"
OFFERED = f"{REACH} = 'cases' AND ({IN_AREA})"
OF_HERE = f"lies_in(person_id, {AREAS}::text[])"
"""The person belongs to an area of the caller's: asked by a function, for the wall of `person` asks for consents."""
ADDED = {
    "confirmation": (ASKED_BEFORE, ASKED),
    "consent": (WRITTEN, f"{REACH} = 'cases' AND (({IN_AREA} AND {OF_HERE}) OR {SELF})"),
    "offer": (OFFERED, f"{OFFERED} AND {OF_HERE}"),
}
"""What was asked of a new row before, and what is."""
BELONGING = {"confirmation": "case_id", "offer": "item, clock_id"}
"""What a row is about, and is changed by nobody."""
RECEIPTS = {
    "seen": "FOR SELECT TO {service} USING (true)",
    "added": "FOR INSERT TO {service} WITH CHECK (withdrawn_at IS NULL)",
    "withdrawn": "FOR UPDATE TO {service} USING (withdrawn_at IS NULL) WITH CHECK (withdrawn_at IS NOT NULL)",
}
"""A receipt names nobody, and everybody may know of one. It is withdrawn once, and stays so."""
NAMES_NOTHING = """
CREATE OR REPLACE FUNCTION names_nothing(key uuid) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN is_new(key)
        AND NOT EXISTS (SELECT FROM benefit_case b WHERE b.id = key)
        AND NOT EXISTS (SELECT FROM confirmation c WHERE c.id = key){story};
END $$
"""
STORY = """
        AND NOT EXISTS (SELECT FROM decision d WHERE d.id = key)
        AND NOT EXISTS (SELECT FROM event e WHERE e.subject_id = key)"""
"""All that there is has its events; a party sees those of what it is a party to."""


def upgrade() -> None:
    for table, (_, rule) in ADDED.items():
        op.execute(f"ALTER POLICY {table}_added ON {table} WITH CHECK ({rule})")
    for table, columns in BELONGING.items():
        op.execute(f"REVOKE UPDATE ({columns}) ON {table} FROM {SERVICE}")
    op.execute(
        f"ALTER POLICY consent_changed ON consent USING ({WRITTEN} AND stage = 'given') "
        f"WITH CHECK ({WRITTEN} AND stage = 'withdrawn')"
    )
    op.execute("ALTER TABLE receipt ENABLE ROW LEVEL SECURITY")
    for name, rule in RECEIPTS.items():
        op.execute(f"CREATE POLICY receipt_{name} ON receipt {rule.format(service=SERVICE)}")
    for table in ("decision", "event"):
        op.execute(f"GRANT SELECT ON {table} TO yian_gate")
        op.execute(f"CREATE POLICY {table}_gated ON {table} FOR SELECT TO yian_gate USING (true)")
    op.execute(NAMES_NOTHING.format(story=STORY))


def downgrade() -> None:
    op.execute(NAMES_NOTHING.format(story=""))
    for table in ("event", "decision"):
        op.execute(f"DROP POLICY {table}_gated ON {table}")
        op.execute(f"REVOKE SELECT ON {table} FROM yian_gate")
    for name in RECEIPTS:
        op.execute(f"DROP POLICY receipt_{name} ON receipt")
    op.execute("ALTER TABLE receipt DISABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER POLICY consent_changed ON consent USING ({WRITTEN}) WITH CHECK ({WRITTEN})")
    for table, columns in BELONGING.items():
        op.execute(f"GRANT UPDATE ({columns}) ON {table} TO {SERVICE}")
    for table, (rule, _) in ADDED.items():
        op.execute(f"ALTER POLICY {table}_added ON {table} WITH CHECK ({rule})")
