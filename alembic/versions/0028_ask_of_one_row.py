"""Ask behind a wall for one row, never for a table of them.

PostgreSQL answers `EXISTS (SELECT FROM party p WHERE p.case_id = id AND …)` by looking once, or by hashing all that
the caller is a party to; what one row costs then grows with the portal. A scalar subquery with a limit is never hashed.
It yields true or null where the other yielded true or false, and a wall lets neither of the latter pass. Where a wall
denies that there is a row, null would not do, and the question stays.
"""

import re
from collections.abc import Callable

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

EXISTS = "EXISTS ( SELECT\n"
ASSERTED = re.compile(rf"(?<!NOT \(){re.escape(EXISTS)}")
FOUND = "( SELECT true AS found\n"
LIMIT = "\n LIMIT 1"
POLICIES = (
    "SELECT tablename, policyname, qual, with_check FROM pg_policies WHERE schemaname = current_schema() ORDER BY 1, 2"
)


def upgrade() -> None:
    rewrite(with_limit)


def downgrade() -> None:
    rewrite(without_limit)


def rewrite(anew: Callable[[str], str]) -> None:
    """Alter each policy that then has another rule, as PostgreSQL writes rules."""
    for table, policy, seen, written in op.get_bind().exec_driver_sql(POLICIES).all():
        rules = {"USING": seen, "WITH CHECK": written}
        changed = [f"{kind} ({anew(rule)})" for kind, rule in rules.items() if rule and anew(rule) != rule]
        if changed:
            op.execute(f"ALTER POLICY {policy} ON {table} {' '.join(changed)}")


def with_limit(rule: str) -> str:
    while found := ASSERTED.search(rule):
        before, rest = rule[: found.start()], rule[found.end() :]
        end = closing(rest)
        rule = f"{before}{FOUND}{rest[:end]}{LIMIT}{rest[end:]}"
    return rule


def without_limit(rule: str) -> str:
    return rule.replace(FOUND, EXISTS).replace(LIMIT, "")


def closing(text: str) -> int:
    """Where the parenthesis closes that was open before the text."""
    depth = 1
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place
    raise ValueError(text)
