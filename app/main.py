"""HTTP composition root: makes the application and everything it stands on, and holds no rule."""

import asyncio
import contextlib
import gc
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI
from uuid_utils.compat import uuid7

from app.adapters.assignment import FlowAssigner
from app.adapters.client_proofs import JwtClientProofs
from app.adapters.crypto import BlindIndex, FieldCipher
from app.adapters.files import stores_at, told_of_files, told_of_scanner
from app.adapters.instruments import INSTRUMENTS, load_instruments
from app.adapters.issuers import FreshKeys, TrustedIssuer, trusted_issuers
from app.adapters.jwt import PlainHttp
from app.adapters.keys import read_keys
from app.adapters.logging import configure_logging
from app.adapters.magic_numbers import RealNumbers
from app.adapters.names import ChineseNames
from app.adapters.postgres import gate, selfcheck
from app.adapters.postgres.client import PostgresClients
from app.adapters.postgres.clock_keeper import PostgresClockKeeper
from app.adapters.postgres.database import Database, open_pool
from app.adapters.postgres.duplicate_keeper import PostgresDuplicateKeeper
from app.adapters.postgres.migrations import newest
from app.adapters.postgres.offer_keeper import PostgresOfferKeeper
from app.adapters.postgres.quota import keep_sharing
from app.adapters.postgres.reference import ReferenceData
from app.adapters.postgres.selfcheck import Question
from app.adapters.postgres.status_list import PostgresStatusLists
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.postgres.verification import PostgresCertificateVerifications
from app.adapters.quotas import Limits, Quotas
from app.adapters.receipts import JwsReceiptSigner
from app.adapters.texts import YamlTexts
from app.adapters.tokens import JwtTokens
from app.adapters.workbook import BoundedWorkbooks
from app.api.dependencies import Ports
from app.api.edge import make_edge
from app.api.health import About, Check, Finding
from app.domain.assessment import Instruments
from app.sandbox.clients import PostgresSandbox
from app.sandbox.magic_numbers import MagicNumbers, beside_the_register
from app.services.evidence import Stores
from app.services.ports.certificate import CertificateNumbers
from app.settings import Settings, settings

VERSION = "0.1.0"
COLLECT_AFTER = 20_000
"""So many more objects made than freed let the collector look at the youngest; Python's own number is 700."""
TOLD_SECONDS = 2.0
"""How long /readyz waits for what keeps nothing but uploads from being served: less than a check may take."""
OF_ORDERS = "misses_of_holder_a_day"
"""The share that is counted for orders as well."""


def create_app(chosen: Settings | None = None) -> FastAPI:
    """The application, with its settings from the environment unless they are given."""
    current = chosen or settings()
    configure_logging(current.log_level, json=current.log_json)
    about = About(version=VERSION, commit=os.environ.get("YIAN_COMMIT", ""), mode=current.mode)
    app = make_edge(
        about=about,
        base_url=current.issuer,
        is_sandbox=current.is_sandbox,
        checks=lambda: checks_of(app),
        body_bytes=current.request_body_bytes,
        file_bytes=current.upload_bytes,
        lifespan=lifespan,
    )
    app.state.settings = current
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the pool, hand the ports to the API, and close the pool at the end."""
    current: Settings = app.state.settings
    database = await open_database(current, limits=limits_of(current))
    try:
        await require_fit(database, questions(current))
        issuers = issuers_of(current)
        app.state.ports = ports_over(database, current, issuers)
        app.state.database = database
        sharing = keep_sharing(database.pool, database.quotas)
        async with kept_fresh(issuers, app.state.ports.tokens), running(sharing):
            spare_collections()
            yield
    finally:
        await database.pool.close()


def spare_collections() -> None:
    """Let the collector of circular garbage look at what requests leave, not again and again at the program itself.

    A list of a hundred makes a thousand objects, none of them circular; looking for circles among them and all that was
    loaded cost a fifth of its processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])


@asynccontextmanager
async def kept_fresh(issuers: tuple[TrustedIssuer, ...], tokens: JwtTokens) -> AsyncIterator[None]:
    """Serve with the key sets that other issuers publish now, and follow their changes."""
    keys = FreshKeys(issuers, replace=tokens.replace_keys, real_time=real_time)
    tokens.on_unknown_key = keys.want
    await keys.fetch()
    async with running(keys.keep()):
        yield


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Something that goes on beside the requests, and ends with them."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


class NotFit(Exception):
    """Something that serving stands on is wrong; the text says what, and how it is mended."""


def questions(current: Settings) -> dict[str, Question]:
    """What is asked of the database before serving and at /readyz; a sandbox may run without durability."""
    asked = {"tables": selfcheck.tables(newest()), "role": selfcheck.role, "walls": selfcheck.walls}
    return asked if current.is_sandbox else asked | {"durability": selfcheck.durability}


async def require_fit(database: Database, asked: dict[str, Question]) -> None:
    """Refuse to serve unless everything is right.

    Raises:
        NotFit: with all that is wrong.
    """
    wrong = [answer for question in asked.values() if (answer := await question(database.pool))]
    if wrong:
        raise NotFit(" ".join(wrong))


def checks_of(app: FastAPI) -> dict[str, Check]:
    """The same questions, as /readyz asks them."""

    def check(question: Question) -> Check:
        async def found() -> Finding:
            answer = await question(app.state.database.pool)
            return Finding(ok=not answer, detail=answer)

        return found

    def told(look: Callable[[Stores], Awaitable[str]]) -> Check:
        async def found() -> Finding:
            try:
                async with asyncio.timeout(TOLD_SECONDS):
                    detail = await look(app.state.ports.stores)
            except TimeoutError:
                detail = f"No answer within {TOLD_SECONDS:g} seconds. Uploads wait for it; see whether it runs."
            return Finding(ok=True, detail=detail)

        return found

    asked = {name: check(question) for name, question in questions(app.state.settings).items()}
    return asked | {"files": told(told_of_files), "scanner": told(told_of_scanner)}


async def open_database(current: Settings, *, name: str = "yian", limits: Limits | None = None) -> Database:
    """The way to the database of this deployment, with its keys; without limits nobody's share is counted."""
    keys = read_keys(current.keys_file)
    pool = await open_pool(
        current.database_url.get_secret_value(),
        size=current.pool_size,
        name=name,
        statement_timeout_seconds=current.statement_timeout_seconds,
    )
    index = BlindIndex(keys.fields, key_id=keys.index_key_id)
    return Database(
        pool=pool,
        cipher=FieldCipher(keys.fields),
        index=index,
        reference=ReferenceData(),
        real_time=real_time,
        new_id=uuid7,
        texts=YamlTexts(),
        quotas=Quotas(limits, misses_of_holder_a_day=current.shares[OF_ORDERS], real_time=real_time),
        beside_the_register=beside_the_register(index) if current.is_sandbox else {},
    )


def limits_of(current: Settings) -> Limits:
    """How much of each is granted to who calls; one share holds for orders as well, and stands apart."""
    return Limits(**{name: share for name, share in current.shares.items() if name != OF_ORDERS})


def numbers_of(current: Settings) -> CertificateNumbers:
    """Which certificate numbers this deployment takes."""
    return MagicNumbers() if current.is_sandbox else RealNumbers()


def issuers_of(current: Settings) -> tuple[TrustedIssuer, ...]:
    """The issuers, besides ourselves, whose tokens this deployment accepts."""
    if current.trusted_issuers_file is None:
        return ()
    plain_http = PlainHttp.ON_LOOPBACK if current.is_sandbox else PlainHttp.NEVER
    return trusted_issuers(json.loads(current.trusted_issuers_file.read_text("utf-8")), plain_http=plain_http)


def ports_over(database: Database, current: Settings, issuers: tuple[TrustedIssuer, ...] = ()) -> Ports:
    """Everything that the API may ask for, over one database."""
    keys = read_keys(current.keys_file)
    tokens = JwtTokens(
        issuer=current.issuer,
        signing_key=keys.signing_key,
        trusted=[issuer.profile for issuer in issuers],
        own_lifetime_seconds=current.token_lifetime_seconds,
    )
    receipts = JwsReceiptSigner(current.issuer, keys.signing_key, index=database.index)
    return Ports(
        tokens=tokens,
        clients=PostgresClients(database),
        proofs=JwtClientProofs(f"{current.issuer}/oauth/token"),
        stores=stores_at(current, keys),
        open_work=lambda caller: PostgresUnitOfWork(database, caller),
        open_to_all=lambda caller: PostgresUnitOfWork(database, caller, admit=gate.visit),
        quotas=database.quotas,
        certificate_numbers=numbers_of(current),
        verifications=PostgresCertificateVerifications(database),
        clock_keeper=PostgresClockKeeper(database),
        offer_keeper=PostgresOfferKeeper(database),
        duplicate_keeper=PostgresDuplicateKeeper(database),
        names=ChineseNames(),
        assigner=FlowAssigner(),
        sandbox=PostgresSandbox(database) if current.is_sandbox else None,
        receipts=receipts,
        status_lists=PostgresStatusLists(database, receipts),
        workbooks=BoundedWorkbooks(),
        texts=database.texts,
        instruments=instruments_of(current),
        real_time=real_time,
        new_id=uuid7,
        issuer=current.issuer,
        token_lifetime_seconds=current.token_lifetime_seconds,
    )


def instruments_of(current: Settings) -> Instruments:
    """The instruments that come with the product, and those and the words of the deployment."""
    return load_instruments(INSTRUMENTS, *filter(None, [current.instruments_folder]))


def real_time() -> datetime:
    """The instant by the wall: the one place that reads it for requests."""
    return datetime.now(UTC)
