"""A visit at home: all accounts that were given of it, joined in any order to the same state."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID, uuid5

from app.domain.home_visit import events
from app.domain.home_visit.refusals import (
    NothingToResolve,
    PromiseNotFound,
    PromiseSettled,
    TooManyAccounts,
    VisitDayImpossible,
)
from app.domain.home_visit.report import Promise, PromiseOutcome, Report, Settlement, VisitOutcome
from app.domain.shared.access import Principal

MOST_ACCOUNTS = 100
"""Of one visit, and of what became of its promises: far more than there are people who can have been there."""


def visit_key(person_id: UUID, key: UUID) -> UUID:
    """The id of a visit that a phone has named by a key of its own; the same key of another person is another visit."""
    return uuid5(person_id, str(key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """That a human has said which of several accounts counts, of those that there were then."""

    digest: str
    among: tuple[str, ...]
    by: UUID
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisit:
    """A visit at home (走访探视), with every account that was given of it.

    Accounts and settlements only grow, each kept once and in one order, so that whatever comes twice, late or in
    another order leads to the same state. Two that differ stand side by side until a human says which counts;
    nothing is merged in silence. None of the changes touches `version`.

    Source: R28, R36 of the operational requirements.
    """

    id: UUID
    person_id: UUID
    region: str
    reports: tuple[Report, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    resolution: Resolution | None = None
    version: int = 1

    @property
    def application_id(self) -> None:
        """A visit at home belongs to no application."""

    @property
    def is_in_conflict(self) -> bool:
        """Say whether accounts differ that no human has decided between."""
        return len(self.reports) > 1 and not {report.digest for report in self.reports} <= self._decided

    @property
    def report(self) -> Report | None:
        """The account that counts; None while there is none, or several that nobody has decided between."""
        if self.is_in_conflict or not self.reports:
            return None
        chosen = self.resolution.digest if self.resolution and len(self.reports) > 1 else self.reports[0].digest
        return next(report for report in self.reports if report.digest == chosen)

    @property
    def promises(self) -> tuple[Promise, ...]:
        """The promises of the account that counts."""
        return self.report.promises if self.report else ()

    @property
    def seen_on(self) -> date | None:
        """The latest day on which any account saw the person."""
        days = (report.visited_on for report in self.reports if report.outcome is VisitOutcome.SEEN)
        return max(days, default=None)

    @property
    def found_dead_on(self) -> date | None:
        """The day on which somebody was told there that the person has died.

        By the account that counts or, as long as nobody has decided between several, by the latest that says so.
        """
        counting = [self.report] if self.report else self.reports
        return max((one.visited_on for one in counting if one.outcome is VisitOutcome.DIED), default=None)

    @property
    def next_due_on(self) -> date | None:
        """The first day by which an open promise is due."""
        return min(
            (promise.due_on for promise in self.promises if self.outcome_of(promise.number) is None), default=None
        )

    def outcome_of(self, number: int) -> PromiseOutcome | None:
        """What became of a promise; None while nobody has said, or where visitors say different things."""
        said = {settlement.outcome for settlement in self.settlements if settlement.number == number}
        return said.pop() if len(said) == 1 else None

    def disputed(self) -> tuple[int, ...]:
        """The promises of which visitors say different things."""
        numbers = sorted({settlement.number for settlement in self.settlements})
        outcomes = {number: {one.outcome for one in self.settlements if one.number == number} for number in numbers}
        return tuple(number for number in numbers if len(outcomes[number]) > 1)

    def join(self, reports: Iterable[Report] = (), settlements: Iterable[Settlement] = ()) -> Self:
        """The visit with these accounts and settlements too; what it has already changes nothing.

        Raises:
            TooManyAccounts: there would be more than anybody reads.
        """
        known = {report.digest: report for report in (*self.reports, *reports)}
        settled = {*self.settlements, *settlements}
        if max(len(known), len(settled)) > MOST_ACCOUNTS:
            raise TooManyAccounts(
                "Look whether the program sends one account in ever new words, and begin a new visit."
            )
        return replace(
            self,
            reports=tuple(known[digest] for digest in sorted(known)),
            settlements=tuple(sorted(settled)),
        )

    def record(self, report: Report, *, by: Principal, on: date) -> tuple[Self, events.HomeVisitRecorded]:
        """Write down an account of the visit.

        Raises:
            VisitDayImpossible: it lies in the future, or promises something for a day before it.
            TooManyAccounts: so many other accounts of the visit are kept already.
        """
        late = [promise.number for promise in report.promises if promise.due_on < report.visited_on]
        if report.visited_on > on or late:
            raise VisitDayImpossible(
                "Give a day that has come, and promises for that day or later.", pointer="/visited_on"
            )
        joined = self.join(reports=(report,))
        return joined, events.HomeVisitRecorded(
            visit_id=self.id,
            outcome=report.outcome,
            visited_on=report.visited_on,
            promises=len(report.promises),
            is_in_conflict=joined.is_in_conflict,
            recorded_by=by.id,
        )

    def settle(self, settlement: Settlement) -> tuple[Self, events.PromiseSettledAs]:
        """Say what became of a promise.

        Raises:
            PromiseNotFound: the visit has none of this number.
            PromiseSettled: it was said before.
        """
        if settlement.number not in {promise.number for promise in self.promises}:
            raise PromiseNotFound("Read the visit again: it has no promise of this number.", pointer="/number")
        if any(one.number == settlement.number for one in self.settlements):
            raise PromiseSettled("It was said before what became of this promise.", pointer="/number")
        return self.join(settlements=(settlement,)), self.settled_as(settlement)

    def settled_since(self, before: Self) -> tuple[Settlement, ...]:
        """What was said of promises that had not been said before."""
        return tuple(one for one in self.settlements if one not in before.settlements)

    def settled_as(self, settlement: Settlement) -> events.PromiseSettledAs:
        """That it was said what became of a promise."""
        return events.PromiseSettledAs(
            visit_id=self.id,
            number=settlement.number,
            outcome=settlement.outcome,
            settled_on=settlement.settled_on,
            settled_by=settlement.by,
        )

    def resolve(self, digest: str, *, by: Principal, on: date) -> tuple[Self, events.HomeVisitResolved]:
        """Say which of several accounts counts; the others stay on record.

        Raises:
            NothingToResolve: the accounts agree, or none has this digest.
        """
        digests = tuple(report.digest for report in self.reports)
        if not self.is_in_conflict or digest not in digests:
            raise NothingToResolve(
                "Read the visit again, and name the digest of one of its accounts.", pointer="/digest"
            )
        resolved = replace(self, resolution=Resolution(digest=digest, among=digests, by=by.id, on=on))
        return resolved, events.HomeVisitResolved(visit_id=self.id, resolved_by=by.id, resolved_on=on)

    @property
    def _decided(self) -> frozenset[str]:
        return frozenset(self.resolution.among if self.resolution else ())
