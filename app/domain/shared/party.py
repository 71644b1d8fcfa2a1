"""How long whoever is a party to a case may read it, and may read of the person whom it is about.

A provider or an institution is let in for its part of the work. When that part is done, or comes to nothing, the access
ends with it: at once where nobody needs it any more, else after days that are rule data.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from app.domain.shared.rulebook import Ruled, RulesInForce

CASE_AFTERWARDS = "party.case_afterwards"
PERSON_AFTERWARDS = "party.person_afterwards"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Access:
    """The last days on which a party is shown the case, and the person; None while no end is set."""

    to_case: date | None = None
    to_person: date | None = None


UNTIL_FURTHER = Access()
"""While the party's part goes on."""


def ended_at_once(on: date) -> Access:
    """Nothing is shown from this very day on.

    >>> ended_at_once(date(2026, 12, 1)).to_case
    datetime.date(2026, 11, 30)
    """
    return Access(to_case=on - _DAY, to_person=on - _DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRules:
    """How long a party may read on when its part is over, in a region on a day.

    Source: 个人信息保护法 arts. 6, 19: no more, and kept no longer, than the purpose needs. The days are ours.
    """

    case_days: Ruled[int]
    """Its own part of the record, which says nothing of name and contacts: for accounts, questions and objections."""
    person_days: Ruled[int]
    """Name and contacts: for what is left to be said to the person."""

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        return cls(case_days=rules.calendar_days(CASE_AFTERWARDS), person_days=rules.calendar_days(PERSON_AFTERWARDS))

    def asked_until(self, last_day: date) -> Access:
        """Somebody was asked, and has so long to answer: who does not answer is shown the person no more."""
        return Access(to_case=self._case_after(last_day), to_person=last_day)

    def done(self, on: date) -> Access:
        """The part is done."""
        return Access(to_case=self._case_after(on), to_person=on + timedelta(days=self.person_days.value))

    def come_to_nothing(self, on: date) -> Access:
        """It was declined, taken back or refused before anything was done: nobody needs the person for it any more."""
        return Access(to_case=self._case_after(on), to_person=on - _DAY)

    def _case_after(self, on: date) -> date:
        return on + timedelta(days=self.case_days.value)
