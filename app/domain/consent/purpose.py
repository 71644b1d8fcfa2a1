"""For which purposes a person's data go to others, and by what right."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from app.domain.consent.refusals import ConsentNotAsked, PurposeUnknown
from app.domain.shared.authz import PersonField
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import Rule, RulesInForce
from app.domain.shared.wording import Wording

PURPOSES = "consent.purpose."
"""Prefix of the subjects that describe a purpose each."""


class LegalBasis(StrEnum):
    """By what right data are handled for a purpose. Source: 个人信息保护法 (2021) art. 13."""

    CONSENT = "consent"
    """个人同意: art. 13(1)."""
    SEPARATE_CONSENT = "separate_consent"
    """单独同意: for sensitive data, and where another organisation is told; arts. 23, 29."""
    STATUTORY_DUTY = "statutory_duty"
    """履行法定职责: art. 13(3). The person is told, and not asked."""

    @property
    def needs_consent(self) -> bool:
        """Say whether nothing is shared before the person agrees."""
        return self is not LegalBasis.STATUTORY_DUTY


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingPurpose:
    """One purpose (处理目的), as the rules describe it."""

    code: str
    wording: Wording
    tells: Wording
    """What the person is told before agreeing. Source: 个人信息保护法 (2021) arts. 14, 17, 30."""
    basis: LegalBasis
    receivers: frozenset[str]
    """The kinds of organisations to whom one may consent."""
    referrals_to: frozenset[str]
    """The kinds of providers that a person is referred to for this purpose."""
    shares: frozenset[PersonField]
    """What may be shared at most."""
    source: str
    reference: str

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """Read it from a rule."""
        entry = Entry(rule.value, rule.reference)
        return cls(
            code=entry.text("code"),
            wording=Wording.of(entry),
            tells=Wording.of(entry.entry("tells")),
            basis=LegalBasis(entry.text("basis")),
            receivers=frozenset(entry.texts("receivers")),
            referrals_to=frozenset(entry.texts("referrals_to")),
            shares=frozenset(PersonField(group) for group in entry.texts("shares")),
            source=rule.source,
            reference=rule.reference,
        )

    def require_asked(self) -> None:
        """Hold a consent to a purpose that needs one.

        Raises:
            ConsentNotAsked: the law suffices.
        """
        if not self.basis.needs_consent:
            raise ConsentNotAsked(
                f"For {self.code} the law suffices ({self.source}). Go on without a consent.", pointer="/purpose"
            )


def purposes(rules: RulesInForce) -> Mapping[str, SharingPurpose]:
    """All purposes in force, by code."""
    found = (SharingPurpose.of(rule) for rule in rules.under(PURPOSES))
    return MappingProxyType({purpose.code: purpose for purpose in found})


def known_purpose(code: str, rules: RulesInForce) -> SharingPurpose:
    """The purpose of a code.

    Raises:
        PurposeUnknown: there is none in force.
    """
    known = purposes(rules)
    if code not in known:
        raise PurposeUnknown(f"Choose one of GET /v1/sharing-purposes: {', '.join(known)}.", pointer="/purpose")
    return known[code]


def purpose_of_referral(provider_kind: str, rules: RulesInForce) -> SharingPurpose:
    """For which purpose a person is referred to providers of a kind.

    Raises:
        MalformedRule: none is, or several are.
    """
    found = [purpose for purpose in purposes(rules).values() if provider_kind in purpose.referrals_to]
    if len(found) != 1:
        raise MalformedRule(f"{PURPOSES}* name {len(found)} purposes of referrals to {provider_kind}, not one.")
    return found[0]
