"""Let an open application grow: what comes with one item more is let in where the application itself is followed.

Whoever adds looks as at intake, for a portal is not shown the person and the rules have to know the person all the
same; and then steps back to the own cases, where alone anything is changed.
"""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"


def followed(application: str) -> str:
    """The caller is a party to the whole application, other than as an institution."""
    return (
        f"(SELECT true FROM party p WHERE p.case_id = {application} AND p.role <> 'evaluator' "
        f"AND p.party_id = ANY ({PARTIES}::uuid[]) LIMIT 1)"
    )


def of_open(table: str) -> str:
    """The row belongs to an open application that the caller may see, and to the same person and place."""
    return (
        f"(SELECT true FROM application whole WHERE whole.id = {table}.application_id AND NOT whole.is_finished "
        f"AND whole.person_id = {table}.person_id AND whole.region_path = {table}.region_path LIMIT 1)"
    )


def of_applicant(table: str) -> str:
    """The person has an open application here, or one that the caller follows."""
    return (
        f"(SELECT true FROM application whole WHERE whole.person_id = {table}.person_id AND NOT whole.is_finished "
        f"AND ((whole.region_path || '/') ^@ ANY ({AREAS}::text[]) OR {followed('whole.id')}) LIMIT 1)"
    )


ADDED = {
    **{
        table: f"{CASES} AND {followed(f'{table}.application_id')} AND {of_open(table)}"
        for table in ("application_item", "certificate_case", "benefit_case")
    },
    "decision": (
        "matter = 'benefit' AND outcome = 'granted' AND decided_by IS NULL "
        f"AND NOT EXISTS (SELECT FROM benefit_case c WHERE c.id = decision.case_id) AND {of_open('decision')}"
    ),
    "evidence": f"{CASES} AND fact_id IS NOT NULL AND {of_applicant('evidence')}",
    "event": (
        f"{CASES} AND name = 'evidence.recorded' AND application_id IS NULL AND actor_id = {ACTOR} "
        f"AND {of_applicant('event')}"
    ),
}
"""What is granted at once is granted with its case, which was not there before this statement; and what one of our own
registers shows comes on record as evidence, as it does at submission."""


def upgrade() -> None:
    for table, rule in ADDED.items():
        op.execute(f"CREATE POLICY {table}_grown_added ON {table} FOR INSERT TO {SERVICE} WITH CHECK ({rule})")
    op.execute(f"GRANT UPDATE (form_cipher) ON application TO {SERVICE}")


def downgrade() -> None:
    op.execute(f"REVOKE UPDATE (form_cipher) ON application FROM {SERVICE}")
    for table in ADDED:
        op.execute(f"DROP POLICY {table}_grown_added ON {table}")
