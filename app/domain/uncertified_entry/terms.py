"""What holds for the ledger in a place: the reasons for having no certificate, what a person is told, how often."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from app.domain.consent import OWN_WORD_AGE
from app.domain.shared.entry import Entry
from app.domain.shared.rulebook import Ruled, RulesInForce
from app.domain.shared.wording import Wording
from app.domain.uncertified_entry.refusals import UncertifiedReasonUnknown

REASONS = "uncertified_entry.reasons"
TELLS = "uncertified_entry.tells"
CONTACT_EVERY = "uncertified_entry.contact_every"
RETRY_AFTER = "uncertified_entry.retry_after"
MINIMUM_CELL = "uncertified_entry.minimum_cell"


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertifiedReason:
    """Why somebody has no certificate (未办证原因), and what a commissioner can say or do about it."""

    code: str
    wording: Wording
    hint: Wording

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from rule data."""
        return cls(code=entry.text("code"), wording=Wording.of(entry), hint=Wording.of(entry.entry("hint")))


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTerms:
    """What holds for the ledger of the uncertified in a region on a day."""

    reasons: Mapping[str, UncertifiedReason]
    tells: Wording
    """What a person is told before agreeing to be on it. Source: 个人信息保护法 (2021) arts. 14, 17, 30."""
    contact_every_days: Ruled[int]
    """Calendar days from one contact to the next at most."""
    retry_after_days: Ruled[int]
    """Calendar days until the next attempt, where nobody was reached."""
    own_word_age_years: Ruled[int]
    """From this age on the own word suffices; before, a guardian's is needed."""
    references: tuple[str, ...]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        listed, told = rules.entries(REASONS), rules.entry(TELLS)
        reasons = map(UncertifiedReason.of, listed.value)
        every, retry, age = (
            rules.calendar_days(CONTACT_EVERY),
            rules.calendar_days(RETRY_AFTER),
            rules.years(OWN_WORD_AGE),
        )
        return cls(
            reasons=MappingProxyType({reason.code: reason for reason in reasons}),
            tells=Wording.of(told.value),
            contact_every_days=every,
            retry_after_days=retry,
            own_word_age_years=age,
            references=(listed.reference, told.reference, every.reference, age.reference),
        )

    def require_known(self, reason: str) -> str:
        """Hold a reason to be one of the list.

        Raises:
            UncertifiedReasonUnknown: it is not.
        """
        if reason not in self.reasons:
            raise UncertifiedReasonUnknown(
                f"Choose one of GET /v1/uncertified-terms: {', '.join(self.reasons)}.", pointer="/reason"
            )
        return reason
