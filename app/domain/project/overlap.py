"""Which other benefit stands against a project for somebody, since when, until when, and what would change it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.project.terms import Exclusion
from app.domain.shared.reason import Parameter, Reason
from app.domain.shared.span import months_after

_DAY = timedelta(days=1)


class ReceivedAs(StrEnum):
    """In which way somebody has, or had, a benefit."""

    PROJECT = "project"
    BENEFIT = "benefit"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One benefit that somebody has or had, wherever it was given."""

    as_what: ReceivedAs
    id: UUID
    """The entry in the other project, the case, or the referral."""
    codes: tuple[str, ...]
    """The benefit, the service, or the services that the other project pays for."""
    since: date
    until: date | None = None
    """The last day; None while it goes on."""
    project_id: UUID | None = None
    name: str = ""
    """The other project's."""
    excludes: frozenset[str] = frozenset()
    """What the other project is not given beside: ids of projects, and codes of services and benefits."""

    @property
    def called(self) -> str:
        """What it is named by: the project, or the code."""
        return str(self.project_id) if self.project_id else self.codes[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Another benefit that stands against this one."""

    received: Received
    within_months: int
    free_on: date | None
    """The first day on which it does so no more; None while it runs without an end."""

    @property
    def why(self) -> Reason:
        """Which benefit, since when and until when."""
        received = self.received
        told: dict[str, Parameter] = {"benefits": (received.called,), "since": received.since.isoformat()}
        if received.until is None:
            return Reason(code="project.overlap.running", parameters=told)
        return Reason(code="project.overlap.until", parameters=told | {"until": received.until.isoformat()})

    @property
    def change(self) -> Reason:
        """What would change it: the day from which it is possible, or that the other one ends."""
        if self.free_on is not None:
            return Reason(code="project.change.wait", parameters={"on": self.free_on.isoformat()})
        if self.within_months:
            return Reason(code="project.change.end_and_wait", parameters={"months": self.within_months})
        return Reason(code="project.change.end", parameters={})


def overlaps(
    exclusions: Iterable[Exclusion], received: Iterable[Received], *, on: date, known_as: Collection[str] = ()
) -> tuple[Overlap, ...]:
    """What stands against a benefit that begins on a day: each other benefit once, by the strictest exclusion.

    What somebody is to get later stands against it like what runs. So does, while it runs, another project that is not
    given beside what this one is `known_as`: which of two came first decides nothing.
    """
    named, own = tuple(exclusions), frozenset(known_as)
    found = (_overlap(named, one, on=on, known_as=own) for one in received)
    return tuple(
        sorted((one for one in found if one is not None), key=lambda one: (one.received.since, one.received.id))
    )


def _overlap(
    exclusions: tuple[Exclusion, ...], received: Received, *, on: date, known_as: frozenset[str]
) -> Overlap | None:
    months = max(_months(exclusions, received), default=0 if known_as & received.excludes else None)
    if months is None:
        return None
    free_on = None if received.until is None else max(received.until + _DAY, months_after(received.until, months))
    if free_on is not None and free_on <= on:
        return None
    return Overlap(received=received, within_months=months, free_on=free_on)


def _months(exclusions: tuple[Exclusion, ...], received: Received) -> Iterator[int]:
    for one in exclusions:
        of_project = one.project_id is not None and one.project_id == received.project_id
        if of_project or one.code in received.codes:
            yield one.within_months
