"""Assignment as a flow of least cost, by OR-Tools' cost scaling in whole numbers: exact, whatever the batch.

From each person one unit flows through the person's profile to a service and on to the sink, or to the sink at once.
The flow to a profile is worth the person's place on the list, that to a service how well it fits. People of one profile
share its arcs, so that thousands of people and hundreds of services stay some hundred thousand arcs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyio import to_thread

from app.domain.assignment import Assignment, Batch, NotAnAssignment

if TYPE_CHECKING:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow


class FlowAssigner:
    """Solves batches in a thread of their own: nobody else waits."""

    async def solve(self, batch: Batch) -> Assignment:
        """The assignment that is worth most."""
        return await to_thread.run_sync(assigned, batch)


@dataclass(frozen=True, slots=True)
class _Network:
    """The flow, and which of its arcs are whose."""

    flow: "SimpleMinCostFlow"
    of_people: list[int]
    of_services: list[tuple[int, int, int]]
    """Profile, service and arc."""


def assigned(batch: Batch) -> Assignment:
    """The assignment of a batch that is worth most.

    Raises:
        NotAnAssignment: the solver found none, which there always is.
    """
    if not batch.people:
        return ()
    network = _network(batch)
    if network.flow.solve() != network.flow.OPTIMAL:
        raise NotAnAssignment("The solver found no flow.")
    places = _places(batch, network)
    return [
        next(places[profile]) if network.flow.flow(arc) else None
        for profile, arc in zip(batch.people, network.of_people, strict=True)
    ]


def _network(batch: Batch) -> _Network:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415 - most processes assign nobody

    people, profiles, services = len(batch.people), len(batch.fits), len(batch.free)
    sink = people + profiles + services
    flow = SimpleMinCostFlow()
    add = flow.add_arc_with_capacity_and_unit_cost
    of_people = []
    for person, profile in enumerate(batch.people):
        of_people.append(add(person, people + profile, 1, -batch.weight_of(person)))
        add(person, sink, 1, 0)
        flow.set_node_supply(person, 1)
    flow.set_node_supply(sink, -people)
    of_services = []
    for profile, count in sorted(Counter(batch.people).items()):
        for service, fit in batch.fits[profile].items():
            if batch.free[service] > 0:
                most = min(count, batch.free[service])
                arc = add(people + profile, people + profiles + service, most, -fit)
                of_services.append((profile, service, arc))
    for service, free in enumerate(batch.free):
        add(people + profiles + service, sink, free, 0)
    return _Network(flow, of_people, of_services)


def _places(batch: Batch, network: _Network) -> dict[int, Iterator[int]]:
    """The places of each profile, those that fit best first: whoever stands first on the list gets them."""
    found: dict[int, list[int]] = defaultdict(list)
    for profile, service, arc in network.of_services:
        found[profile] += [service] * network.flow.flow(arc)
    return {
        profile: iter(sorted(services, key=lambda service: (-batch.fits[profile][service], service)))
        for profile, services in found.items()
    }
