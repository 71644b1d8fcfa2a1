"""Overtake decisions across places: a cancellation overtakes what has granted a certificate, wherever that was.

The wall lets a county see its own decisions. That one of another place has been overtaken, or is to be, is asked of the
gate, which tells ids or yes and no, and nothing of what was decided.
"""

from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
GRANTING = """
CREATE FUNCTION granting_certificates(of_person uuid, granting text[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT d.id FROM decision d
WHERE d.person_id = of_person AND d.matter = 'certificate' AND d.outcome = ANY (granting)
  AND current_setting('yian.reach') = 'cases' AND lies_in(of_person, current_setting('yian.areas')::text[])
ORDER BY d.id
$$
"""
"""The decisions by which certificates were granted to a person of the caller's areas, wherever they were made."""
OVERTAKEN = """
CREATE FUNCTION is_overtaken(key uuid, ending text[], granting text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT EXISTS (SELECT FROM decision n WHERE n.replaces = key)
    OR EXISTS (SELECT FROM decision d JOIN decision n ON n.case_id = d.case_id AND n.id > d.id
               WHERE d.id = key AND n.outcome = ANY (ending))
    OR EXISTS (SELECT FROM decision d JOIN decision n ON n.person_id = d.person_id AND n.id > d.id
               WHERE d.id = key AND d.matter = 'certificate' AND d.outcome = ANY (granting)
                 AND n.matter = 'certificate' AND n.outcome = 'cancelled'
                 AND NOT EXISTS (SELECT FROM decision l WHERE l.replaces = n.id))
$$
"""
"""Whether another decision stands in the place of one, or has ended or put right what it granted."""
FUNCTIONS = {
    "granting_certificates(uuid, text[])": GRANTING,
    "is_overtaken(uuid, text[], text[])": OVERTAKEN,
}


def upgrade() -> None:
    for function, made in FUNCTIONS.items():
        op.execute(made)
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {SERVICE}")


def downgrade() -> None:
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
