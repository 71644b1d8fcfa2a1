"""The database counts what the domain counts, and what a night finds in it is raised once, whole or not at all."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from typing_extensions import override

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.integrity_keeper import PostgresIntegrityKeeper
from app.adapters.postgres.queries.integrity import PostgresTallies
from app.adapters.postgres.roles import WORKER
from app.adapters.postgres.session import Session
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.certificate import HandReason, Measure, thresholds
from app.domain.integrity import (
    COMPARED,
    COUNTED,
    OF_DRAWS,
    AlarmKind,
    Asked,
    Chosen,
    Concluded,
    Declined,
    IntegrityRules,
    Period,
    compared,
    counts_of,
    draw_counts_of,
    hand_counts_of,
    shares_of,
    withdrawal_shares_of,
)
from app.domain.shared.authz import Reach
from app.domain.shared.identity import Category, Grade
from app.services.integrity_work import look_at
from app.services.ports.integrity import Extent
from tests.api.bulk import a_worker
from tests.builders.rules import BOOK
from tests.concluded import COUNTY, PERSON, PREFECTURE, forget, store, store_asked, store_chosen

pytestmark = [pytest.mark.anyio, pytest.mark.database]

IN_FORCE = BOOK.at("", date(2026, 11, 26))
RULES = IntegrityRules.of(IN_FORCE)
QUARTER = Period.over_by(datetime.now(UTC).date(), months=RULES.months)
EXTENT = Extent(area=PREFECTURE, period=QUARTER, rules=RULES, thresholds=thresholds(IN_FORCE))
DOCTORS = [UUID(int=0x9000 + number) for number in range(7)]
HOSPITALS = [UUID(int=0x8000 + number) for number in range(3)]
VILLAGES = [f"{COUNTY}/990201001/99020100100{number}" for number in range(4)]
MEASURES = {
    Measure.HEARING_DB: ["75", "79", "80", "81", "85", "86", "60", "61"],
    Measure.ACUITY: ["0.02", "0.05", "0.049", "0.1", "0.3"],
    Measure.INTELLIGENCE_QUOTIENT: ["49", "50", "51", "55", "20", "34"],
}
GUARDIANSHIP = """
INSERT INTO guardianship (person_id, guardian_id, valid_from, scope, proof)
VALUES ($1, $2, '2026-01-01', 'guardian', 'counter')
"""
ALARMS = "SELECT kind, region_path FROM integrity_alarm WHERE region_path LIKE '99/9902%' ORDER BY kind, id"


def conclusions(seed: int, count: int) -> list[Concluded]:
    """Conclusions that fall together in every way that a kind of alarm looks at."""
    chance = Random(seed)
    return [_one(chance) for _ in range(count)]


def _one(chance: Random) -> Concluded:
    on = QUARTER.first - timedelta(days=chance.choice([0, 0, 30, 400, 900])) + timedelta(days=chance.randrange(6))
    category = chance.choice([*Category, None])
    category = None if category is Category.MULTIPLE else category
    measure = chance.choice(list(MEASURES))
    return Concluded(
        case_id=uuid4(),
        doctors=tuple(chance.sample(DOCTORS, chance.choice([1, 2, 2]))),
        institution=chance.choice(HOSPITALS),
        village=chance.choice(VILLAGES),
        category=category,
        grade=chance.choice(list(Grade)) if category else None,
        applied_on=on + timedelta(days=chance.choice([-9, -1, 0, 0, 1])),
        concluded_on=on,
        measured={measure: Decimal(chance.choice(MEASURES[measure]))},
        address=chance.choice(["", "0a", "0b"]),
        phone=chance.choice(["", "0c", "0d"]),
    )


def _of_conclusions(kinds: Iterable[AlarmKind]) -> list[AlarmKind]:
    return [kind for kind in kinds if kind not in OF_DRAWS]


def within(period: Period, found: Iterable[Concluded]) -> list[Concluded]:
    return [one for one in found if period.first <= one.concluded_on <= period.last]


def seen_by(kind: AlarmKind, found: Iterable[Concluded]) -> list[Concluded]:
    """The conclusions of the period, and of the time before where a kind looks back."""
    if kind is AlarmKind.VILLAGE_CLUSTER:
        return within(Period(QUARTER.before(RULES.months_before).first, QUARTER.last), found)
    return within(QUARTER, found)


def draws(seed: int, count: int) -> list[Asked]:
    """Cases that were drawn for, taken back, concluded and declined in every way that a kind of alarm looks at."""
    chance = Random(seed)
    people = [uuid4() for _ in range(12)]
    return [_asked(chance, people) for _ in range(count)]


def _asked(chance: Random, people: list[UUID]) -> Asked:
    def a_day() -> date:
        return QUARTER.first + timedelta(days=chance.choice([-900, -364, -200, -1, 0, 5, 80, 95]))

    came_out = chance.choice(["withdrawn", "concluded", "open"])
    return Asked(
        case_id=uuid4(),
        person_id=chance.choice(people),
        institution=chance.choice(HOSPITALS),
        doctors=tuple(chance.sample(DOCTORS, 2)),
        withdrawn_on=a_day() if came_out == "withdrawn" else None,
        concluded_on=a_day() if came_out == "concluded" else None,
        declines=tuple(
            Declined(
                on=a_day(),
                institution=chance.choice(HOSPITALS),
                doctors=tuple(chance.sample(DOCTORS, chance.choice([0, 1, 2]))),
            )
            for _ in range(chance.choice([0, 0, 1, 2]))
        ),
    )


@pytest.fixture
async def worker(installed: Any) -> AsyncIterator[Database]:
    async with a_worker(installed) as database:
        yield database


@pytest.fixture
async def place(superuser: asyncpg.Connection) -> AsyncIterator[asyncpg.Connection]:
    """A prefecture to fill, which is empty again afterwards."""
    await forget(superuser)
    yield superuser
    await forget(superuser)


@pytest.fixture
async def tallies(superuser: asyncpg.Connection, worker: Database) -> AsyncIterator[PostgresTallies]:
    """What the worker counts behind its walls, in a transaction that comes to nothing."""
    transaction = superuser.transaction()
    await transaction.start()
    yield PostgresTallies(Session(superuser, worker))
    await transaction.rollback()


async def behind_the_walls(connection: asyncpg.Connection) -> None:
    await connection.execute(f"SET LOCAL ROLE {WORKER}")
    await gate.step_in(connection, reach=Reach.CASES, areas=f'{{"{PREFECTURE}/"}}')


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_database_counts_what_the_domain_counts(
    superuser: asyncpg.Connection, tallies: PostgresTallies, seed: int
) -> None:
    found = conclusions(seed, 150)
    elsewhere = [replace(one, village="99/9903/990301") for one in conclusions(seed, 10)]
    await store(superuser, [*found, *(replace(one, case_id=uuid4()) for one in elsewhere)])
    await behind_the_walls(superuser)

    for kind in _of_conclusions(COMPARED):
        shares = shares_of(kind, seen_by(kind, found), rules=RULES, thresholds=EXTENT.thresholds, since=QUARTER.first)
        assert len(shares) > 3
        assert tuple(await tallies.shares(kind, EXTENT)) == shares, kind
    for kind in _of_conclusions(COUNTED):
        counts = counts_of(kind, seen_by(kind, found))
        assert counts
        assert tuple(await tallies.counts(kind, EXTENT)) == counts, kind


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_database_counts_of_draws_what_the_domain_counts(
    superuser: asyncpg.Connection, tallies: PostgresTallies, seed: int
) -> None:
    found = draws(seed, 150)
    await store_asked(superuser, found, village=VILLAGES[0])
    await store_asked(superuser, draws(seed + 9, 10), village="99/9903/990301")
    await behind_the_walls(superuser)

    shares = withdrawal_shares_of(found, period=QUARTER)
    assert len(shares) > 3
    assert tuple(await tallies.shares(AlarmKind.WITHDRAWAL_SHARE, EXTENT)) == shares
    for kind in sorted(OF_DRAWS - {AlarmKind.WITHDRAWAL_SHARE, AlarmKind.CHOSEN_BY_HAND}):
        counts = draw_counts_of(kind, found, period=QUARTER, within=RULES.draws_counted(QUARTER))
        assert len(counts) > 3
        assert tuple(await tallies.counts(kind, EXTENT)) == counts, kind


def choices(seed: int, count: int) -> list[Chosen]:
    """Choices by hand on days around the quarter, with and without a conclusion since."""
    chance = Random(seed)
    return [
        Chosen(
            case_id=uuid4(),
            on=QUARTER.first + timedelta(days=chance.choice([-1, 0, 5, 80, 95])),
            institution=chance.choice(HOSPITALS),
            doctors=tuple(chance.sample(DOCTORS, chance.choice([0, 2]))),
        )
        for _ in range(count)
    ]


async def test_the_database_counts_of_choices_by_hand_what_the_domain_counts(
    superuser: asyncpg.Connection, tallies: PostgresTallies
) -> None:
    found = choices(1, 60)
    await store_chosen(superuser, found, village=VILLAGES[0])
    await store_chosen(superuser, choices(2, 9), village=VILLAGES[0], reason=HandReason.ONLY_ONE_ELIGIBLE)
    await store_asked(superuser, draws(3, 20), village=VILLAGES[1])
    await behind_the_walls(superuser)

    counts = hand_counts_of(found, period=QUARTER)

    assert len(counts) > 3
    assert tuple(await tallies.counts(AlarmKind.CHOSEN_BY_HAND, EXTENT)) == counts


async def test_one_choice_by_an_officers_word_is_asked_about(worker: Database, place: asyncpg.Connection) -> None:
    chosen = Chosen(case_id=uuid4(), on=QUARTER.last, institution=HOSPITALS[0])
    await store_chosen(place, [chosen], village=VILLAGES[0])

    assert await look_at(PREFECTURE, uow=a_night(worker)) == 1

    (row,) = await place.fetch("SELECT kind, subject_kind, named FROM integrity_alarm WHERE region_path ^@ $1", COUNTY)
    assert (row["kind"], row["subject_kind"], row["named"]) == ("chosen_by_hand", "institution", [HOSPITALS[0]])


async def test_whoever_shops_for_a_doctor_is_asked_about_and_neither_they_nor_their_guardian_find_it(
    worker: Database, place: asyncpg.Connection
) -> None:
    shopper, guardian = uuid4(), uuid4()
    first = Asked(
        case_id=uuid4(),
        person_id=shopper,
        institution=HOSPITALS[0],
        doctors=(DOCTORS[0], DOCTORS[1]),
        withdrawn_on=QUARTER.first,
    )
    shopped = [first, replace(first, case_id=uuid4(), withdrawn_on=QUARTER.last)]
    await store_asked(place, shopped, village=VILLAGES[0])
    await place.execute(PERSON, guardian, VILLAGES[1])
    await place.execute(GUARDIANSHIP, shopper, guardian)

    assert await look_at(PREFECTURE, uow=a_night(worker)) == 1

    (row,) = await place.fetch("SELECT kind, subject_kind, named FROM integrity_alarm WHERE region_path ^@ $1", COUNTY)
    assert (row["kind"], row["subject_kind"], set(row["named"])) == (
        "withdrawn_after_draw",
        "digest",
        {shopper, guardian},
    )


async def test_what_is_played_with_a_test_clock_is_not_counted(
    superuser: asyncpg.Connection, tallies: PostgresTallies
) -> None:
    await store(superuser, conclusions(3, 20))
    clock = uuid4()
    await superuser.execute("INSERT INTO clock (id, offset_seconds) VALUES ($1, 0)", clock)
    await superuser.execute("UPDATE person SET clock_id = $1 WHERE region_path LIKE '99/9902%'", clock)
    await behind_the_walls(superuser)

    assert [await tallies.shares(kind, EXTENT) for kind in COMPARED] == [[]] * len(COMPARED)


async def test_an_alarm_names_the_marked_files_alone(superuser: asyncpg.Connection, tallies: PostgresTallies) -> None:
    mine = [_severe(number, doctors=(DOCTORS[0], DOCTORS[1]), is_severe=number < 30) for number in range(40)]
    others = [_severe(number, doctors=(DOCTORS[2], DOCTORS[3]), is_severe=False) for number in range(60)]
    await store(superuser, [*mine, *others])
    await behind_the_walls(superuser)
    kind = AlarmKind.SEVERE_SHARE

    signal = compared(kind, await tallies.shares(kind, EXTENT), rules=RULES)[0]
    behind = await tallies.behind(signal, EXTENT)

    assert (signal.subject.key, signal.of, signal.observed) == (str(DOCTORS[0]), "hearing", 30)
    assert set(behind.cases) == {one.case_id for one in mine[:30]}
    assert behind.first_region.startswith(COUNTY)


def _severe(number: int, *, doctors: tuple[UUID, ...], is_severe: bool) -> Concluded:
    return Concluded(
        case_id=uuid4(),
        doctors=doctors,
        institution=HOSPITALS[0],
        village=VILLAGES[number % 4],
        category=Category.HEARING,
        grade=Grade.FIRST if is_severe else Grade.FOURTH,
        applied_on=QUARTER.first,
        concluded_on=QUARTER.first + timedelta(days=number % 80),
    )


def a_suspicious_quarter() -> list[Concluded]:
    mine = [_severe(number, doctors=(DOCTORS[0],), is_severe=True) for number in range(30)]
    return [*mine, *(_severe(number, doctors=(DOCTORS[1],), is_severe=False) for number in range(60))]


class Killed(PostgresUnitOfWork):
    """One that is killed with all its work done, before anything is durable."""

    @override
    async def commit(self, result: Any) -> Any:
        raise asyncio.CancelledError


def a_night(worker: Database) -> PostgresUnitOfWork:
    return PostgresIntegrityKeeper(worker).open_work(PREFECTURE, what="raise_alarms")


async def test_a_night_raises_what_figures_ask_and_no_later_night_asks_again(
    worker: Database, place: asyncpg.Connection
) -> None:
    await store(place, a_suspicious_quarter())

    first = await look_at(PREFECTURE, uow=a_night(worker))
    await store(place, a_suspicious_quarter())
    second = await look_at(PREFECTURE, uow=a_night(worker))

    rows = await place.fetch(ALARMS)
    assert (first, second) == (1, 0)
    assert [tuple(row) for row in rows] == [("severe_share", COUNTY)]
    events = "SELECT person_id, facts::text AS facts FROM event WHERE region_path = $1 AND name LIKE 'integrity%'"
    event = await place.fetchrow(events, COUNTY)
    assert event["person_id"] is None
    assert str(DOCTORS[0]) not in event["facts"]


async def test_a_quarter_in_which_nothing_stands_out_is_looked_at_once_too(
    worker: Database, place: asyncpg.Connection
) -> None:
    assert await look_at(PREFECTURE, uow=a_night(worker)) == 0

    looks = await place.fetch("SELECT period_first, alarms FROM integrity_look WHERE region_path = $1", PREFECTURE)
    assert [tuple(row) for row in looks] == [(QUARTER.first, 0)]


async def test_two_workers_raise_nothing_twice(worker: Database, place: asyncpg.Connection) -> None:
    await store(place, a_suspicious_quarter())

    raised = await asyncio.gather(*(look_at(PREFECTURE, uow=a_night(worker)) for _ in range(2)))

    assert sorted(raised) == [0, 1]
    assert len(await place.fetch(ALARMS)) == 1


async def test_one_that_is_killed_has_raised_none_and_the_next_raises_all(
    worker: Database, place: asyncpg.Connection
) -> None:
    await store(place, a_suspicious_quarter())
    nobody, admit = a_night(worker).caller, gate.by_itself(region=PREFECTURE, test_clock_id=None)

    with pytest.raises(asyncio.CancelledError):
        await look_at(PREFECTURE, uow=Killed(worker, nobody, admit=admit))

    assert await place.fetch(ALARMS) == []
    assert await look_at(PREFECTURE, uow=a_night(worker)) == 1


async def test_no_case_changes_by_an_alarm(worker: Database, place: asyncpg.Connection) -> None:
    await store(place, a_suspicious_quarter())
    cases = "SELECT md5(string_agg(c::text, '' ORDER BY id)) FROM certificate_case c WHERE region_path LIKE '99/9902%'"
    before = await place.fetchval(cases)

    await look_at(PREFECTURE, uow=a_night(worker))

    assert await place.fetchval(cases) == before


async def test_the_areas_are_those_around_the_counties_that_have_an_office(worker: Database) -> None:
    keeper = PostgresIntegrityKeeper(worker)

    assert "65/6523" in await keeper.areas()
    assert "65/6523/652301" in [office.county for office in await keeper.offices()]
