"""Any batch, in any order and any number of times, leads to the same visits: phones lose answers and send again."""

from collections.abc import Collection, Coroutine
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Self, TypeVar, cast
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from app.domain.home_visit import HomeVisit, Promise, PromiseOutcome, Report, Settlement, VisitOutcome
from app.domain.person import Person
from app.domain.shared.access import Principal, Role
from app.services.home_visit import Answered, EntryResult, Written, sync_visits
from app.services.ports.work import UnitOfWork
from tests.builders import MONDAY, VILLAGE, a_principal
from tests.builders.rules import BOOK

KNOWN, UNKNOWN = (UUID(int=1), UUID(int=2)), UUID(int=3)
OWNER = UUID(int=9)
Result = TypeVar("Result")


def at_once(running: Coroutine[Any, Any, Result]) -> Result:
    """The result of a use case over fakes, which wait for nothing."""
    try:
        running.send(None)
    except StopIteration as done:
        result: Result = done.value
        return result
    raise AssertionError("It waits.")


@dataclass
class Store:
    """What a service remembers between batches."""

    visits: dict[UUID, HomeVisit] = field(default_factory=dict)
    seen: dict[UUID, date] = field(default_factory=dict)

    def state(self) -> tuple[dict[UUID, HomeVisit], dict[UUID, date]]:
        """All of it but how often it was written."""
        return {key: replace(visit, version=1) for key, visit in self.visits.items()}, dict(self.seen)

    async def take_many(self, keys: Collection[UUID]) -> dict[UUID, HomeVisit]:
        return {key: self.visits[key] for key in keys if key in self.visits}

    def add(self, visit: HomeVisit) -> None:
        assert visit.id not in self.visits
        self.visits[visit.id] = visit

    async def save(self, visit: HomeVisit) -> HomeVisit:
        self.visits[visit.id] = replace(visit, version=visit.version + 1)
        return self.visits[visit.id]

    async def close_to_caller(self) -> frozenset[UUID]:
        return frozenset()

    async def visited(self, person_id: UUID, *, on: date) -> None:
        self.seen[person_id] = max(on, self.seen.get(person_id, on))

    async def get_many(self, person_ids: list[UUID]) -> dict[UUID, Person]:
        return {key: Person(id=key, region=VILLAGE, registration_region=VILLAGE) for key in person_ids if key in KNOWN}


@dataclass
class Work:
    """One transaction over a store."""

    store: Store
    actor: Principal = field(default_factory=lambda: a_principal(Role.COMMISSIONER, region=VILLAGE))
    today: date = MONDAY
    events: list[object] = field(default_factory=list)

    rulebook = BOOK

    @property
    def persons(self) -> Store:
        return self.store

    home_visits = roster = persons

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    def record(self, event: object, *, about: object) -> None:
        self.events.append((event, about))

    def accessed(self, *_: UUID, disclosed: tuple[str, ...]) -> None:
        assert disclosed

    async def commit(self, result: Result) -> Result:
        return result


def sent(store: Store, batch: list[Written]) -> tuple[Answered, ...]:
    return at_once(sync_visits(batch, uow=cast(UnitOfWork, Work(store))))


DAYS = st.sampled_from([MONDAY - timedelta(days=days) for days in (0, 1, 9)] + [MONDAY + timedelta(days=1)])
REPORTS = st.builds(
    Report,
    visited_on=DAYS,
    by=st.just(OWNER),
    outcome=st.sampled_from(VisitOutcome),
    seen=st.sampled_from(("", "屋内漏雨")),
    needs=st.sampled_from(((), ("long_term_care",), ("gold",))),
    promises=st.sampled_from(((), (Promise(number=1, text="安装扶手", owner_id=OWNER, due_on=date(2199, 1, 1)),))),
)
SETTLEMENTS = st.builds(
    Settlement,
    number=st.just(1),
    outcome=st.sampled_from(PromiseOutcome),
    settled_on=DAYS,
    by=st.just(OWNER),
)
ENTRIES = st.builds(
    Written,
    key=st.sampled_from([UUID(int=number) for number in (100, 101)]),
    person_id=st.sampled_from((*KNOWN, UNKNOWN)),
    report=st.none() | REPORTS,
    settlements=st.lists(SETTLEMENTS, max_size=2).map(tuple),
)


class Phones(RuleBasedStateMachine):
    """Phones that send what they have written, again and in other orders; and services that have seen it once."""

    written: Bundle[Written] = Bundle("written")

    def __init__(self) -> None:
        super().__init__()
        self.store, self.entries = Store(), list[Written]()

    @rule(target=written, batch=st.lists(ENTRIES, min_size=1, max_size=4))
    def send(self, batch: list[Written]) -> Any:
        answers = sent(self.store, batch)
        self.entries += batch
        assert [answer.key for answer in answers] == [entry.key for entry in batch]
        return multiple(*batch)

    @rule(batch=st.lists(written, min_size=1, max_size=6))
    def send_again(self, batch: list[Written]) -> None:
        before = self.store.state()

        answers = sent(self.store, batch)

        assert self.store.state() == before
        assert EntryResult.WRITTEN not in {answer.result for answer in answers}

    @invariant()
    def it_is_as_if_all_had_come_once_and_in_another_order(self) -> None:
        backwards, one_by_one = Store(), Store()
        sent(backwards, self.entries[::-1])
        for entry in sorted(self.entries, key=repr):
            sent(one_by_one, [entry])

        assert self.store.state() == backwards.state() == one_by_one.state()

    @invariant()
    def what_differs_is_a_conflict_and_nothing_is_lost(self) -> None:
        for visit in self.store.visits.values():
            assert visit.is_in_conflict == (len(visit.reports) > 1)
            assert (visit.report is None) == (len(visit.reports) != 1)


TestPhones = pytest.mark.slow(Phones.TestCase)
TestPhones.settings = settings(max_examples=40, stateful_step_count=8, deadline=None)
