"""How long receipts are good, unless what they say is overtaken before."""

from datetime import datetime, timedelta

from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.span import years_after

VALIDITY = "receipt.validity"
"""The years of a receipt of an application, a decision or a consent taken back."""
VERIFICATION_VALIDITY = "receipt.verification_validity"
"""The days of a receipt of how a certificate stood."""


def good_until(issued_at: datetime, rules: RulesInForce) -> datetime:
    """The end of such a receipt, by the rules of the day on which it is given."""
    last_day = years_after(issued_at.date(), rules.years(VALIDITY).value)
    return datetime.combine(last_day, issued_at.timetz())


def verification_good_until(issued_at: datetime, rules: RulesInForce) -> datetime:
    """The end of a receipt of a verification, where no certificate runs out before."""
    return issued_at + timedelta(days=rules.calendar_days(VERIFICATION_VALIDITY).value)
