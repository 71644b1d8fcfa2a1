"""The first wall of whoever reaches by party: being one counts within its days, by the day that the gate has set."""

TODAY = "(SELECT current_setting('yian.today')::date)"
IS_CURRENT = f"valid_from <= {TODAY} AND (valid_to IS NULL OR {TODAY} <= valid_to)"
"""The condition on a row of `party` that it counts today."""
PARTY_CASES = f"(SELECT case_id FROM party WHERE party_id = ANY ($1::uuid[]) AND {IS_CURRENT})"
"""The cases to which one of the parties in `$1` is a party today."""
FOLLOWED_CASES = f"{PARTY_CASES[:-1]} AND role <> 'evaluator')"
"""The same without an institution's, which moves an application on by what it concludes and follows its own case."""
