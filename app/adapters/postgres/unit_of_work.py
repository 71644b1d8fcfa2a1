"""The unit of work on PostgreSQL: one connection, one transaction, one confirmed caller."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

from app.adapters.postgres import gate, idempotency, journal
from app.adapters.postgres.claims import holders_of
from app.adapters.postgres.database import Database
from app.adapters.postgres.errors import translated
from app.adapters.postgres.gate import Admit
from app.adapters.postgres.reference import Reference
from app.adapters.postgres.repositories import Repositories
from app.adapters.postgres.session import Session
from app.adapters.postgres.timing import timed
from app.adapters.postgres.transaction import READ_ONLY, READ_WRITE, begin, commit, give_back
from app.adapters.postgres.wishes import wishes_of
from app.domain.certificate import Claims
from app.domain.draw import SEED_OCTETS
from app.domain.plan import life_event_of
from app.domain.shared.access import Principal, Role
from app.domain.shared.authz import OPERATIONS, PersonField, Reach
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.events import Aggregate, Event, Rehearsed
from app.domain.shared.party import UNTIL_FURTHER, Access
from app.domain.shared.region import Regions
from app.domain.shared.rulebook import Rulebook
from app.services.ports.caller import Caller, Replayed
from app.services.ports.texts import Texts

Result = TypeVar("Result")
_ADMIT = """
INSERT INTO party (case_id, party_id, role, person_id, valid_from, valid_to, person_to, consent_purpose)
VALUES ($1::uuid, $2::uuid, $3::text, $4::uuid, $5::date, $6::date, $7::date, $8::text) ON CONFLICT DO NOTHING
"""
BOUND_PARTY = "SELECT bound_party($1, $2, $3, $4, $5)"
CALL_FOR_REVIEW = "SELECT call_for_review($1, $2, $3, $4)"
STEP_BACK = "SELECT set_config('yian.reach', $1, true)"


class PostgresUnitOfWork(Repositories):
    """Opens a transaction, confirms the caller in it, and undoes all of it unless `commit` is reached.

    `admit` is how it is entered: through the gate, unless nobody calls.
    """

    def __init__(self, database: Database, caller: Caller, *, admit: Admit = gate.enter) -> None:
        self._database = database
        self._caller = caller
        self._admit = admit
        self._reference: Reference
        self._connection: Any = None
        self._events: list[tuple[Event | Rehearsed, Aggregate]] = []
        self._shown: dict[UUID, None] = {}
        self._disclosed: dict[str, None] = {}
        self._purpose = caller.purpose
        self._bounds: list[tuple[UUID, UUID, Role, Access]] = []
        self._is_committed = False

    async def __aenter__(self) -> Self:
        is_read_only = self._admit is gate.visit or _is_read_only(self._caller)
        with translated():
            self._connection = await begin(self._database.pool, READ_ONLY if is_read_only else READ_WRITE)
        try:
            with translated():
                with timed():
                    self._admission = await self._admit(self._connection, self._caller)
                self._reference = await self._database.reference.at(self._connection, self._admission.revision)
            self._session = Session(self._connection, self._database)
            if self._caller.key:
                await self._claim()
        except BaseException:
            await self._leave()
            raise
        return self

    async def _claim(self) -> None:
        kept = await idempotency.claim(self._session, self._caller, at=self._database.real_time())
        if kept is None:
            return
        self._record_access(kept.person_ids, kept.disclosed)
        await self._session.flush()
        await self._make_durable()  # the update that the replay has made is what waits for the standby
        raise Replayed(kept.answer)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._leave()

    async def _leave(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await give_back(self._database.pool, connection, is_done=self._is_committed)

    @property
    def caller(self) -> Caller:
        """What the token claimed."""
        return self._caller

    @property
    def actor(self) -> Principal:
        """The caller as the database has confirmed."""
        return self._admission.actor

    @property
    def now(self) -> datetime:
        """The instant by the clock that the caller's business runs on."""
        return self._database.real_time() + timedelta(seconds=self._admission.clock_offset_seconds)

    @property
    def real_now(self) -> datetime:
        """The instant by the wall."""
        return self._database.real_time()

    @property
    def today(self) -> date:
        """The day of `now` where the business is done."""
        return self.calendar("").date_of(self.now)

    @property
    def clock_id(self) -> UUID | None:
        """The test clock, in a sandbox."""
        return self._admission.clock_id

    @property
    def rulebook(self) -> Rulebook:
        """All rules, as of the start of this transaction."""
        return self._reference.rulebook

    @property
    def regions(self) -> Regions:
        """All regions, as of then too."""
        return self._reference.regions

    @property
    def texts(self) -> Texts:
        """The catalogue of texts, for what keeps its words for ever."""
        return self._database.texts

    def calendar(self, region: str) -> WorkingCalendar:
        """The working calendar of a region."""
        return self._reference.calendar(region)

    def new_id(self) -> UUID:
        """A new time-ordered id."""
        return self._database.new_id()

    def new_seed(self) -> bytes:
        """A new seed for a draw, from the operating system's source of chance."""
        return secrets.token_bytes(SEED_OCTETS)

    def record(self, event: Event | Rehearsed, *, about: Aggregate) -> None:
        """Keep the event until `commit` writes it; one of a person's life calls for a review of the person's plan."""
        self._events.append((event, about))
        if about.person_id and (life_event := life_event_of(event)):
            self._session.afterwards(CALL_FOR_REVIEW, about.person_id, event.name, life_event, self.today)

    def accessed(self, *person_ids: UUID, disclosed: tuple[str, ...], purpose: str | None = None) -> None:
        """Keep who was shown, and what for, until `commit` writes it."""
        self._shown |= dict.fromkeys(person_ids)
        self._disclosed |= dict.fromkeys(disclosed)
        self._purpose = purpose or self._purpose

    def admit(
        self,
        party_id: UUID,
        *,
        to: UUID,
        role: Role,
        person_id: UUID | None = None,
        access: Access = UNTIL_FURTHER,
        consent_purpose: str | None = None,
    ) -> None:
        """Make somebody a party to a case; who was one before stays as it is, until `bound` says otherwise."""
        days = (self.today, access.to_case, access.to_person)
        self._session.finally_run(_ADMIT, to, party_id, role, person_id, *days, consent_purpose)

    async def step_back(self) -> None:
        """Tell the walls that no more than the own cases is looked at from here on."""
        await self._session.row(STEP_BACK, Reach.CASES)

    def mismatched(self) -> None:
        """Count that what the caller has named does not go together; it counts though nothing is written."""
        self._database.quotas.mismatched(self._caller.client_id)

    def guessed(self, asked: Sequence[Claims], *, missed: Sequence[bool]) -> Sequence[bool]:
        """Count which certificates there are not, by whose they would be and who asks."""
        holders = partial(holders_of, asked, self._database.index)
        return self._database.quotas.missed(self._caller.client_id, holders, missed)

    def bound(self, party_id: UUID, *, to: UUID, role: Role, access: Access) -> None:
        """Say how long somebody who is a party to a case still is."""
        self._bounds.append((party_id, to, role, access))

    async def commit(self, result: Result) -> Result:
        """Write events, leaves, the record of access and the keyed answer with everything else, and make it durable."""
        recorded_at = self._database.real_time()
        for event, about in self._events:
            journal.add_event(
                self._session,
                event,
                about=about,
                event_id=self.new_id(),
                caller=self._caller,
                at=self.now,
                recorded_at=recorded_at,
            )
        await self._note_wishes()
        shown, disclosed = list(self._shown), list(self._disclosed)
        self._database.quotas.shown(self._caller.subject, shown)
        self._record_access(shown, disclosed)
        if self._caller.key:
            idempotency.keep(self._session, self._caller, result, person_ids=shown, disclosed=disclosed)
        await self._session.finish()
        for party_id, case_id, role, access in self._bounds:
            await self._session.row(BOUND_PARTY, party_id, case_id, role, access.to_case, access.to_person)
        await self._make_durable()
        return result

    async def _note_wishes(self) -> None:
        """Note how those whom a notice shows want to be told; that the caller is shown it is written down, too."""
        wishes = self._caller.wishes
        if wishes is not None and self._shown:
            wishes.update(await wishes_of(self._session, self.actor, self._shown))
            self._disclosed |= dict.fromkeys([PersonField.PREFERENCES] if wishes else [])

    def _record_access(self, shown: list[UUID], disclosed: list[str]) -> None:
        if shown:
            at = self._database.real_time()
            journal.add_access_record(
                self._session,
                shown,
                disclosed=disclosed,
                purpose=self._purpose,
                caller=self._caller,
                recorded_at=at,
            )

    async def _make_durable(self) -> None:
        await commit(self._connection)
        self._is_committed = True


def _is_read_only(caller: Caller) -> bool:
    return caller.operation in OPERATIONS and OPERATIONS[caller.operation].is_read_only
