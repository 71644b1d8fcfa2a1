"""A batch of people who wait and of places that are free, what an assignment of it is worth, and what may be proposed.

The order of the list outweighs everything: of two assignments the better one serves the earlier of those on which they
differ, and only where both serve the same people the one that fits better. Weights that fall by one a person say just
that. Which people can be served together is a transversal matroid, so the heaviest such set is the one that the list
itself, gone down from its head, would serve wherever somebody can still be fitted in by moving others; and it is as
large as any.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

MOST_FIT = 100
Assignment: TypeAlias = Sequence["int | None"]
"""For each of the people, in the order of the list, the place that is proposed; None where the person waits on."""


class NotAnAssignment(Exception):
    """What a solver found is no assignment of the batch: a mistake of the program, not of the caller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Who waits and what is free. Everybody and everything is a number here; nobody is anybody.

    People with one profile fit all places alike: they differ by their place on the list alone.
    """

    people: tuple[int, ...]
    """The profile of each, in the order of the list."""
    free: tuple[int, ...]
    """How many places each service has."""
    fits: tuple[Mapping[int, int], ...]
    """For each profile the services that it may be given, and how well each fits, from 0 to 100."""

    @property
    def weight_of_place(self) -> int:
        """How much one place on the list outweighs: more than the fit of everybody together."""
        return MOST_FIT * len(self.people) + 1

    def weight_of(self, person: int) -> int:
        """How much it is worth that somebody is served: one step more than the next on the list."""
        return (len(self.people) - person) * self.weight_of_place


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """What an assignment is worth: the list first, then the fit."""

    priority: int
    """The weights of all who are served."""
    fit: int
    served: int


def worth_of(batch: Batch, assignment: Assignment) -> Worth:
    """What an assignment of a batch is worth.

    >>> batch = Batch(people=(0, 0), free=(1,), fits=({0: 80},))
    >>> worth_of(batch, (0, None)) > worth_of(batch, (None, 0))
    True
    """
    served = [(person, place) for person, place in enumerate(assignment) if place is not None]
    return Worth(
        priority=sum(batch.weight_of(person) for person, _ in served),
        fit=sum(batch.fits[batch.people[person]][place] for person, place in served),
        served=len(served),
    )


def greedy(batch: Batch) -> tuple[int | None, ...]:
    """Go down the list and give everybody the best place that is left: what is done by hand, to compare with."""
    left = list(batch.free)
    found: list[int | None] = []
    for profile in batch.people:
        open_to = ((fit, -place) for place, fit in batch.fits[profile].items() if left[place] > 0)
        best = max(open_to, default=None)
        found.append(None if best is None else -best[1])
        if best is not None:
            left[-best[1]] -= 1
    return tuple(found)


def checked(batch: Batch, assignment: Assignment) -> tuple[int | None, ...]:
    """The assignment, once it is one: no solver is believed.

    Raises:
        NotAnAssignment: it gives a place that is not there, or one that the person may not have, or is worth less than
            going down the list.
    """
    taken = Counter(place for place in assignment if place is not None)
    if any(count > batch.free[place] for place, count in taken.items()):
        raise NotAnAssignment("More places were given than there are.")
    if len(assignment) != len(batch.people) or any(
        place is not None and place not in batch.fits[profile]
        for profile, place in zip(batch.people, assignment, strict=True)
    ):
        raise NotAnAssignment("Somebody was given what is not for them.")
    if worth_of(batch, assignment) < worth_of(batch, greedy(batch)):
        raise NotAnAssignment("Going down the list would have been better.")
    return tuple(assignment)
