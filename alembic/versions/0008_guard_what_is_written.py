"""Guard what is written as well as what is read, and let being a party end.

Row-level security bounded reads; `WITH CHECK (true)` let everything in. Now a row may be added or changed where its
writer reaches: by area, by party, as the person; in intake only what intake itself brings; in verification nothing.
What a row belongs to (person, region, application) is changed by nobody: the service may not update those columns.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ENTER = """
CREATE OR REPLACE FUNCTION enter(subject uuid, client uuid, token text, wanted text[], by_area text[], reach text)
RETURNS TABLE (person_id uuid, clock_id uuid, clock_offset bigint, revision bigint, memberships jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today constant date := (now() AT TIME ZONE 'Asia/Shanghai')::date;
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

    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'organisation_id', m.organisation_id, 'role', m.role, 'region', m.region_path,
               'valid_from', m.valid_from, 'valid_to', m.valid_to)), '[]'),
           set_config('yian.areas', coalesce(
               array_agg(m.region_path || '/') FILTER (WHERE m.role = ANY (by_area)), '{}')::text, true),
           set_config('yian.parties', (
               array_remove(ARRAY[subject, person_id], NULL)
               || coalesce(array_agg(m.organisation_id) FILTER (WHERE NOT m.role = ANY (by_area)), '{}'))::text, true)
    INTO memberships
    FROM membership m
    WHERE m.account_id = subject AND m.role = ANY (wanted)
      AND m.valid_from <= today AND (m.valid_to IS NULL OR m.valid_to >= today);

    PERFORM set_config('yian.actor', subject::text, true), set_config('yian.reach', reach, true)SETTINGS;
    revision := (SELECT max(id) FROM rule);
    RETURN NEXT;
END $$
"""
"""Also says for which client the caller acts, and which day it is where the business is done."""
SETTINGS = """,
        set_config('yian.client', client::text, true),
        set_config('yian.today',
                   ((now() + make_interval(secs => clock_offset)) AT TIME ZONE 'Asia/Shanghai')::date::text, true)"""

IS_NEW = """
CREATE FUNCTION is_new(key uuid) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN NOT EXISTS (SELECT FROM application a WHERE a.id = key)
        AND NOT EXISTS (SELECT FROM certificate_case c WHERE c.id = key)
        AND NOT EXISTS (SELECT FROM referral r WHERE r.id = key);
END $$
"""
"""Whether there was no such case before this statement, seen or not: then this statement brings it."""

LIES_IN = """
CREATE FUNCTION lies_in(key uuid, areas text[]) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM application a WHERE a.id = key AND (a.region_path || '/') ^@ ANY (areas))
        OR EXISTS (SELECT FROM certificate_case c WHERE c.id = key AND (c.region_path || '/') ^@ ANY (areas))
        OR EXISTS (SELECT FROM person p WHERE p.id = key AND (
            (p.region_path || '/') ^@ ANY (areas) OR (p.registration_path || '/') ^@ ANY (areas)));
END $$
"""
"""Whether the application, the case or the person lies in one of the areas. The wall of `party` cannot ask those tables
itself: their walls ask `party`."""

BOUND_PARTY = """
CREATE FUNCTION bound_party(of_role text, of_case uuid, last_day date, last_day_of_person date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    this constant xid := pg_current_xact_id()::xid;
BEGIN
    UPDATE party SET valid_to = last_day, person_to = last_day_of_person
    WHERE role = of_role AND case_id = of_case AND (
        EXISTS (SELECT FROM certificate_case c WHERE of_case IN (c.id, c.application_id) AND c.xmin = this)
        OR EXISTS (SELECT FROM referral r WHERE r.id = of_case AND r.xmin = this));
END $$
"""
"""The one way to change how long somebody is a party: only together with a change of the case, in one transaction."""

FUNCTIONS = ("is_new(uuid)", "lies_in(uuid, text[])", "bound_party(text, uuid, date, date)")
GATED = ("application", "certificate_case", "person", "referral")
"""What those functions look at; nobody signs in as `yian_gate`."""

SERVICE = "yian_app, yian_worker"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
CLIENT = "(SELECT current_setting('yian.client')::uuid)"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
TODAY = "(SELECT current_setting('yian.today')::date)"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"

CASES = f"{REACH} = 'cases'"
WORKS = f"{REACH} IN ('cases', 'intake')"
TAKES_IN = f"{REACH} = 'intake' AND {AREAS} = '{{}}'"
"""A portal takes somebody in, who may live anywhere; an office does so in its own areas."""
SELF = f"person_id = ANY ({PARTIES}::uuid[])"


def in_area(column: str = "region_path") -> str:
    """The row lies in an area that the caller holds."""
    return f"({column} || '/') ^@ ANY ({AREAS}::text[])"


def here(table: str) -> str:
    """The person lives here, or is registered here."""
    return f"{in_area(f'{table}.region_path')} OR {in_area(f'{table}.registration_path')}"


def party_to(case: str) -> str:
    """The caller is a party to the case today: the wall of `party` itself knows the days."""
    return f"EXISTS (SELECT FROM party p WHERE p.case_id = {case} AND p.party_id = ANY ({PARTIES}::uuid[]))"


def person_party(person: str, *, role: str = "") -> str:
    """The caller is a party that may see the person today."""
    return (
        f"EXISTS (SELECT FROM party p WHERE p.person_id = {person} AND p.party_id = ANY ({PARTIES}::uuid[])"
        f"{role} AND (p.person_to IS NULL OR {TODAY} <= p.person_to))"
    )


def evaluator_of(person: str) -> str:
    """The caller's institution evaluates the person."""
    return person_party(person, role=" AND p.role = 'evaluator'")


def follower_of(application: str) -> str:
    """The caller is a party to the whole application, other than as an institution, which follows its case alone."""
    return (
        f"EXISTS (SELECT FROM party p WHERE p.case_id = {application} AND p.role <> 'evaluator' "
        f"AND p.party_id = ANY ({PARTIES}::uuid[]))"
    )


def of_person(who: str) -> str:
    """The row belongs to a person of whom `who` holds."""
    return f"EXISTS (SELECT FROM person whole WHERE whole.id = person_id AND ({who}))"


IS_NEW_PERSON = "NOT EXISTS (SELECT FROM person whole WHERE whole.id = person_id)"
"""Intake sees everybody, so whom it does not see is not on record: it is bringing the person in this very statement."""
OWN_PERSON = of_person(f"{here('whole')} OR whole.id = ANY ({PARTIES}::uuid[])")
OF_INTAKE = f"{TAKES_IN} AND is_new(application_id)"


def of_case(table: str) -> str:
    """The case lies in the caller's area, is about the caller, or the caller is a party to it or to the whole."""
    return f"{in_area()} OR {SELF} OR {party_to(f'{table}.id')} OR {follower_of(f'{table}.application_id')}"


ADDED = {
    "party": f"({CASES} AND {AREAS} <> '{{}}' AND (person_id IS NULL OR lies_in(person_id, {AREAS})) "
    f"AND (is_new(case_id) OR lies_in(case_id, {AREAS}))) "
    f"OR ({TAKES_IN} AND party_id = {ACTOR} AND person_id IS NULL AND is_new(case_id))",
    "person": f"{REACH} = 'intake' AND ({AREAS} = '{{}}' OR {here('person')})",
    **dict.fromkeys(
        ("person_name", "person_identifier", "person_contact", "economic_status", "household_member", "guardianship"),
        f"({REACH} = 'intake' AND {IS_NEW_PERSON}) OR ({CASES} AND {OWN_PERSON})",
    ),
    "application": f"source_id = {CLIENT} AND (({TAKES_IN}) OR ({WORKS} AND ({in_area()} OR {SELF})))",
    **dict.fromkeys(
        ("application_item", "certificate_case", "benefit_case"),
        f"({WORKS} AND ({in_area()} OR {SELF})) OR ({OF_INTAKE})",
    ),
    "certificate": f"{CASES} AND ({in_area()})",
    "certificate_version": f"{CASES} AND {of_person(here('whole'))}",
    "assessment": f"{CASES} AND ({in_area()} OR {evaluator_of('assessment.person_id')})",
    "need": f"{CASES} AND ({in_area()} OR {evaluator_of('need.person_id')})",
    "plan": f"{CASES} AND ({in_area()})",
    "referral": f"{CASES} AND ({in_area()})",
    "event": f"actor_id = {ACTOR} AND (({WORKS} AND ({in_area()} OR {SELF} OR {party_to('application_id')} "
    f"OR {party_to('subject_id')} OR {evaluator_of('event.person_id')})) "
    f"OR ({OF_INTAKE}) OR ({TAKES_IN} AND application_id IS NULL AND {IS_NEW_PERSON}))",
    "access_record": f"actor_id = {ACTOR} OR {REACH} = 'verification'",
    "idempotency_key": f"actor_id = {ACTOR} AND client_id = {CLIENT}",
}
"""What may be added to each table. Verifications of many callers share a transaction, and each is written down."""

CHANGED = {
    "person": f"{CASES} AND ({here('person')} OR id = ANY ({PARTIES}::uuid[]))",
    **dict.fromkeys(
        ("person_name", "person_identifier", "person_contact", "economic_status", "household_member", "guardianship"),
        f"{CASES} AND {OWN_PERSON}",
    ),
    "application": f"{CASES} AND ({in_area()} OR {SELF} OR {party_to('application.id')})",
    "application_item": f"{CASES} AND ({in_area()} OR {SELF} OR {party_to('application_id')})",
    "certificate_case": f"{CASES} AND ({of_case('certificate_case')})",
    "benefit_case": f"{CASES} AND ({of_case('benefit_case')})",
    "certificate": f"{CASES} AND ({in_area()})",
    "certificate_version": f"{CASES} AND {of_person(here('whole'))}",
    "need": f"{CASES} AND ({in_area()} OR {SELF})",
    "plan": f"{CASES} AND ({in_area()} OR {SELF})",
    "referral": f"{CASES} AND ({in_area()} OR {SELF} OR {party_to('referral.id')})",
    "idempotency_key": f"actor_id = {ACTOR} AND client_id = {CLIENT}",
}
"""What may be changed, before and after. What is not named here never changes: an assessment is signed for good."""

MUTABLE = {
    "person": "birth_date, sex, preferred_format, preferred_language, version",
    **dict.fromkeys(
        ("person_name", "person_identifier", "person_contact", "economic_status", "household_member", "guardianship"),
        "valid_to",
    ),
    "application": "status, is_finished, version",
    "application_item": "status, is_finished",
    "certificate_case": "business, stage, detail, rule_versions, submitted_at, version",
    "benefit_case": "code, stage, detail, rule_versions, submitted_at, version",
    "certificate": "version",
    "certificate_version": "status, is_current",
    "need": "code, stage, detail, version",
    "plan": "revision, stage, detail, version",
    "referral": "need_id, service_id, provider_id, stage, offered_at, detail, version",
    "idempotency_key": "status, headers, answer_cipher, replays",
}
"""The columns that may change: never what a row belongs to, or a change would carry it into another's area."""

SEEN = {
    "party": f"party_id = ANY ({PARTIES}::uuid[]) AND valid_from <= {TODAY} "
    f"AND (valid_to IS NULL OR {TODAY} <= valid_to)",
    "person": f"{here('person')} OR id = ANY ({PARTIES}::uuid[]) OR {REACH} = 'intake' OR {person_party('person.id')}",
    "assessment": f"{in_area()} OR {SELF} OR {evaluator_of('assessment.person_id')}",
    "need": f"{in_area()} OR {SELF} OR {evaluator_of('need.person_id')}",
    "idempotency_key": f"actor_id = {ACTOR} AND client_id = {CLIENT}",
}
"""What being a party opens, it opens within its days. All other walls ask `party`, behind this one."""
ONCE_EVALUATOR = (
    "EXISTS (SELECT FROM party p WHERE p.person_id = {table}.person_id AND p.role = 'evaluator' "
    f"AND p.party_id = ANY ({PARTIES}::uuid[]))"
)
SEEN_BEFORE = {
    "party": f"party_id = ANY ({PARTIES}::uuid[])",
    "person": f"{here('person')} OR id = ANY ({PARTIES}::uuid[]) OR {REACH} IN ('intake') OR "
    f"EXISTS (SELECT FROM party p WHERE p.person_id = person.id AND p.party_id = ANY ({PARTIES}::uuid[]))",
    "assessment": f"{in_area()} OR {SELF} OR {ONCE_EVALUATOR.format(table='assessment')}",
    "need": f"{in_area()} OR {SELF} OR {ONCE_EVALUATOR.format(table='need')}",
    "idempotency_key": f"actor_id = {ACTOR}",
}
WRITTEN_BEFORE = ("assessment", *MUTABLE)
UNBOUNDED = ("party", "event", "access_record", "assessment")
"""Tables that had a policy for changes which nothing needs."""


CHANGED_WHERE_SEEN = f"""
DO $$ DECLARE seen record; BEGIN
    FOR seen IN SELECT tablename, qual FROM pg_policies WHERE policyname = tablename || '_seen'
                AND tablename = ANY ('{{{", ".join({*WRITTEN_BEFORE, *UNBOUNDED})}}}') LOOP
        EXECUTE format('ALTER POLICY %I ON %I USING (%s) WITH CHECK (true)',
                       seen.tablename || '_changed', seen.tablename, seen.qual);
    END LOOP;
END $$
"""
"""As the first migration had it, for the way back."""


def upgrade() -> None:
    op.add_column("party", sa.Column("person_to", sa.Date(), nullable=True))
    op.execute(ENTER.replace("SETTINGS", SETTINGS))
    op.execute(IS_NEW)
    op.execute(LIES_IN)
    op.execute(BOUND_PARTY)
    for function in FUNCTIONS:
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {SERVICE}")
    for table in GATED:
        op.execute(f"GRANT SELECT ON {table} TO yian_gate")
        op.execute(f"CREATE POLICY {table}_gated ON {table} FOR SELECT TO yian_gate USING (true)")
    op.execute("GRANT SELECT, UPDATE (valid_to, person_to) ON party TO yian_gate")
    op.execute("CREATE POLICY party_gated ON party TO yian_gate USING (true) WITH CHECK (true)")
    for table, visible in SEEN.items():
        op.execute(f"ALTER POLICY {table}_seen ON {table} USING ({visible})")
    for table, allowed in ADDED.items():
        op.execute(f"ALTER POLICY {table}_added ON {table} WITH CHECK ({allowed})")
    for table in UNBOUNDED:
        op.execute(f"DROP POLICY {table}_changed ON {table}")
    for table, allowed in CHANGED.items():
        op.execute(f"ALTER POLICY {table}_changed ON {table} USING ({allowed}) WITH CHECK ({allowed})")
    op.execute(f"REVOKE UPDATE ON {', '.join(WRITTEN_BEFORE)} FROM {SERVICE}")
    for table, columns in MUTABLE.items():
        op.execute(f"GRANT UPDATE ({columns}) ON {table} TO {SERVICE}")


def downgrade() -> None:
    for table, columns in MUTABLE.items():
        op.execute(f"REVOKE UPDATE ({columns}) ON {table} FROM {SERVICE}")
    op.execute(f"GRANT UPDATE ON {', '.join(WRITTEN_BEFORE)} TO {SERVICE}")
    for table, visible in SEEN_BEFORE.items():
        op.execute(f"ALTER POLICY {table}_seen ON {table} USING ({visible})")
    for table in ADDED:
        op.execute(f"ALTER POLICY {table}_added ON {table} WITH CHECK (true)")
    for table in UNBOUNDED:
        op.execute(f"CREATE POLICY {table}_changed ON {table} FOR UPDATE TO {SERVICE} USING (true) WITH CHECK (true)")
    op.execute(CHANGED_WHERE_SEEN)
    op.execute("DROP POLICY party_gated ON party")
    op.execute("REVOKE SELECT, UPDATE (valid_to, person_to) ON party FROM yian_gate")
    for table in GATED:
        op.execute(f"DROP POLICY {table}_gated ON {table}")
        op.execute(f"REVOKE SELECT ON {table} FROM yian_gate")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.execute(ENTER.replace("SETTINGS", ""))
    op.drop_column("party", "person_to")
