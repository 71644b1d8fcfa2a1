"""Keep evidence to the places of the person, to the person and to who follows the application.

Whoever could see the person at all could see and change what is held of the person: a provider that was sent to
somebody, an institution that evaluates. No operation let them; the wall by itself did.
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
OF_PERSON = "EXISTS (SELECT FROM person whole WHERE whole.id = person_id)"
"""The caller may see the person, be it as a provider; at intake that is everybody."""
HERE = " OR ".join(f"(whole.{path} || '/') ^@ ANY ({AREAS}::text[])" for path in ("region_path", "registration_path"))
OF_OWN = (
    f"EXISTS (SELECT FROM person whole WHERE whole.id = person_id AND ({HERE} OR whole.id = ANY ({PARTIES}::uuid[])))"
)
"""The person lives here, is registered here, or is the caller."""
IS_PARTY = f"p.case_id = evidence.application_id AND p.party_id = ANY ({PARTIES}::uuid[])"
PARTY = f"EXISTS (SELECT FROM party p WHERE {IS_PARTY})"
FOLLOWER = f"EXISTS (SELECT FROM party p WHERE {IS_PARTY} AND p.role <> 'evaluator')"

SEEN_BEFORE = f"{IN_AREA} OR {OF_PERSON} OR {PARTY}"
SEEN = f"{IN_AREA} OR {OF_OWN} OR {FOLLOWER} OR ({REACH} = 'intake' AND {OF_PERSON})"
AT_WORK_BEFORE = f"{REACH} = 'cases' AND ({IN_AREA} OR {OF_PERSON} OR {PARTY})"
AT_WORK = f"{REACH} = 'cases' AND ({IN_AREA} OR {OF_OWN} OR {FOLLOWER})"
AT_INTAKE = f"{REACH} = 'intake' AND fact_id IS NOT NULL AND {OF_PERSON}"


def hold(seen: str, at_work: str) -> None:
    """Let these see evidence, and these add and change it."""
    op.execute(f"ALTER POLICY evidence_seen ON evidence USING ({seen})")
    op.execute(f"ALTER POLICY evidence_added ON evidence WITH CHECK (({at_work}) OR ({AT_INTAKE}))")
    op.execute(f"ALTER POLICY evidence_changed ON evidence USING ({at_work}) WITH CHECK ({at_work})")


def upgrade() -> None:
    hold(SEEN, AT_WORK)


def downgrade() -> None:
    hold(SEEN_BEFORE, AT_WORK_BEFORE)
