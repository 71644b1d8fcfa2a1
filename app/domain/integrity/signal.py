"""From counts to signals: what stands out from what all others conclude, or goes beyond a limit."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.domain.integrity.exact import binomial_tail, holm, hypergeometric_tail
from app.domain.integrity.kind import METHODS, AlarmKind, Method, Subject
from app.domain.integrity.rules import IntegrityRules

_EITHER_SIDE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of the cases of a subject are marked, and how many of all others' of the same sort.

    A doctor's severe grades among those concluded in a category; the values just beyond thresholds among those around
    them; the conclusions of this period among those of a village in this one and before.
    """

    subject: Subject
    of: str
    """Within what it is compared: a category, or a measure; empty for all."""
    marked: int
    cases: int
    marked_elsewhere: int
    cases_elsewhere: int

    @property
    def expected(self) -> float:
        """How many would be marked if they were as frequent as among the others; none where there are no others."""
        return self.cases * self.marked_elsewhere / self.cases_elsewhere if self.cases_elsewhere else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How often something has happened that is simply counted; for the pace, the most in one day."""

    subject: Subject
    times: int
    cases: int
    """How many cases it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """With what a share was compared, so that anybody can reckon again."""

    marked_elsewhere: int
    cases_elsewhere: int
    p_value: float
    """Before it was corrected."""
    among: int
    """How many subjects were looked at together: Holm corrects for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Something for a human to look into, with its figures. It says nothing of guilt, and nothing of any applicant."""

    kind: AlarmKind
    subject: Subject
    of: str
    observed: int
    expected: float
    """How many were to be expected; of a count, the most that is no alarm."""
    cases: int
    method: Method
    p_value: float | None = None
    """How likely so much or more is by chance, corrected for all comparisons; None where it was only counted."""
    beside: Compared | None = None
    """None where it was only counted."""


def compared(kind: AlarmKind, shares: Iterable[Share], *, rules: IntegrityRules) -> tuple[Signal, ...]:
    """The subjects whose share stands out from all others', all of them being looked at together."""
    judged = _TESTS[METHODS[kind]]
    bounds = rules.compared[kind]
    looked_at = [share for share in shares if share.cases >= bounds.at_least and share.cases_elsewhere]
    found = [judged(share) for share in looked_at]
    return tuple(
        _signal(kind, share, p_value, beside=_beside(share, before, among=len(found)))
        for share, before, p_value in zip(looked_at, found, holm(found), strict=True)
        if p_value <= bounds.chance and share.marked * 100 >= share.expected * bounds.percent_of_expected
    )


def counted(kind: AlarmKind, counts: Iterable[Count], *, rules: IntegrityRules) -> tuple[Signal, ...]:
    """Those beyond what is no alarm yet."""
    most = rules.most(kind)
    return tuple(
        Signal(
            kind=kind,
            subject=count.subject,
            of="",
            observed=count.times,
            expected=most,
            cases=count.cases,
            method=METHODS[kind],
        )
        for count in counts
        if count.times > most
    )


def p_values(kind: AlarmKind, shares: Iterable[Share], *, rules: IntegrityRules) -> Iterator[float]:
    """The p-values before they are corrected, by which the method itself is measured."""
    at_least = rules.compared[kind].at_least
    return (_TESTS[METHODS[kind]](share) for share in shares if share.cases >= at_least and share.cases_elsewhere)


def _beside(share: Share, p_value: float, *, among: int) -> Compared:
    return Compared(
        marked_elsewhere=share.marked_elsewhere, cases_elsewhere=share.cases_elsewhere, p_value=p_value, among=among
    )


def _signal(kind: AlarmKind, share: Share, p_value: float, *, beside: Compared) -> Signal:
    return Signal(
        kind=kind,
        subject=share.subject,
        of=share.of,
        observed=share.marked,
        expected=share.expected,
        cases=share.cases,
        method=METHODS[kind],
        p_value=p_value,
        beside=beside,
    )


def _against_the_others(share: Share) -> float:
    return hypergeometric_tail(
        share.marked,
        drawn=share.cases,
        marked=share.marked + share.marked_elsewhere,
        of=share.cases + share.cases_elsewhere,
    )


def _against_both(share: Share) -> float:
    """The others may round alike, and no frequency is quite even: only what neither explains is an alarm."""
    return max(_against_the_others(share), binomial_tail(share.marked, of=share.cases, chance=_EITHER_SIDE))


_TESTS: dict[Method, Callable[[Share], float]] = {
    Method.FISHER_HOLM_1: _against_the_others,
    Method.SIGN_FISHER_HOLM_1: _against_both,
}
