"""What somebody is shown of a person because the person has agreed to it, and only as long as that holds."""

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.consent.consent import Consent
from app.domain.consent.refusals import HOW_TO_CONSENT, ConsentNotInForce
from app.domain.shared.authz import PersonField


@dataclass(frozen=True, slots=True)
class Reliance:
    """By what a party to a case is shown the person: for which purpose, and by which consent that is in force today."""

    purpose: str | None
    """None where the law suffices."""
    consent: Consent | None = None

    @property
    def holds(self) -> bool:
        """Say whether the person may be shown by it."""
        return self.purpose is None or self.consent is not None


def required(reliances: Collection[Reliance], *, purpose: str | None = None) -> tuple[Reliance, ...]:
    """Those by which the person may be shown: of the purpose, where one is named.

    Source: 个人信息保护法 (2021) arts. 15, 47: after the withdrawal the receiver handles the data no more.

    Raises:
        ConsentNotInForce: by none of them.
    """
    found = tuple(one for one in holding(reliances) if purpose in {None, one.purpose})
    if not found:
        relied = sorted({one.purpose for one in reliances if one.purpose is not None})
        raise ConsentNotInForce(
            f"The person's consent ({', '.join(relied) or 'for this purpose'}) was taken back, has run out, or is for "
            f"something else. {HOW_TO_CONSENT}. Your own referrals you may still read, and record what was done.",
            purposes=relied,
        )
    return found


def holding(reliances: Collection[Reliance]) -> tuple[Reliance, ...]:
    """Those by which the person may be shown today."""
    return tuple(one for one in reliances if one.holds)


def shared_by(reliances: Collection[Reliance]) -> frozenset[PersonField] | None:
    """The groups that consents share; None where nothing rests on one, and the role alone says what is shown."""
    if not reliances or any(one.purpose is None for one in reliances):
        return None
    return frozenset[PersonField]().union(*(one.consent.fields for one in reliances if one.consent is not None))
