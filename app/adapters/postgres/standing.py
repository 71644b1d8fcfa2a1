"""Whoever changes how a thing stands and whoever gives a receipt of that take turns, so that one sees the other.

A receipt is withdrawn by a statement that finds those on record. One that is written at the same moment would not be
found, and would say for as long as it lasts what is so no more. So a change is made alone, and a receipt is given
beside others: who comes second sees what the first has committed. The thing is a certificate or a decision.
"""

_TURN = "hashtextextended('certificate ' || {id}, 0)"
ALONE = f"SELECT pg_advisory_xact_lock({_TURN.format(id='$1::uuid')})"
BESIDE_OTHERS = f"""
SELECT pg_advisory_xact_lock_shared({_TURN.format(id="id")}) FROM (SELECT unnest($1::uuid[]) AS id ORDER BY 1) AS asked
"""
