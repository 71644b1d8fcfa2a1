"""Worker composition root: what runs by the clock and for nobody's request, and the jobs that people have ordered."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

import structlog

from app.adapters.files import stores_at
from app.adapters.keys import read_keys
from app.adapters.logging import configure_logging
from app.adapters.names import ChineseNames
from app.adapters.postgres.clock_keeper import PostgresClockKeeper
from app.adapters.postgres.database import Database
from app.adapters.postgres.draw_keeper import PostgresDrawKeeper
from app.adapters.postgres.duplicate_keeper import PostgresDuplicateKeeper
from app.adapters.postgres.integrity_keeper import PostgresIntegrityKeeper
from app.adapters.postgres.job_queue import PostgresJobQueue
from app.adapters.postgres.offer_keeper import PostgresOfferKeeper
from app.adapters.postgres.quota import keep_sharing
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.postgres.upkeep import AT_ONCE, keep_up
from app.adapters.postgres.upload import PostgresLeftUploads
from app.domain.assessment import Instruments
from app.domain.job import JobKind
from app.domain.shared.errors import Unavailable
from app.main import instruments_of, numbers_of, open_database, real_time, running
from app.services.archive import count_archives
from app.services.catalogue_import import CatalogueImportWork
from app.services.certificate.verification import CertificateVerificationWork
from app.services.clock.expiring import check_recorded, expire_due, expire_unanswered, recompute_outdated
from app.services.clock.rising import raise_overdue
from app.services.draw import publish_ahead
from app.services.duplicate import find_duplicates
from app.services.evidence import Stores, look_after_uploads
from app.services.integrity_work import draw_samples, raise_alarms
from app.services.job.table_work import TableWork
from app.services.job.work import Works, work_once
from app.services.offering import expire_offers, make_offers
from app.services.outcome import keep_outcomes
from app.services.past_roster import RosterExportWork
from app.services.payment_work import PaymentExportWork, PaymentRollWork
from app.services.population import keep_facts
from app.services.ports.certificate import CertificateNumbers
from app.services.recheck_work import RecheckScanWork
from app.services.register_import import RegisterImportWork
from app.services.survey import SurveyImportWork
from app.services.visit_planning import plan_all
from app.settings import settings

ROUND_SECONDS = 60
HERE = ZoneInfo("Asia/Shanghai")
"""Where a new day begins that has the rules look for whom something is due."""
LOOK_SECONDS = 0.25
"""How long an idle worker waits before it looks for a job again: somebody may be waiting for the first results."""
OUTAGE_SECONDS = 5
"""How long it waits where the database does not answer: the log is read by whoever mends that."""


Figures: TypeAlias = Mapping[str, object]
Once: TypeAlias = Callable[[], Awaitable[Figures]]


class Says(NamedTuple):
    """What the log says of a round that was done, of one without a database, and of one that broke."""

    done: str
    undone: str
    broke: str


def works_with(numbers: CertificateNumbers, instruments: Instruments) -> Works:
    """What the worker can do for each kind of job."""
    return {
        JobKind.CERTIFICATE_VERIFICATION: TableWork(CertificateVerificationWork(numbers)),
        JobKind.REGISTER_IMPORT: TableWork(RegisterImportWork(numbers)),
        JobKind.CATALOGUE_IMPORT: TableWork(CatalogueImportWork()),
        JobKind.SURVEY_IMPORT: TableWork(SurveyImportWork(instruments)),
        JobKind.PAYMENT_ROLL: PaymentRollWork(),
        JobKind.PAYMENT_EXPORT: PaymentExportWork(),
        JobKind.ROSTER_EXPORT: RosterExportWork(),
        JobKind.RECHECK_SCAN: RecheckScanWork(),
    }


def run() -> int:
    """Work until told to stop, and say with the exit code how it ended."""
    current = settings()
    configure_logging(current.log_level, json=current.log_json)
    asyncio.run(_work())
    return 0


async def _work() -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    current = settings()
    database = await open_database(current, name="yian-worker")
    try:
        stores = stores_at(current, read_keys(current.keys_file))
        async with running(keep_sharing(database.pool, database.quotas)):
            await asyncio.gather(
                keep_on_keeping_up(database, stopped),
                keep_on_working(database, stopped, works=works_with(numbers_of(current), instruments_of(current))),
                keep_on_looking_after_uploads(database, stopped, stores=stores),
                keep_on_keeping_time(database, stopped),
                keep_on_offering(database, stopped),
                keep_on_committing(database, stopped),
                keep_on_planning(database, stopped),
                keep_on_asking(database, stopped),
                keep_on_comparing(database, stopped),
            )
    finally:
        await database.pool.close()


async def keep_on_keeping_up(database: Database, stopped: asyncio.Event) -> None:
    """Remove what has had its time; a portion a round would not keep pace with a busy day."""

    async def remove() -> Figures:
        removed = portion = await keep_up(database.pool, at=real_time())
        while portion >= AT_ONCE and not stopped.is_set():
            removed += (portion := await keep_up(database.pool, at=real_time()))
        return {"removed": removed}

    await in_rounds(remove, stopped, says=Says("kept up", "not kept up", "keeping up broke"))


async def keep_on_keeping_time(database: Database, stopped: asyncio.Event) -> None:
    """Let limits and offers run out whose last day has passed, and reckon anew what a changed calendar moves."""
    keeper = PostgresClockKeeper(database)

    async def keep_time() -> Figures:
        rounds = {
            "moved": await recompute_outdated(keeper),
            "expired": await expire_due(keeper),
            "unanswered": await expire_unanswered(keeper),
            "raised": await raise_overdue(keeper),
            "checked": await check_recorded(keeper),
        }
        failed = [str(one) for kept in rounds.values() for one in kept.failed]
        return {**{name: kept.done for name, kept in rounds.items()}, "failed": failed}

    await in_rounds(keep_time, stopped, says=Says("time kept", "no time kept", "keeping time broke"))


async def keep_on_offering(database: Database, stopped: asyncio.Event) -> None:
    """Each night, lay facts side by side, look for whom something is due, and sum up what came of services."""
    keeper = PostgresOfferKeeper(database)

    async def look() -> Figures:
        return {
            "kept": await keep_facts(keeper),
            "made": await make_offers(keeper),
            "counted": await keep_outcomes(keeper),
        }

    nightly = once_a_day(look)

    async def offer() -> Figures:
        return {"expired": await expire_offers(keeper), **await nightly()}

    await in_rounds(offer, stopped, says=Says("offered", "nothing offered", "offering broke"))


async def keep_on_planning(database: Database, stopped: asyncio.Event) -> None:
    """Each night, derive all plans of visits anew, give a commissioner to whoever has none, and count archives."""
    keeper = PostgresOfferKeeper(database)

    async def plan() -> Figures:
        return {"people": await plan_all(keeper), "archives": await count_archives(keeper)}

    await in_rounds(once_a_day(plan), stopped, says=Says("planned", "nothing planned", "planning broke"))


async def keep_on_comparing(database: Database, stopped: asyncio.Event) -> None:
    """Compare whoever came or changed with all who share a key, and put down who may be registered twice."""
    keeper, names = PostgresDuplicateKeeper(database), ChineseNames()

    async def compare() -> Figures:
        return {"found": await find_duplicates(keeper, names=names)}

    await in_rounds(compare, stopped, says=Says("compared", "nobody compared", "comparing broke"))


async def keep_on_committing(database: Database, stopped: asyncio.Event) -> None:
    """Publish commitments to seeds ahead of the cases that they will draw for."""
    keeper = PostgresDrawKeeper(database)

    async def commit() -> Figures:
        return {"published": await publish_ahead(keeper)}

    await in_rounds(commit, stopped, says=Says("committed ahead", "no commitment published", "committing broke"))


async def keep_on_asking(database: Database, stopped: asyncio.Event) -> None:
    """Each night, look at the figures of a quarter that is over, and draw the lot of a month that is over."""
    keeper = PostgresIntegrityKeeper(database)

    async def look() -> Figures:
        return {"raised": await raise_alarms(keeper), "drawn": await draw_samples(keeper)}

    says = Says("figures looked at", "no figures looked at", "looking at figures broke")
    await in_rounds(once_a_day(look), stopped, says=says)


async def keep_on_looking_after_uploads(database: Database, stopped: asyncio.Event, *, stores: Stores) -> None:
    """Ask the scanner again about what waits for it, and remove what nobody has used in time."""
    left = PostgresLeftUploads(database.pool)

    async def look_after() -> Figures:
        return {"removed": await look_after_uploads(left, stores=stores, at=real_time())}

    says = Says("uploads looked after", "uploads not looked after", "looking after uploads broke")
    await in_rounds(look_after, stopped, says=says)


async def keep_on_working(database: Database, stopped: asyncio.Event, *, works: Works) -> None:
    """Do the jobs that people have ordered, a chunk of one after a chunk of another."""
    queue, log = PostgresJobQueue(database), structlog.get_logger()
    while not stopped.is_set():
        try:
            job = await work_once(queue=queue, open_work=lambda who: PostgresUnitOfWork(database, who), works=works)
        except Unavailable as refusal:
            log.warning("no chunk done", reason=refusal.detail)
            await _rest(stopped, OUTAGE_SECONDS)
            continue
        except Exception:  # this is the outermost layer: one job that breaks does not keep others from their turn
            log.exception("a chunk broke")
            job = None
        if job is None:
            await _rest(stopped, LOOK_SECONDS)
        else:
            log.info("chunk done", job=str(job.id), kind=job.kind, state=job.state, chunks=job.progress.chunks)


async def in_rounds(once: Once, stopped: asyncio.Event, *, says: Says, rest_seconds: float = ROUND_SECONDS) -> None:
    """Do something, rest, and do it again; whatever keeps a round from being done, the next one tries again."""
    log = structlog.get_logger()
    while not stopped.is_set():
        try:
            figures = await once()
        except Unavailable as refusal:
            log.warning(says.undone, reason=refusal.detail)
        except Exception:  # this is the outermost layer: the next round finds what was done, and goes on
            log.exception(says.broke)
        else:
            log.info(says.done, **figures)
        await _rest(stopped, rest_seconds)


def once_a_day(work: Once) -> Once:
    """The same in the first round of a day, and again in the next one where it was not done; nothing in the others."""
    done_on: date | None = None

    async def once() -> Figures:
        nonlocal done_on
        today = real_time().astimezone(HERE).date()
        figures = {} if today == done_on else await work()
        done_on = today
        return figures

    return once


async def _rest(stopped: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stopped.wait(), seconds)
