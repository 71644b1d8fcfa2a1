"""The numbers and lists of law that certificate business needs, taken from the rulebook for a region and a day."""

from dataclasses import dataclass
from typing import Self

from app.domain.shared.identity import MINIMUM_DOCTORS, Category
from app.domain.shared.refusal import Appeal, appeal_of
from app.domain.shared.rulebook import Ruled, RulesInForce

NOTICE = "certificate.notice"
REVIEW = "certificate.review"
VALIDITY = "certificate.validity"
ADULT_AGE = "certificate.guardian_proof.adult_age"
GUARDED = "certificate.guardian_proof.categories"
APPEAL = "certificate.appeal"
GROUNDS = "certificate.cancellation_grounds"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRules:
    """What holds for certificates in a region on a day, each value with the reference of its rule.

    Source: 残疾人证管理办法 (2017), arts. 9(1), 9(3), 9(4), 19, 25, as dated data.
    """

    notice_working_days: Ruled[int]
    review_working_days: Ruled[int]
    validity_years: Ruled[int]
    minimum_doctors: Ruled[int]
    adult_age_years: Ruled[int]
    guarded_categories: Ruled[frozenset[Category]]
    """Categories for which a guardian's proof is needed at any age."""
    appeal: Ruled[Appeal]
    cancellation_grounds: Ruled[tuple[str, ...]]
    """On which grounds the place cancels."""

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        return cls(
            notice_working_days=rules.working_days(NOTICE),
            review_working_days=rules.working_days(REVIEW),
            validity_years=rules.years(VALIDITY),
            minimum_doctors=rules.count(MINIMUM_DOCTORS),
            adult_age_years=rules.years(ADULT_AGE),
            guarded_categories=_categories(rules),
            appeal=appeal_of(rules, APPEAL),
            cancellation_grounds=rules.texts(GROUNDS),
        )


def _categories(rules: RulesInForce) -> Ruled[frozenset[Category]]:
    entry = rules.entry(GUARDED)
    return Ruled(frozenset(Category.from_slug(slug) for slug in entry.value.texts("categories")), entry.rule)
